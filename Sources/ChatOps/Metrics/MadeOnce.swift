internal import Synchronization

/// Values by key, each made when it is first asked for.
final class MadeOnce<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let values = Mutex<[Key: Value]>([:])

    /// The value of a key.
    ///
    /// - Parameters:
    ///   - key: What is asked for.
    ///   - make: Makes the value; two that ask at the same time may both, and the last one is kept.
    /// - Returns: The value that was made for the key.
    func value(_ key: Key, _ make: () -> Value) -> Value {
        if let known = values.withLock({ $0[key] }) { return known }
        let made = make()
        values.withLock { $0[key] = made }
        return made
    }
}
