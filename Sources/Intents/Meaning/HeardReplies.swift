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

        static func == (one: Key, other: Key) -> Bool {
            one.utterance.typed.hasBytes(of: other.utterance.typed) && one.question == other.question
                && one.question.options.areWritten(as: other.question.options)
        }

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

    /// The longest reply that is kept, in bytes of UTF-8; longer ones are values, which differ.
    package static let longest = 64
    /// How many replies a generation has.
    package static let generation = 512

    private let known = Recurring<Key, Entry>(generation: generation)

    /// Knows nothing yet.
    package init() {}

    /// How many replies it keeps.
    package var count: Int { known.count }

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
        switch known.recall(key) {
        case .kept(let entry) where entry.options.allSatisfy({ $0.options.areWritten(as: options($0.slot)) }):
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
        known.keep(Entry(understanding: understanding, options: looked), for: key)
        return understanding
    }
}

extension String {
    /// Whether two texts are the same bytes; equal ones can be written with other bytes.
    fileprivate func hasBytes(of other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension [ChoiceOption] {
    /// Whether these are the same options, to the byte.
    fileprivate func areWritten(as others: [ChoiceOption]) -> Bool {
        elementsEqual(others) { one, other in
            one == other && one.id.hasBytes(of: other.id) && one.name.hasBytes(of: other.name)
                && one.aliases.elementsEqual(other.aliases) { $0.hasBytes(of: $1) }
        }
    }
}
