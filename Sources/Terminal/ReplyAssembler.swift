/// Puts the lines of one reply together.
///
/// Most replies are one line. A reply goes on with the next line
///
/// - after a backslash at the end of a line, which stands for the line feed (two backslashes are just two backslashes);
/// - while a block of JSON is open: the reply begins with `[` or `{`, or one of them stands alone at the end of a line,
///   and it is not closed yet;
/// - while a fence is open: a line began with three backquotes, and no second three have come.
///
/// An empty line ends a reply in any case, so nobody is caught in one. A paste that arrives as one piece with line feeds
/// in it is looked at as a whole: empty lines inside it end nothing.
///
/// It is a value without I/O. Text is bytes, which need not be UTF-8.
public struct ReplyAssembler: Sendable {
    /// What one more line made of the reply.
    public enum Progress: Sendable, Hashable {
        /// The reply is whole: its bytes, lines parted by LF.
        case complete([UInt8])
        /// The reply is whole and larger than the limit: how many bytes it had. They are not kept.
        case tooLong(byteCount: Int)
        /// More lines belong to it.
        case needsMore
    }

    /// The most bytes that a reply may have.
    public let limit: Int

    private var collected: [UInt8] = []
    private var byteCount = 0
    private var scanner = BlockScanner()
    /// Whether a reply has begun and is not whole.
    public private(set) var isContinuing = false

    /// Makes one that waits for the first line of a reply.
    ///
    /// - Parameter limit: The most bytes of a reply; what is larger is counted and dropped.
    public init(limit: Int = 64 * 1024) {
        self.limit = limit
    }

    /// Takes one line, without its line feed; a paste may hold line feeds.
    ///
    /// - Complexity: O(n), n = bytes of the line.
    public mutating func add(_ line: [UInt8]) -> Progress {
        if isContinuing, line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
            return finished()
        }
        for part in line.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            scanner.take(part)
        }
        let goesOn = !scanner.isOpen && Self.endsInContinuation(line)
        append(goesOn ? line.dropLast() : line[...])
        isContinuing = goesOn || scanner.isOpen
        return isContinuing ? .needsMore : finished()
    }

    /// Takes a line that was too long to keep: the reply is whole, and too long.
    public mutating func addOverlong(byteCount count: Int) -> Progress {
        let total = byteCount + count + (isContinuing ? 1 : 0)
        reset()
        return .tooLong(byteCount: total)
    }

    /// Takes the end of the input: the reply as far as it came, or `nil` where none had begun.
    public mutating func finish() -> Progress? {
        isContinuing ? finished() : nil
    }

    /// Forgets the lines so far, as Ctrl-C asks.
    public mutating func reset() {
        self = ReplyAssembler(limit: limit)
    }

    private mutating func append(_ line: ArraySlice<UInt8>) {
        byteCount += line.count + (isContinuing ? 1 : 0)
        guard byteCount <= limit else {
            collected = []
            return
        }
        if isContinuing { collected.append(UInt8(ascii: "\n")) }
        collected += line
    }

    private mutating func finished() -> Progress {
        defer { reset() }
        return byteCount <= limit ? .complete(collected) : .tooLong(byteCount: byteCount)
    }

    /// Whether the line ends in an odd number of backslashes.
    private static func endsInContinuation(_ line: [UInt8]) -> Bool {
        let count = line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        return count % 2 == 1
    }
}
