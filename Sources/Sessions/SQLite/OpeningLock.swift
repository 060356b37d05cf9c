internal import Foundation

/// Lets processes open the stores of one folder one after the other.
///
/// SQLite does not wait where a new file is switched to its write-ahead log, and two processes that both find a schema
/// old would both bring it up to date.
enum OpeningLock {
    /// Does something while nobody else does.
    ///
    /// Where the file system has no locks, it is done all the same.
    static func whileHeld<T>(on folder: URL, _ body: () throws -> T) rethrows -> T {
        let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        if descriptor >= 0 { while flock(descriptor, LOCK_EX) != 0, errno == EINTR {} }
        return try body()
    }
}
