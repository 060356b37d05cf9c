internal import Patterns

/// Several questions in one reply: each that a topic answers is answered.
extension Resolver {
    /// The topics that the clauses of a question ask about, in their order; empty where they are fewer than two.
    ///
    /// A clause asks about the first topic whose rule matches up to it: "what do correctness and refusal mean" asks about both,
    /// though only its first clause has the words of a question.
    func topics(
        in hearing: inout Hearing,
        polarity: Polarity,
        among candidates: RuleCandidates,
        scratch: borrowing MatchScratch
    ) -> [Int] {
        let text = hearing.utterance.text
        guard polarity.marks.contains(where: { $0.sign == .question }) else { return [] }
        let clauses = Clause.split(text)
        guard clauses.count > 1 else { return [] }
        var found: [Int: (topic: Int, rule: Rule, range: Range<Int>)] = [:]
        for (offset, rule) in topicRules.among(candidates) {
            let topic = topics[offset].topic
            guard hearing.expected.topics?[topic] != false,
                let range = try? rule.pattern.firstRange(in: text, scratch: scratch), !range.isEmpty,
                let clause = clauses.firstIndex(where: { $0.range.contains(range.upperBound - 1) }),
                found[clause] == nil,
                !found.values.contains(where: { $0.topic == topic })
            else { continue }
            found[clause] = (topic, rule, range)
        }
        guard found.count > 1 else { return [] }
        let inOrder = found.sorted { $0.key < $1.key }.map(\.value)
        for (position, one) in inOrder.enumerated() {
            hearing.add(one.rule.name, one.rule.intent, one.range, position == 0 ? .decided : .counted)
        }
        hearing.furtherTopics = inOrder.dropFirst().map(\.topic)
        return inOrder.map(\.topic)
    }

    /// Keeps that a reply which nothing explains asks something, so that it can be said that there is no answer to it.
    func countQuestion(_ polarity: Polarity, in hearing: inout Hearing) {
        hearing.count(polarity.marks.filter { $0.sign == .wait })
        let text = hearing.utterance.text
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "'" }
        // "where I said" is no question, "who reads this" is one.
        let isClause = words.count > 1 && ["i", "you", "we", "they", "it", "he", "she"].contains(words[1].lowercased())
        let begins = polarity.marks.contains { $0.sign == .question && $0.range.lowerBound == 0 && $0.range.count > 1 }
        let isAsking = begins && (!isClause || Self.isInverted(text))
        guard words.count > 1, isAsking || words.count > 3 && text.utf8.last == UInt8(ascii: "?") else { return }
        hearing.count(polarity.marks.filter { $0.sign == .question })
    }

    /// Not knowing, said first and explained or followed by a question: "no idea, where would I find that".
    func leadingUnsure(_ hearing: inout Hearing, scratch: borrowing MatchScratch) -> Decision? {
        guard case .value = hearing.expected.form, !hearing.expected.isText,
            let first = Clause.split(hearing.utterance.text).first
        else { return nil }
        let polarity = scale.weigh(hearing.utterance.text.slice(utf8: first.range), scratch: scratch)
        guard case .unsure = polarity.weight, !polarity.hasResidue else { return nil }
        hearing.count(polarity.marks)
        return .unsure
    }
}
