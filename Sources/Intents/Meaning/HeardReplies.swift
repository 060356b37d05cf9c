internal import Synchronization

/// What short replies were found to mean, so that what is said again and again ("yes", "help") is understood once.
///
/// What a reply means is a function of the reply, of the question it answers and of the options of the other slots that were
/// looked at. All of these are kept with it and compared, so what is found here is what understanding it anew would give.
/// Folding a session from its events asks for the same things again too.
///
/// A reply is kept when it comes for the second time, and without whose it is: what is said once only is not kept.
package final class HeardReplies: Sendable {
    private struct Key: Hashable {
        var utterance: Utterance
        var question: Question

        func hash(into hasher: inout Hasher) {
            // Questions are told apart by comparing them: their options would take longer to hash than to compare.
            hasher.combine(utterance.typed)
            hasher.combine(question.slot)
        }
    }

    private struct Entry {
        var understanding: Understanding
        /// The options that were looked at.
        var options: [(slot: Int, options: [ChoiceOption])]
    }

    private struct Memory {
        /// The hashes of what was heard once.
        var once: Set<Int> = []
        var recent: [Key: Entry] = [:]
        /// What was recent before, and goes when the next generation is full.
        var earlier: [Key: Entry] = [:]

        mutating func add(_ entry: Entry, for key: Key) {
            if recent.count >= HeardReplies.generation { (earlier, recent) = (recent, [:]) }
            recent[key] = entry
        }
    }

    /// The longest reply that is kept, in bytes of UTF-8; longer ones are values, which differ.
    package static let longest = 64
    /// How many replies a generation has.
    package static let generation = 512

    private let memory = Mutex(Memory())

    /// Knows nothing yet.
    package init() {}

    /// How many replies it keeps.
    package var count: Int { memory.withLock { $0.recent.count + $0.earlier.count } }

    /// What a reply means.
    ///
    /// - Parameters:
    ///   - utterance: The reply.
    ///   - question: What it answers.
    ///   - options: The options of other slots.
    ///   - resolver: Understands it, where it is not known; always the same one.
    /// - Returns: What the resolver gives.
    package func understanding(
        of utterance: Utterance,
        answering question: Question,
        optionsOf options: (Int) -> [ChoiceOption],
        by resolver: Resolver
    ) -> Understanding {
        guard utterance.typed.utf8.count <= Self.longest else {
            return resolver.understand(utterance, answering: question, optionsOf: options)
        }
        let key = Key(utterance: utterance, question: question)
        if let entry = find(key), entry.options.allSatisfy({ $0.options == options($0.slot) }) {
            return entry.understanding
        }
        guard isHeardAgain(key) else {
            return resolver.understand(utterance, answering: question, optionsOf: options)
        }
        var looked: [(slot: Int, options: [ChoiceOption])] = []
        let understanding = resolver.understand(utterance, answering: question) { slot in
            let options = options(slot)
            if !looked.contains(where: { $0.slot == slot }) { looked.append((slot, options)) }
            return options
        }
        keep(Entry(understanding: understanding, options: looked), for: key)
        return understanding
    }

    private func find(_ key: Key) -> Entry? {
        memory.withLock { memory -> Entry? in
            if let entry = memory.recent[key] { return entry }
            guard let entry = memory.earlier[key] else { return nil }
            memory.add(entry, for: key)
            return entry
        }
    }

    private func isHeardAgain(_ key: Key) -> Bool {
        memory.withLock { memory in
            if memory.once.remove(key.hashValue) != nil { return true }
            if memory.once.count >= 4 * Self.generation { memory.once.removeAll() }
            memory.once.insert(key.hashValue)
            return false
        }
    }

    private func keep(_ entry: Entry, for key: Key) { memory.withLock { $0.add(entry, for: key) } }
}
