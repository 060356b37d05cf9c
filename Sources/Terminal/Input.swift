/// What came when a line was asked for.
public enum Input: Sendable, Hashable {
    /// A line without its line feed, as bytes that need not be UTF-8. A paste may hold line feeds.
    case line([UInt8])
    /// A line that was larger than the source takes: how many bytes it had. It was read to its end and dropped.
    case tooLong(byteCount: Int)
    /// There is no more: Ctrl-D on an empty line, the end of a file, a closed pipe.
    case endOfInput
    /// Ctrl-C: what was typed so far is gone, and the process goes on.
    case interrupted
}

/// A place that lines come from, one at a time.
public protocol LineSource: Sendable {
    /// Waits for the next line, on a thread of its own.
    ///
    /// - Parameter prompt: What is shown before the line, where a person sees it.
    /// - Returns: The line, or why there is none.
    func readLine(prompt: DisplayText) async -> Input
}
