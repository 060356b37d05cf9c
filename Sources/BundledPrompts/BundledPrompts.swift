/// The flows, prompts and patterns of the `prompts/` folder, carried inside the binary.
///
/// They are compiled in, so that the program works from any folder and needs no files beside it.
public enum BundledPrompts {
    /// Every file under `prompts/`, at any depth, as its path and its text.
    ///
    /// Paths are relative to `prompts/` with `/` between parts (`model-evaluation/flow.yaml`), and sorted by their UTF-8
    /// bytes. Texts are the files' own, byte for byte. Files whose names begin with a dot are left out.
    ///
    /// - Complexity: O(n) the first time, n = the number of files; texts stay in the binary and are not copied.
    public static let files: [(path: String, text: String)] = EmbeddedPrompts.files
}
