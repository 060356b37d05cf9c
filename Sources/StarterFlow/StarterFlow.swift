/// The small flow that authors begin with, under a name of theirs: what `usher init` writes.
///
/// Its files stand in `prompts/starter/` of this module as they are, so that they are compiled and replayed like any other.
public struct StarterFlow: Sendable {
    /// A file to write.
    public struct File: Sendable, Hashable {
        /// Relative to the folder that it belongs into, with `/` between parts.
        public var path: String
        /// What is in it.
        public var text: String
    }

    /// The flow's folder, of the folder of prompts.
    public let flow: [File]
    /// The flow's folder of the transcripts.
    public let transcripts: [File]

    /// Names the flow; `nil` where ``isName(_:)`` does not hold.
    ///
    /// - Parameter name: What it is called. It becomes the name of folders, and a word of commands.
    public init?(name: String) {
        guard Self.isName(name) else { return nil }
        var flow: [File] = []
        var transcripts: [File] = []
        for file in EmbeddedPrompts.files where file.path.hasPrefix(Self.folder) {
            let path = String(file.path.dropFirst(Self.folder.count))
            // The one line that holds the name.
            let text = file.text.replacing("flow: starter\n", with: "flow: \(name)\n")
            if path.hasSuffix(".transcript") {
                transcripts.append(File(path: path, text: text))
            } else {
                flow.append(File(path: path, text: text))
            }
        }
        self.flow = flow
        self.transcripts = transcripts
    }

    private static let folder = "starter/"

    /// Whether a flow may be called so: 1 to 64 of `a-z`, `0-9` and `-`, the first a letter, the last no `-`.
    public static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let dash = UInt8(ascii: "-")
        return letters.contains(first) && last != dash
            && bytes.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == dash }
    }
}
