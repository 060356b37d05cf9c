internal import Synchronization

/// What a function gave for keys that it is asked for again and again.
///
/// A result is kept when its key comes for the second time, so what comes once takes no room. There are two generations: when
/// the recent one is full it becomes the earlier one, and what was in that and was not asked for since is forgotten.
///
/// Whether two keys are the same is for the key to say. Where the function goes by bytes, so must they: texts that differ
/// in their bytes can be equal (`é` is one scalar or two).
package final class Recurring<Key: Hashable & Sendable, Result: Sendable>: Sendable {
    /// How well a key is known.
    package enum Familiarity: Sendable {
        /// It is kept, with what it came to.
        case kept(Result)
        /// It was asked for once before; what it comes to now is worth keeping.
        case again
        /// It is new.
        case new
    }

    private struct Memory {
        /// The hashes of what was asked for once.
        var once: Set<Int> = []
        var recent: [Key: Result] = [:]
        var earlier: [Key: Result] = [:]
    }

    private let generation: Int
    private let memory = Mutex(Memory())

    /// Knows nothing yet.
    ///
    /// - Parameter generation: How many keys a generation has, 1 or more.
    package init(generation: Int) { self.generation = max(1, generation) }

    /// How many results are kept.
    package var count: Int { memory.withLock { $0.recent.count + $0.earlier.count } }

    /// How well a key is known; that it was asked for counts.
    package func recall(_ key: Key) -> Familiarity {
        memory.withLock { memory in
            if let result = memory.recent[key] { return .kept(result) }
            if let result = memory.earlier[key] {
                add(result, for: key, to: &memory)
                return .kept(result)
            }
            let hash = key.hashValue
            guard memory.once.remove(hash) == nil else { return .again }
            if memory.once.count >= 4 * generation { memory.once.removeAll() }
            memory.once.insert(hash)
            return .new
        }
    }

    /// Keeps what a key came to.
    package func keep(_ result: Result, for key: Key) {
        memory.withLock { add(result, for: key, to: &$0) }
    }

    private func add(_ result: Result, for key: Key, to memory: inout Memory) {
        if memory.recent.count >= generation { (memory.earlier, memory.recent) = (memory.recent, [:]) }
        memory.recent[key] = result
    }
}
