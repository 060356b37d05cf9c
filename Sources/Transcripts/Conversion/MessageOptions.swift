/// Answers to choose from, for formats that keep them apart from the text.
enum MessageOptions {
    /// A text with its options as numbered lines, which is how a transcript holds them.
    static func text(_ text: String, _ options: [String]) -> String {
        let lines = options.enumerated().map { "\($0.offset + 1). \($0.element)" }
        return ((text.isEmpty ? [] : [text]) + lines).joined(separator: "\n")
    }
}
