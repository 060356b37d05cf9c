/// A trace that values of an entity type leave in a text: a short run of bytes, each out of a class.
///
/// An entity file writes it like a small pattern, `[a-z]:` or `-[0-9]`: characters in ASCII, or classes of them in brackets.
/// Letters match in either case.
public struct ByteTrace: Sendable, Hashable {
    /// The bytes that may stand at each position, as 256 bits.
    let classes: [ByteSet]

    /// Reads a trace as it is written in an entity file; `nil` where it is written otherwise.
    ///
    /// - Parameter text: 1 to 8 characters in ASCII, or classes in brackets with ranges.
    public init?(_ text: String) {
        var classes: [ByteSet] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard (0x20..<0x7F).contains(byte) else { return nil }
            guard byte == UInt8(ascii: "[") else {
                classes.append(ByteSet(byte...byte))
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")), end > rest.startIndex else { return nil }
            var set = ByteSet()
            var inside = rest[..<end]
            while let lower = inside.popFirst() {
                if inside.first == 0x2D, let upper = inside.dropFirst().first {
                    guard lower <= upper else { return nil }
                    set.insert(lower...upper)
                    inside = inside.dropFirst(2)
                } else {
                    set.insert(lower...lower)
                }
            }
            classes.append(set)
            rest = rest[rest.index(after: end)...]
        }
        guard (1...8).contains(classes.count) else { return nil }
        self.classes = classes
    }
}

/// Some of the 256 bytes; a letter in ASCII comes with its other case.
struct ByteSet: Sendable, Hashable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init() {}

    init(_ range: ClosedRange<UInt8>) { insert(range) }

    mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range where byte < 0x80 {
            insert(byte)
            if ByteClass.isLetter(byte) { insert(byte ^ 0x20) }
        }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
    }
}

/// Looks for the traces of several entity types in one pass over a text, so that a reply without any of them costs no
/// more than that.
///
/// It is a shift-and automaton: each bit of the state stands for a position in a trace that was reached.
struct TraceSearch: Sendable {
    /// For each byte, the positions that it may stand at.
    private var positions = [UInt64](repeating: 0, count: 256)
    private var starts: UInt64 = 0
    private var ends: UInt64 = 0
    /// Whether there are values that leave no trace, or more traces than there are bits.
    private let isOpen: Bool

    init(_ types: some Sequence<AnyEntityType>) {
        var traces: Set<ByteTrace> = []
        var isOpen = false
        for type in types {
            isOpen = isOpen || type.base.traces.isEmpty
            traces.formUnion(type.base.traces)
        }
        self.isOpen = isOpen || traces.reduce(0) { $0 + $1.classes.count } > 64
        guard !self.isOpen else { return }
        var bit = 0
        for trace in traces {
            starts |= 1 << UInt64(bit)
            for set in trace.classes {
                for byte in 0..<128 where set.contains(UInt8(byte)) { positions[byte] |= 1 << UInt64(bit) }
                bit += 1
            }
            ends |= 1 << UInt64(bit - 1)
        }
    }

    /// Whether a value of one of the types can stand in a text at all.
    ///
    /// - Complexity: O(n), a nanosecond or so for a byte.
    func mayMatch(_ text: String) -> Bool {
        if isOpen { return true }
        guard ends != 0 else { return false }
        var reached: UInt64 = 0
        return text.hasByte { byte in
            reached = (reached << 1 | starts) & positions[Int(byte)]
            return reached & ends != 0
        }
    }
}
