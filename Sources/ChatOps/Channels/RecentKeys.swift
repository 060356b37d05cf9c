internal import Synchronization

/// Remembers keys for a while, in this process: for what is to be done at most once, and not for what must be done.
public final class RecentKeys: Sendable {
    private let times = Mutex<[String: Int64]>([:])
    private let age: Int64
    private let capacity: Int
    private let now: @Sendable () -> Int64

    /// Makes an empty memory.
    ///
    /// - Parameters:
    ///   - age: How long a key is remembered.
    ///   - capacity: How many are; where there are more, the older half of them is forgotten.
    ///   - now: The time in milliseconds since 1970.
    public init(age: Duration, capacity: Int = 10_000, now: @escaping @Sendable () -> Int64) {
        self.age = age.components.seconds * 1_000
        self.capacity = max(2, capacity)
        self.now = now
    }

    /// Whether a key is remembered.
    public func contains(_ key: String) -> Bool {
        let now = now()
        return times.withLock { $0[key].map { now - $0 < age } ?? false }
    }

    /// Remembers a key; whether it was not remembered before.
    @discardableResult
    public func insert(_ key: String) -> Bool {
        let now = now()
        return times.withLock { times in
            let isNew = times[key].map { now - $0 >= age } ?? true
            if isNew { times[key] = now }
            if times.count > capacity {
                let middle = times.values.sorted()[times.count / 2]
                times = times.filter { $0.value > middle || $0.key == key }
            }
            return isNew
        }
    }
}
