/// What an entity type found in a reply.
public enum Recognition: Sendable, Hashable {
    /// A value, and the half-open UTF-8 byte range of the normalised text that it was found in.
    case value(Value, range: Range<Int>)
    /// Something that was meant as one and is not: what is wrong, and a corrected form where one can be computed.
    case problem(message: String, suggestion: Value?, range: Range<Int>)
    /// Options that come close; one of them must be confirmed.
    case suggestions([ChoiceOption], range: Range<Int>)
    /// Nothing of the type.
    case nothing
}

/// A value that stands in a reply, or a near miss of one.
public struct EntityOccurrence: Sendable, Hashable {
    /// Half-open UTF-8 byte range of the normalised text, without quotes and punctuation around the value.
    public var range: Range<Int>
    /// The value, or the reason why it is none.
    public var result: Result<Value, EntityProblem>

    /// Makes an occurrence.
    public init(range: Range<Int>, result: Result<Value, EntityProblem>) {
        self.range = range
        self.result = result
    }
}

extension EntityOccurrence {
    /// Makes an occurrence of a value that is kept as text.
    package init<Found_: CustomStringConvertible>(_ found: Found<Found_>) {
        self.init(range: found.range, result: found.result.map { .text($0.description) })
    }
}

extension Recognition {
    /// Takes the one value among occurrences that the user doesn't put aside ("not us-east-1 but us-west-2").
    ///
    /// Several different values are a problem, since picking one of them would be a guess. A near miss counts only where
    /// there is no value.
    ///
    /// - Parameters:
    ///   - occurrences: All that stands in the text, in its order.
    ///   - text: The normalised text.
    ///   - plural: The word for several values in the message that asks for one of them, such as `order numbers`.
    public init(onlyOneOf occurrences: [EntityOccurrence], in text: String, plural: String) {
        var sound: [(value: Value, range: Range<Int>)] = []
        var nearMiss: Recognition?
        for one in occurrences where !text.putsAside(one.range) {
            switch one.result {
            case .success(let value):
                if !sound.contains(where: { $0.value == value }) { sound.append((value, one.range)) }
            case .failure(let problem): nearMiss = nearMiss ?? Recognition(problem, at: one.range)
            }
        }
        if let first = sound.first {
            self =
                sound.count == 1
                ? .value(first.value, range: first.range)
                : .problem(
                    message: "I see several \(plural) here; please give one.",
                    suggestion: nil,
                    range: first.range
                )
        } else {
            self = nearMiss ?? .nothing
        }
    }

    /// Makes a problem of one that has no place of its own.
    public init(_ problem: EntityProblem, at range: Range<Int>) {
        self = .problem(message: problem.message, suggestion: problem.suggestion.map(Value.text), range: range)
    }
}

extension String {
    /// Whether the words before a value say that it is not meant: "not", "instead of".
    fileprivate func putsAside(_ range: Range<Int>) -> Bool {
        guard range.lowerBound > 3 else { return false }
        let before = slice(utf8: max(0, range.lowerBound - 24)..<range.lowerBound).lowercased()
        let words = before.split { !$0.isLetter && $0 != "'" }.filter { !["the", "in", "at"].contains($0) }
        guard before.last == " " || before.last?.isPunctuation == true, let last = words.last else { return false }
        return last == "not" || ["instead of", "rather than"].contains(words.suffix(2).joined(separator: " "))
    }
}
