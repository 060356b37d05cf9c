internal import Diagnostics
internal import Intents

extension Value {
    /// What a node of a cassette says: plain `true`, `false` and whole numbers are what they look like, nothing is `nil`,
    /// and every other scalar is a text (also `yes`, dates and fractions).
    init?(_ node: YAMLNode) {
        switch node.content {
        case .empty: return nil
        case .scalar(let text): self = node.isPlain ? Self.plain(text) : .text(text)
        case .sequence(let elements): self = .list(elements.compactMap { Value($0) })
        case .mapping(let entries): self = .record(Self.record(entries))
        }
    }

    /// The fields of a mapping, of any kind.
    static func record(_ entries: [YAMLNode.Entry]) -> [String: Value] {
        entries.reduce(into: [:]) { $0[$1.key] = Value($1.value) }
    }

    private static func plain(_ text: String) -> Value {
        switch text {
        case "true": return .flag(true)
        case "false": return .flag(false)
        default:
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            let isNumber =
                !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && (digits.count == 1 || digits.first != "0")
            if isNumber, let number = Int(text) { return .number(number) }
            return .text(text)
        }
    }
}
