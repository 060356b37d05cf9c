/// Puts values together again that a terminal or a chat client broke over lines.
///
/// The entity types say whether a value goes on: the next line must look like the rest of it, and like nothing else. Where
/// both the first line and the whole would do, they ask.
struct BrokenValue {
    /// The bytes of a text with what breaks its values; `\n` ends a line.
    private let bytes: [UInt8]
    private let types: [AnyEntityType]

    init(_ bytes: [UInt8], of types: [AnyEntityType]) {
        self.bytes = bytes
        self.types = types
    }

    /// Where line ends, and the spaces around them, stand inside of values: half-open ranges, in order.
    ///
    /// - Complexity: O(n), times the types where there are line ends.
    func breaks() -> [Range<Int>] {
        guard !types.isEmpty else { return [] }
        var breaks: [Range<Int>] = []
        // What stands before a break, without the breaks before.
        var value: [UInt8] = []
        var start = 0
        var end = 0
        while end < bytes.count {
            guard bytes[end] == 0x0A else {
                end += 1
                continue
            }
            var lower = end
            while lower > start, bytes[lower - 1] == 0x20 { lower -= 1 }
            var tokenStart = lower
            while tokenStart > start, bytes[tokenStart - 1] > 0x20 { tokenStart -= 1 }
            value = (tokenStart == start ? value : []) + bytes[tokenStart..<lower]
            var upper = end + 1
            while upper < bytes.count, bytes[upper] == 0x20 { upper += 1 }
            if lower > start || tokenStart == start, goesOn(value, in: LineStart(of: bytes, at: upper)) {
                breaks.append(lower..<upper)
            } else {
                value = []
            }
            start = upper
            end = upper
        }
        return breaks
    }

    /// Whether a value goes on in a line.
    private func goesOn(_ line: [UInt8], in next: LineStart) -> Bool {
        guard !next.text.isEmpty, let last = line.last, !",;!?\"'`)>]".utf8.contains(last) else { return false }
        let line = String(decoding: line, as: UTF8.self)
        return types.contains { $0.base.goesOn(after: line, in: next) }
    }
}

/// The first word of a line.
public struct LineStart: Sendable, Hashable {
    /// The word, without the punctuation of a sentence at its end.
    public let text: String
    /// Whether the line holds nothing else.
    public let isAlone: Bool

    init(of bytes: [UInt8], at start: Int) {
        var end = start
        while end < bytes.count, bytes[end] > 0x20 { end += 1 }
        var rest = end
        while rest < bytes.count, bytes[rest] == 0x20 { rest += 1 }
        isAlone = rest == bytes.count || bytes[rest] == 0x0A
        while end > start, ".,;!?)\"'`".utf8.contains(bytes[end - 1]) { end -= 1 }
        text = String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Whether it looks like a part of a path: a slash, or a file extension.
    package var isPathLike: Bool { text.utf8.contains(UInt8(ascii: "/")) || text.fileExtension != nil }
}

extension StringProtocol {
    /// What follows the last period of a path, in lower case, if it ends like a file: 1...8 letters or digits, not all of them
    /// digits.
    package var fileExtension: String? {
        let ending = utf8.reversed().prefix { $0 != UInt8(ascii: ".") }.reversed()
        guard ending.count < utf8.count else { return nil }
        guard (1...8).contains(ending.count), ending.allSatisfy(ByteClass.isAlphanumeric),
            ending.contains(where: ByteClass.isLetter)
        else { return nil }
        return String(decoding: ending.map(ByteClass.lowercased), as: UTF8.self)
    }
}
