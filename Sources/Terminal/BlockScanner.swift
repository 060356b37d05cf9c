/// Follows the lines of a reply and tells whether they end inside a block that more lines should close.
///
/// A block is a fence of three backquotes, or JSON. It keeps no text, only what is open.
struct BlockScanner: Sendable {
    private enum Fence { case none, open, closed }

    private var fence = Fence.none
    /// The opening brackets that have no closing one yet.
    private var brackets: [UInt8] = []
    /// Whether a closing bracket was of the wrong kind: this is no JSON.
    private var isBroken = false
    private var isFirstLine = true

    /// Whether a fence or a block of JSON is open at the end of the last line.
    var isOpen: Bool {
        switch fence {
        case .open: true
        case .closed: false
        case .none: !isBroken && !brackets.isEmpty
        }
    }

    /// Takes the next line, without its line feed.
    ///
    /// - Complexity: O(n), n = bytes of the line.
    mutating func take(_ line: some Collection<UInt8>) {
        let line = Array(line.drop(while: Self.isBlank))
        defer { isFirstLine = false }
        if fence != .none || line.starts(with: [0x60, 0x60, 0x60]) {
            turnFence(over: line)
        } else if !isBroken {
            followBrackets(in: line)
        }
    }

    /// A fence begins with a line that starts with three backquotes; every run of three or more turns it over.
    private mutating func turnFence(over line: [UInt8]) {
        var length = 0
        for byte in line {
            length = byte == UInt8(ascii: "`") ? length + 1 : 0
            if length == 3 { fence = fence == .open ? .closed : .open }
        }
    }

    /// JSON begins where the reply does, or with a bracket that stands alone at the end of a line.
    private mutating func followBrackets(in line: [UInt8]) {
        let isInside = !brackets.isEmpty || (isFirstLine && line.first.map(Self.isOpening) ?? false)
        guard isInside else {
            if let bracket = Self.loneOpening(atEndOf: line) { brackets = [bracket] }
            return
        }
        // A string does not go on over lines in JSON, so each line begins outside of one.
        var isInString = false
        var isEscaped = false
        for byte in line {
            if isEscaped {
                isEscaped = false
            } else if isInString, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            } else if !isInString, Self.isOpening(byte) {
                brackets.append(byte)
            } else if !isInString, byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
                // In ASCII, each closing bracket stands two after its opening one.
                guard brackets.popLast() == byte - 2 else {
                    isBroken = true
                    return
                }
            }
        }
    }

    private static func loneOpening(atEndOf line: [UInt8]) -> UInt8? {
        guard let last = line.lastIndex(where: { !isBlank($0) }), isOpening(line[last]) else { return nil }
        return last == 0 || isBlank(line[last - 1]) ? line[last] : nil
    }

    private static func isOpening(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
