/// Reads replies, of one line or of several, from a line source.
///
/// It joins a ``LineSource`` and a ``ReplyAssembler``; the second and further lines of a reply are asked for with `… `.
public struct ReplyReader: Sendable {
    private let source: any LineSource
    private var assembler: ReplyAssembler

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - source: Where the lines come from.
    ///   - limit: The most bytes of a reply.
    public init(source: any LineSource, limit: Int = 64 * 1024) {
        self.source = source
        assembler = ReplyAssembler(limit: limit)
    }

    /// Waits for the next whole reply.
    ///
    /// - Parameter prompt: What is shown before its first line.
    /// - Returns: The reply, with LF between its lines; or ``Input/interrupted``, after which a half-typed reply is gone;
    ///   or ``Input/endOfInput``, once, after what was typed before the end came as a reply.
    public mutating func nextReply(prompt: DisplayText) async -> Input {
        var progress = ReplyAssembler.Progress.needsMore
        while progress == .needsMore {
            switch await source.readLine(prompt: assembler.isContinuing ? "… " : prompt) {
            case .line(let bytes):
                progress = assembler.add(bytes)
            case .tooLong(let byteCount):
                progress = assembler.addOverlong(byteCount: byteCount)
            case .interrupted:
                assembler.reset()
                return .interrupted
            case .endOfInput:
                guard let last = assembler.finish() else { return .endOfInput }
                progress = last
            }
        }
        switch progress {
        case .complete(let bytes): return .line(bytes)
        case .tooLong(let byteCount): return .tooLong(byteCount: byteCount)
        case .needsMore: return .endOfInput
        }
    }
}
