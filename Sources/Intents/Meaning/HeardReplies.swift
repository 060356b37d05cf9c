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

    /// How well a reply is known.
    private enum Familiarity {
        case kept(Entry)
        /// It was heard once before.
        case again
        case new
    }

    private struct Memory {
        /// The hashes of what was heard once.
        var once: Set<Int> = []
        var recent: [Key: Entry] = [:]
        /// What was recent before, and goes when the next generation is full.
        var earlier: [Key: Entry] = [:]

        /// How well a reply is known; that it was asked for counts.
        mutating func hear(_ key: Key) -> Familiarity {
            if let entry = recent[key] { return .kept(entry) }
            if let entry = earlier[key] {
                add(entry, for: key)
                return .kept(entry)
            }
            let hash = key.hashValue
            guard once.remove(hash) == nil else { return .again }
            if once.count >= 4 * HeardReplies.generation { once.removeAll() }
            once.insert(hash)
            return .new
        }

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
        switch memory.withLock({ $0.hear(key) }) {
        case .kept(let entry) where entry.options.allSatisfy({ $0.options == options($0.slot) }):
            return entry.understanding
        case .new: return resolver.understand(utterance, answering: question, optionsOf: options)
        case .kept, .again: break
        }
        var looked: [(slot: Int, options: [ChoiceOption])] = []
        let understanding = resolver.understand(utterance, answering: question) { slot in
            let options = options(slot)
            if !looked.contains(where: { $0.slot == slot }) { looked.append((slot, options)) }
            return options
        }
        memory.withLock { $0.add(Entry(understanding: understanding, options: looked), for: key) }
        return understanding
    }
}
