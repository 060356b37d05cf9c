import Intents
import Testing

@Suite("What answers another question never fills the one in hand")
struct StrayReplyTests {
    private static let metrics = ["Correctness", "Completeness", "Coherence", "Refusal"].map { name in
        var option = ChoiceOption(id: "Builtin.\(name)", name: name)
        option.isChosen = ["Correctness", "Coherence"].contains(name)
        return option
    }

    private static let judges = ["Claude 3 Haiku", "Claude 3.5 Haiku", "Mistral Large"].map { name in
        var option = ChoiceOption(id: name, name: name)
        option.isChosen = name == "Mistral Large"
        return option
    }

    private static let resolver: Resolver = {
        let names = "task|dataset|region|judge|metrics"
        return Resolver(
            rules: CommonRules.files.flatMap { CommonRules.load("common/\($0).yaml", slotNames: names) },
            vocabulary: [
                SlotVocabulary(index: 0, type: .text(limit: 500), names: ["task"]),
                SlotVocabulary(index: 1, type: .s3URI(.object), names: ["dataset"]),
                SlotVocabulary(index: 2, type: .region, names: ["region"]),
                SlotVocabulary(index: 3, type: .choice, names: ["judge"]),
                SlotVocabulary(index: 4, type: .choices, names: ["metrics"]),
            ],
            entities: EntityTypes.all
        )
    }()

    private func decide(_ text: String, _ form: Question.Form, slot: Int? = nil) -> Decision {
        Self.resolver.understand(Utterance(text), answering: Question(form: form, slot: slot)) { slot in
            switch slot {
            case 3: Self.judges
            case 4: Self.metrics
            default: []
            }
        }.decision
    }

    private func metrics(_ names: String...) -> Value { .list(names.map { .text("Builtin.\($0)") }) }

    @Test(
        "A question is no free text, with a question mark or without",
        arguments: [
            "what are built-in metrics", "so what is a judge", "hmm actually can I see the list of judges again",
            "who will read this?", "is there an example of that",
        ]
    )
    func questions(text: String) {
        #expect(decide(text, .value(.text(limit: 500)), slot: 0) == .questioning(.text(text)))
    }

    @Test(
        "A text that is about questions is a text",
        arguments: [
            "what customers ask about their orders", "can answer questions on tax", "how to bake bread",
            "who wrote which book",
            "it tells people what is in the news", "where trains stop",
        ]
    )
    func texts(text: String) {
        #expect(decide(text, .value(.text(limit: 500)), slot: 0) == .value(.text(text)))
    }

    @Test(
        "Not knowing stays not knowing, whatever is asked behind it",
        arguments: [
            "no idea, where would I see that", "I don't know, what would you say?", "not sure. who would know?",
        ]
    )
    func unsure(text: String) {
        #expect(decide(text, .value(.region), slot: 2) == .unsure)
    }

    @Test(
        "An option of an answered question is asked about, with what is chosen there",
        arguments: [
            ("hm no, I also want completeness", ["Correctness", "Completeness", "Coherence"]),
            ("without coherence", ["Correctness"]),
            ("add refusal", ["Correctness", "Coherence", "Refusal"]), ("only refusal", ["Refusal"]),
        ]
    )
    func strayChoices(text: String, names: [String]) {
        let value = Value.list(names.map { .text("Builtin.\($0)") })
        for form in [Question.Form.value(.region), .value(.modelPackage), .confirmation] {
            #expect(decide(text, form) == .stray(value, slots: [4], isReplacement: false), "\(form)")
        }
    }

    @Test("A choice is only asked about by its name", arguments: ["the last one", "2", "all of them", "not refused"])
    func noStray(text: String) {
        if case .stray = decide(text, .value(.region), slot: 2) { Issue.record("\(text)") }
    }

    @Test("A list is added to and cut down by naming it")
    func amendments() {
        for (text, value) in [
            ("add refusal to the metrics", metrics("Correctness", "Coherence", "Refusal")),
            (
                "can you also add completeness to the metrics, please?",
                metrics("Correctness", "Completeness", "Coherence")
            ),
            ("drop coherence from the metrics", metrics("Correctness")),
            ("the metrics should also include refusal", metrics("Correctness", "Coherence", "Refusal")),
            ("the metrics should not include coherence", metrics("Correctness")),
            ("the metrics are refusal and completeness", metrics("Completeness", "Refusal")),
            ("change the metrics to refusal", metrics("Refusal")),
        ] {
            for form in [Question.Form.value(.region), .confirmation, .gate] {
                #expect(decide(text, form) == .correction(slot: 4, value: value), "\(text)")
            }
        }
    }

    @Test("Part of an option's name in a correction is a suggestion")
    func nearCorrection() {
        guard
            case .badCorrection(slot: 3, _, suggestion: .text("Mistral Large")) = decide(
                "change the judge to mistral",
                .gate
            )
        else {
            Issue.record("one")
            return
        }
        guard case .badCorrection(slot: 3, let message, nil) = decide("the judge should be haiku", .value(.region))
        else {
            Issue.record("several")
            return
        }
        #expect(message == "Several fit: Claude 3 Haiku, Claude 3.5 Haiku. Please name one.")
    }

    @Test("At its own question, a name with a part of an option's is what a part alone would be")
    func ownQuestion() {
        let question = Question(form: .value(.choice), slot: 3, options: Self.judges)
        let decision = Self.resolver.understand(Utterance("the judge is haiku"), answering: question) { _ in Self.judges
        }.decision
        #expect(decision == .suggestions(Array(Self.judges.prefix(2))))
    }

    @Test("An explanation shows the suggestion that a correction comes to")
    func explained() {
        let explanation = Self.resolver.explain(
            Utterance("change the judge to mistral"),
            answering: Question(form: .gate)
        ) {
            $0 == 3 ? Self.judges : []
        }
        #expect(explanation.findings.first?.kind == .suggestion([Self.judges[2]]))
        #expect(explanation.findings.first?.outcome == .decided)
    }

    @Test("Among other answers a place is a Region")
    func places() {
        let reply = "s3://my-bucket/a.jsonl, and please run it in Oregon"
        let assignments = [Assignment(slot: 2, value: "us-west-2")]
        #expect(
            decide(reply, .value(.s3URI(.object)), slot: 1)
                == .several(assignments, rest: .value("s3://my-bucket/a.jsonl"))
        )
        #expect(
            decide("customers in Oregon, and others", .value(.text(limit: 99)), slot: 0)
                == .value("customers in Oregon, and others")
        )
    }

    @Test(
        "What was said is told when asked for",
        arguments: [
            "what were the metrics again?", "hmm, which are the metrics that we chose",
            "wait, what was the region again?",
        ]
    )
    func recall(text: String) {
        #expect(decide(text, .gate) == .recall(slot: text.contains("region") ? 2 : 4))
    }
}
