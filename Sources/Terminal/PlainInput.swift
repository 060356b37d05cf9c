import Dispatch
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Lines from a pipe or a file: no prompt, no editing, any bytes.
///
/// Lines end with LF or CR LF; the last one may lack it. A line of more than `limit` bytes is read to its end, and only
/// its length is kept.
public final class PlainInput: LineSource {
    private let reader: Mutex<ByteReader>
    private let interrupts: InterruptSource?
    private let wake: WakePipe?
    private let limit: Int
    private let queue = DispatchQueue(label: "usher.plain-input")

    /// Makes a source of lines.
    ///
    /// - Parameters:
    ///   - descriptor: What is read; standard input where nothing is said. It is not closed.
    ///   - limit: The most bytes of a line.
    ///   - interrupts: Where Ctrl-C comes from; without it, Ctrl-C keeps its default action.
    public init(descriptor: Int32 = 0, limit: Int = 1024 * 1024, interrupts: InterruptSource? = nil) {
        let wake = interrupts.flatMap { _ in WakePipe() }
        reader = Mutex(ByteReader(descriptor: descriptor, wake: wake))
        self.wake = wake
        self.interrupts = interrupts
        self.limit = limit
    }

    /// Waits for the next line, on a thread of its own; the prompt is not shown.
    @concurrent public func readLine(prompt: DisplayText) async -> Input {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.waitForLine()) }
        }
    }

    /// Waits for the next line, on this thread.
    public func waitForLine() -> Input {
        if let wake { interrupts?.beginReading(wake) }
        defer { if let wake { interrupts?.endReading(wake) } }
        return reader.withLock { reader in
            var line = LineBuffer(limit: limit)
            while true {
                switch reader.next() {
                case .byte(UInt8(ascii: "\n")):
                    return line.input
                case .byte(let byte):
                    line.append(byte)
                case .end:
                    return line.isEmpty ? .endOfInput : line.input
                case .signal(SIGINT):
                    return .interrupted
                case .signal:
                    continue
                }
            }
        }
    }
}

/// The bytes of one line, as far as they are kept.
private struct LineBuffer {
    let limit: Int
    private var bytes: [UInt8] = []
    private var count = 0
    private var last: UInt8?

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ byte: UInt8) {
        count += 1
        last = byte
        // One more than the limit is kept, because it may be the CR of a CR LF.
        if count <= limit + 1 { bytes.append(byte) } else { bytes = [] }
    }

    /// The line without the CR of a CR LF.
    var input: Input {
        let endsInCR = last == UInt8(ascii: "\r")
        let length = endsInCR ? count - 1 : count
        return length <= limit ? .line(endsInCR ? bytes.dropLast() : bytes) : .tooLong(byteCount: length)
    }
}
