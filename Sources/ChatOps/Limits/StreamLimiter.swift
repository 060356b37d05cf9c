internal import Synchronization

/// Counts the streams that a user has open.
final class StreamLimiter: Sendable {
    private let limit: Int
    private let open = Mutex<[String: Int]>([:])

    init(limit: Int) { self.limit = limit }

    /// Takes a place, or `nil` where there is none.
    func enter(_ user: String) -> StreamPlace? {
        let isFree = open.withLock { open in
            guard open[user, default: 0] < limit else { return false }
            open[user, default: 0] += 1
            return true
        }
        return isFree ? StreamPlace(self, user) : nil
    }

    fileprivate func leave(_ user: String) {
        open.withLock { open in
            let count = open[user, default: 1] - 1
            open[user] = count > 0 ? count : nil
        }
    }
}

/// A place for one stream; it is free again when nobody has it any more, however the stream ended.
final class StreamPlace: Sendable {
    private let limiter: StreamLimiter
    private let user: String

    fileprivate init(_ limiter: StreamLimiter, _ user: String) {
        self.limiter = limiter
        self.user = user
    }

    deinit { limiter.leave(user) }
}
