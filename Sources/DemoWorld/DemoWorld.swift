/// What `usher demo` takes place in: recorded answers of AWS, and what is said at the start.
///
/// Its files stand in `prompts/demo/` of this module. `scripts/record-demo` records those in `aws/` again.
public enum DemoWorld {
    /// The recorded calls: cassettes, each with its name.
    public static let cassettes: [(name: String, text: String)] = EmbeddedPrompts.files.compactMap { file in
        file.path.hasPrefix(folder + "aws/") ? (String(file.path.dropFirst(folder.count)), file.text) : nil
    }

    /// The Region of the recorded account, for calls that name none.
    public static let region = "us-west-2"

    /// Makes the text that is said at the start.
    ///
    /// - Parameter workspace: The folder that the notebook goes into.
    /// - Returns: Some lines without a last line feed.
    public static func welcome(workspace: String) -> String {
        EmbeddedPrompts.files.filter { $0.path == folder + "welcome.txt" }
            .flatMap { $0.text.split(separator: "\n") }
            .joined(separator: "\n").replacing("{{workspace}}", with: workspace)
    }

    private static let folder = "demo/"
}
