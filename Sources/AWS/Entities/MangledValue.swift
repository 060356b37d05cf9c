internal import Intents

extension Recognition {
    /// The question about a value that a chat client may have changed, or a terminal broken; `nil` if it is not in doubt.
    ///
    /// A line break is in doubt where the first line alone would do. A long dash can stand for two hyphens, and in the key
    /// of an object other characters can be the user's own.
    ///
    /// - Parameters:
    ///   - utterance: The reply that the value was found in.
    ///   - isWhole: Whether a text is a value by itself.
    /// - Returns: The problem; `nil` where there is no doubt.
    func doubt(in utterance: Utterance, isWhole: (String) -> Bool) -> Recognition? {
        guard case .value(let value, let range) = self, utterance.isRewritten, !utterance.beginsWithQuote else {
            return nil
        }
        let text = utterance.text
        if let end = utterance.firstBreak(in: range), isWhole(text.slice(utf8: range.lowerBound..<end)) {
            return .problem(message: "A line break stands in the middle of it.", suggestion: value, range: range)
        }
        let replaced = utterance.replacements(in: range)
        // What is written in full-width forms from its first letter on comes from an input method.
        guard let first = replaced.first, first.offset > range.lowerBound else { return nil }
        let slashes = text.utf8.enumerated().filter { $0.element == UInt8(ascii: "/") && range.contains($0.offset) }
        let key = text.slice(utf8: range).hasPrefix("s3://") && slashes.count > 2 ? slashes[2].offset : range.upperBound
        let isDoubtful = replaced.contains { $0.offset > key || $0.typed == "\u{2014}" || $0.typed == "\u{2015}" }
        guard isDoubtful else { return nil }
        return .problem(
            message: "Some of its characters look as if a chat program had put them there. "
                + "If they belong to the name, put the whole in quotes.",
            suggestion: value,
            range: range
        )
    }
}

extension EntityReader {
    /// The values among occurrences that a chat client may have changed, with a message about each.
    func doubts(
        among found: [EntityOccurrence],
        in utterance: Utterance,
        isWhole: (String) -> Bool
    ) -> [Value: String] {
        var messages: [Value: String] = [:]
        for one in found {
            guard case .success(let value) = one.result,
                case .problem(let message, _, _) = Recognition.value(value, range: one.range).doubt(
                    in: utterance,
                    isWhole: isWhole
                )
            else { continue }
            messages[value] = message
        }
        return messages
    }
}
