import Intents
import Testing

@Suite("How a reply was understood is explained")
struct ExplanationTests {
    private let region = Question(form: .value(.region), slot: 1)
    private let judge = Question(form: .value(.choice), slot: 7, options: Heard.judges)

    @Test("The explanation comes to what understanding comes to, whatever the reply and the question")
    func sameDecision() {
        for (number, question) in Heard.questions.enumerated() {
            // Each question hears a third of the replies, each reply is heard at a third of the questions.
            for (place, reply) in Heard.replies.enumerated() where (number + place) % 3 == 0 {
                let explanation = Heard.explain(reply, question)
                let decision = Heard.understand(reply, question)
                #expect(explanation.decision == decision, "\(reply) at \(question.form)")
                expectSound(explanation, reply, question)
            }
        }
    }

    /// What holds of every explanation.
    private func expectSound(_ explanation: Explanation, _ reply: String, _ question: Question) {
        let place: Comment = "\(reply) at \(question.form): \(explanation)"
        let deciding = explanation.findings.filter { $0.outcome == .decided }
        #expect(deciding.count <= 1, place)
        let hasGround = explanation.findings.contains { $0.outcome == .decided || $0.outcome == .counted }
        switch explanation.decision {
        case .notUnderstood: #expect(deciding.isEmpty, place)
        case .empty: #expect(explanation.findings.isEmpty, place)
        default: #expect(hasGround || !explanation.signs.residue.isEmpty, place)
        }
        for finding in explanation.findings {
            #expect(finding.range.upperBound <= reply.utf8.count, place)
            #expect(finding.text == reply.slice(utf8: finding.range), place)
            for capture in finding.captures { #expect(capture.text == reply.slice(utf8: capture.range), place) }
        }
        if case .affirm(isPlain: true) = explanation.signs.weight {
            #expect(explanation.signs.residue.isEmpty, place)
        }
        #expect(explanation.nearest.isEmpty || !explanation.isUnderstood, place)
        for near in explanation.nearest {
            guard let instead = near.instead else { continue }
            #expect(Heard.understand(instead, question) == near.decision, "\(place): \(instead)")
        }
    }

    @Test("Each principle is named where something loses by it")
    func principles() {
        let found: [(Principle, String, Question, source: String)] = [
            (.askedBeatsCommand, "help", helpChoice, "help-word"),
            (.commandOwnsReply, "us-west-2, and help the children", region, "help-word"),
            (.namedSlotBeatsStep, "the dataset is s3://my-bucket/us-west-2.jsonl", text, "text"),
            (.namedSlotBeatsStep, "yes but use another dataset", Question(form: .confirmation), "affirm-yes"),
            (.doubtBeatsConsent, "yes, maybe", Question(form: .gate), "affirm-yes"),
            (.topicNeedsQuestion, "it answers whatever people want to know of the price", text, "topic-price"),
            (.valueBeatsTopic, "what does Oregon cost?", region, "topic-price"),
            (.valueBeatsNearMiss, "us-wset-2, I mean us-west-2", region, "region"),
            (.claimedBeatsText, "s3://my-bucket/a.jsonl", text, "text"),
            (.claimedBeatsText, "no idea", text, "text"),
            (.questionIsNoText, "which of them should it be?", text, "text"),
            (.clauseBeatsReply, "It sorts many reports; the dataset is s3://my-bucket/a.jsonl", text, "text"),
        ]
        #expect(Set(found.map(\.0)) == Set(Principle.allCases).subtracting([.neverTwoSlots]))
        for (principle, reply, question, source) in found {
            let explanation = Heard.explain(reply, question)
            let lost = explanation.findings.filter { $0.outcome == .lost(principle) }.map(\.source)
            #expect(lost.contains(source), "\(reply): \(explanation)")
        }
    }

    @Test("A value that fits several slots decides for none of them")
    func neverTwoSlots() {
        let resolver = Resolver(
            rules: CommonRules.all,
            vocabulary: [
                SlotVocabulary(index: 0, type: .s3URI(.object), names: ["dataset"]),
                SlotVocabulary(index: 1, type: .s3URI(.output), names: ["region"]),
            ]
        )
        let explanation = resolver.explain(
            Utterance("s3://my-bucket/a.jsonl"),
            answering: Question(form: .value(.region))
        )
        #expect(explanation.decision == .stray("s3://my-bucket/a.jsonl", slots: [0, 1], isReplacement: false))
        #expect(explanation.findings.contains { $0.outcome == .lost(.neverTwoSlots) })
        #expect(!explanation.findings.contains { $0.outcome == .decided })
    }

    private let text = Question(form: .value(.text(limit: 100)), slot: 0)
    private let helpChoice = Question(
        form: .value(.choice),
        slot: 7,
        options: [ChoiceOption(id: "help", name: "Help"), ChoiceOption(id: "other", name: "Other")]
    )

    @Test("Spans and captures are those of what was typed")
    func spans() throws {
        let reply = "  “please change the  region to  Frankfurt”"
        let explanation = Heard.explain(reply, text)
        let decided = try #require(explanation.findings.first)
        #expect(decided.kind == .correction(slot: 1, value: "eu-central-1"))
        #expect(decided.source == "set-by-verb")
        #expect(decided.captures.map(\.name) == ["slot", "value"])
        #expect(decided.captures.map(\.text) == ["region", "Frankfurt"])
        #expect(decided.text == "please change the  region to  Frankfurt")
    }

    @Test("A value in quotes is shown where it was typed")
    func quotedSpan() throws {
        let question = Question(form: .value(.s3URI(.object)))
        let decided = try #require(Heard.explain("'s3://my-bucket/a b.jsonl'", question).findings.first)
        #expect(decided.outcome == .decided)
        #expect(decided.text == "s3://my-bucket/a b.jsonl")
    }

    @Test("Every value is listed where several are too many")
    func several() {
        let explanation = Heard.explain("oregon or ohio", region)
        #expect(explanation.findings.map(\.text) == ["oregon", "oregon", "ohio"])
        #expect(explanation.findings.map(\.outcome) == [.decided, .counted, .counted])
    }

    @Test("A topic of other steps, and a correction without a value, say that they say nothing here")
    func excluded() {
        let limited = Question(form: .value(.region), slot: 1, topics: [false, true])
        let topic = Heard.explain("what is the price?", limited).findings.first { $0.source == "topic-price" }
        #expect(topic?.outcome == .excluded(.outOfScope))
        #expect(topic?.captures.map(\.text) == ["price"])
        let refused = Heard.explain("the region is banana", judge).findings.first { $0.source == "set-by-being" }
        #expect(refused?.outcome == .excluded(.noValue("banana")))
    }

    @Test("The sign table shows what a longer sign covers, and the words that keep a yes from being plain")
    func signTable() throws {
        let covered = Heard.explain("not yet", Question(form: .confirmation)).signs
        #expect(covered.weight == .doubtful(.wait))
        #expect(covered.entries.first { $0.coveredBy == nil }?.sign == .wait)
        #expect(covered.entries.first { $0.text == "not" }?.coveredBy == "wait-not-yet")

        let residue = Heard.explain("yes, the bucket is fine", Question(form: .gate))
        #expect(residue.signs.residue.map(\.text) == ["bucket"])
        let yes = try #require(residue.findings.first { $0.source == "affirm-yes" })
        #expect(yes.outcome == .lost(.doubtBeatsConsent))

        #expect(Heard.explain("yes, that dataset", Question(form: .confirmation)).signs.residue.isEmpty)
        #expect(Heard.explain("yes, that dataset", Question(form: .gate)).signs.residue.map(\.text) == ["dataset"])
    }
}
