internal import Synchronization

/// Lets each key through so often a minute, with some in advance (the generic cell rate algorithm of ITU-T I.371).
///
/// It keeps one number a key, and forgets keys that were not used for a while.
final class RateLimiter: Sendable {
    private let interval: Int64
    private let tolerance: Int64
    private let capacity: Int
    private let now: @Sendable () -> Int64
    /// When each key would be used next, if it were used evenly; microseconds since 1970.
    private let due = Mutex<[String: Int64]>([:])

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - perMinute: How often a key is let through a minute in the long run.
    ///   - burst: How often at once after a rest.
    ///   - capacity: How many keys are kept before those at rest are forgotten.
    ///   - now: The time in milliseconds since 1970.
    init(perMinute: Int, burst: Int, capacity: Int = 100_000, now: @escaping @Sendable () -> Int64) {
        interval = 60_000_000 / Int64(max(1, perMinute))
        tolerance = interval * Int64(max(1, burst) - 1)
        self.capacity = max(1, capacity)
        self.now = now
    }

    /// Lets a key through, or says how long it has to wait.
    func take(_ key: String) -> Duration? {
        let now = now() * 1_000
        return due.withLock { due in
            if due.count >= capacity, due[key] == nil { due = due.filter { $0.value > now } }
            // A clock that was set back must not lock anybody out for as long as it was set back.
            let expected = min(max(due[key] ?? now, now), now + tolerance + interval)
            guard expected - now <= tolerance else {
                due[key] = expected
                return .microseconds(expected - now - tolerance)
            }
            due[key] = expected + interval
            return nil
        }
    }
}
