internal import Synchronization

/// Keeps what was read out of a text, so that a text is read once in a process, however many conversations need it.
///
/// What cannot be read is tried anew each time.
final class ReadOnce<Table: Sendable>: Sendable {
    private let kept = Mutex<[String: Table]>([:])
    private let limit = 8

    /// What a text holds.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - read: Reads it.
    /// - Returns: What was read, now or before.
    /// - Throws: What `read` throws.
    func table<Failure: Error>(_ text: String, read: () throws(Failure) -> Table) throws(Failure) -> Table {
        if let table = kept.withLock({ $0[text] }) { return table }
        let table = try read()
        kept.withLock { kept in
            if kept.count >= limit { kept = [:] }
            kept[text] = table
        }
        return table
    }
}
