import Intents
import Testing

@Suite("A reply may answer several questions, and each answer finds its slot")
struct SeveralAnswersTests {
    private enum Slot: Int { case task, dataset, output, region, judge, model, custom, format, cups }

    private static let vocabulary = [
        SlotVocabulary(index: Slot.task.rawValue, type: .text(limit: 500), names: ["task"]),
        SlotVocabulary(index: Slot.dataset.rawValue, type: .s3URI(.object), names: ["dataset", "data"]),
        SlotVocabulary(index: Slot.output.rawValue, type: .s3URI(.output), names: ["output", "results"]),
        SlotVocabulary(index: Slot.region.rawValue, type: .region, names: ["region"]),
        SlotVocabulary(index: Slot.judge.rawValue, type: .choice, names: ["judge"]),
        SlotVocabulary(index: Slot.model.rawValue, type: .modelPackage, names: ["model"]),
        SlotVocabulary(index: Slot.custom.rawValue, type: .flag, names: ["custom metrics"]),
        SlotVocabulary(index: Slot.format.rawValue, type: .text(limit: 500), names: ["format", "fields"]),
        SlotVocabulary(index: Slot.cups.rawValue, type: .number(1...9), names: ["cups"]),
    ]

    private static let resolver: Resolver = {
        let names = vocabulary.flatMap(\.names).map { $0.replacing(" ", with: "\\s+") }
        let pattern = names.sorted { $0.count > $1.count }.joined(separator: "|")
        return Resolver(
            rules: CommonRules.files.flatMap { CommonRules.load("common/\($0).yaml", slotNames: pattern) },
            vocabulary: vocabulary,
            entities: EntityTypes.all
        )
    }()

    private func decide(
        _ text: String,
        at slot: Slot? = .task,
        form: Question.Form? = nil,
        judges: [String] = []
    ) -> Decision {
        let kind = Self.vocabulary.first { $0.index == slot?.rawValue }?.type
        let question = Question(form: form ?? kind.map { .value($0) } ?? .confirmation, slot: slot?.rawValue)
        let options = judges.map { ChoiceOption(id: $0, name: $0) }
        return Self.resolver.understand(Utterance(text), answering: question) {
            $0 == Slot.judge.rawValue ? options : []
        }.decision
    }

    private func several(_ values: [(Slot, Value)], early: [(Slot, Value)] = [], rest: Decision? = nil) -> Decision {
        .several(
            values.map { Assignment(slot: $0.0.rawValue, value: $0.1) }
                + early.map { Assignment(slot: $0.0.rawValue, value: $0.1, isEarly: true) },
            rest: rest
        )
    }

    @Test("At a question for free text, every named answer goes to its slot and the rest is the text")
    func freeText() {
        let reply =
            "It answers support questions; the dataset is s3://bkt/eval.jsonl, results go to s3://bkt/out/, region us-west-2"
        let values: [(Slot, Value)] = [
            (.dataset, "s3://bkt/eval.jsonl"), (.output, "s3://bkt/out/"), (.region, "us-west-2"),
        ]
        #expect(decide(reply) == several(values, rest: .value("It answers support questions")))
    }

    @Test(
        "The order of the clauses does not matter",
        arguments: [
            "region us-west-2; It answers questions, mostly; the data is in s3://bkt/k.jsonl",
            "It answers questions, mostly; region us-west-2, the data is in s3://bkt/k.jsonl",
            "the data is in s3://bkt/k.jsonl, region us-west-2. It answers questions, mostly",
            "s3://bkt/k.jsonl is the dataset, us-west-2 for the region. It answers questions, mostly.",
            "It answers questions, mostly; dataset = s3://bkt/k.jsonl; in us-west-2",
            "It answers questions, mostly\ndataset: s3://bkt/k.jsonl\nregion: us-west-2",
            "It answers questions, mostly, and the dataset is s3://bkt/k.jsonl and use us-west-2 as the region",
            "It answers questions, mostly; my dataset lies in s3://bkt/k.jsonl and region should be Oregon",
        ]
    )
    func anyOrder(reply: String) {
        guard case .several(let assignments, let rest) = decide(reply) else {
            Issue.record("\(decide(reply))")
            return
        }
        let values = Dictionary(uniqueKeysWithValues: assignments.map { ($0.slot, $0.value) })
        #expect(values == [Slot.dataset.rawValue: "s3://bkt/k.jsonl", Slot.region.rawValue: "us-west-2"])
        guard case .value(.text(let text)) = rest else {
            Issue.record("\(String(describing: rest))")
            return
        }
        #expect(text.hasPrefix("It answers questions, mostly"))
    }

    @Test(
        "A description that speaks of slots is a description",
        arguments: [
            "It answers questions about the dataset, and the region of the user's order.",
            "The model is multilingual, and the judge is a human.",
            "It rates data, results and models; output is short.",
            "It routes tickets, EMEA ones to eu-west-1, others to us-east-1.",
            "It fills forms, the fields are name and address.",
            "help-desk tickets", "It helps people, back and forth, and skips nothing.",
            "Our bot says \"use us-west-2 as the region, and the dataset is s3://bkt/k\" to everyone.",
            "It reads s3://bkt/docs/ and answers what people ask about the results, cups and all.",
        ]
    )
    func descriptions(reply: String) {
        #expect(decide(reply) == .value(.text(reply)))
    }

    @Test("A greeting in front of a free text is none of it")
    func greetingBeforeText() {
        #expect(
            decide("Hello! Our model summarises reports. The data is in s3://bkt/k.jsonl")
                == several([(.dataset, "s3://bkt/k.jsonl")], rest: .value("Our model summarises reports"))
        )
    }

    @Test("At a question with options a value of another slot is no near miss")
    func strayAtChoice() {
        #expect(
            decide("us-west-2", at: .cups) == .stray("us-west-2", slots: [Slot.region.rawValue], isReplacement: false)
        )
    }

    @Test("A greeting or an apology beside a named answer is no text")
    func greetings() {
        for lead in ["Hi, ", "Oh sorry, ", "Hm, well, ", "no, "] {
            #expect(
                decide(lead + "the dataset is s3://bkt/k.jsonl")
                    == .correction(slot: Slot.dataset.rawValue, value: "s3://bkt/k.jsonl"),
                "\(lead)"
            )
        }
    }

    @Test("An answer to the question in hand and others beside it")
    func besideTheAsked() {
        #expect(
            decide("s3://bkt/k.jsonl, results to s3://bkt/out/", at: .dataset)
                == several([(.output, "s3://bkt/out/")], rest: .value("s3://bkt/k.jsonl"))
        )
        #expect(
            decide("s3://bkt/k.jsonl; us-west-2", at: .dataset)
                == several([(.region, "us-west-2")], rest: .value("s3://bkt/k.jsonl"))
        )
        #expect(
            decide("no, and the region is us-west-2", at: .custom) == several([(.region, "us-west-2")], rest: .deny)
        )
        #expect(
            decide("yes. 3 cups, region us-east-1", at: .custom)
                == several([(.region, "us-east-1")], rest: .affirm(isPlain: false))
        )
        #expect(
            decide("no custom metrics; region us-east-1", at: .dataset)
                == several([(.custom, false), (.region, "us-east-1")])
        )
    }

    @Test("A no that only begins a correction is no answer")
    func leadingNo() {
        #expect(
            decide("no, the region should be us-west-2", at: .custom)
                == .correction(slot: Slot.region.rawValue, value: "us-west-2")
        )
    }

    @Test(
        "Beside a yes at a gate or a confirmation nothing is confirmed",
        arguments: [Question.Form.gate, .confirmation]
    )
    func neverConfirms(form: Question.Form) {
        let decision = decide("yes, and the region is us-west-2. I agree", at: nil, form: form)
        #expect(decision == .correction(slot: Slot.region.rawValue, value: "us-west-2"))
    }

    @Test("One value never fills two slots: it is asked about where it fits several")
    func neverTwoSlots() {
        let both = [Slot.dataset.rawValue, Slot.output.rawValue]
        #expect(decide("s3://bkt/k.jsonl") == .stray("s3://bkt/k.jsonl", slots: both, isReplacement: false))
        #expect(decide("please use s3://bkt/k.jsonl") == .stray("s3://bkt/k.jsonl", slots: both, isReplacement: true))
        #expect(decide("s3://bkt/out/") == .stray("s3://bkt/out/", slots: [Slot.output.rawValue], isReplacement: false))
        #expect(
            decide("wrong bucket, use s3://bkt/k.jsonl", at: nil)
                == .stray("s3://bkt/k.jsonl", slots: both, isReplacement: true)
        )
        #expect(
            decide("the dataset is s3://bkt/k.jsonl; s3://bkt/k2.jsonl; region us-east-1", at: .model)
                == several([(.dataset, "s3://bkt/k.jsonl"), (.region, "us-east-1"), (.output, "s3://bkt/k2.jsonl")])
        )
        #expect(
            decide("region us-east-1; s3://bkt/k.jsonl", at: .model)
                == several(
                    [(.region, "us-east-1")],
                    rest: .stray("s3://bkt/k.jsonl", slots: both, isReplacement: false)
                ),
            "alone the region is given, and the other value asked about"
        )
    }

    @Test("Two values for one slot are a problem, not a guess")
    func contradiction() {
        guard case .badCorrection(Slot.region.rawValue, _, nil) = decide("region us-east-1 and the region is us-west-2")
        else {
            Issue.record("\(decide("region us-east-1 and the region is us-west-2"))")
            return
        }
    }

    @Test("What is wrong with one answer does not lose the others")
    func problem() {
        guard
            case .several(let assignments, .badCorrection(Slot.dataset.rawValue, _, _)?) =
                decide("the dataset is s3://B_bkt/k.jsonl, region us-west-2", at: .model)
        else {
            Issue.record("\(decide("the dataset is s3://B_bkt/k.jsonl, region us-west-2", at: .model))")
            return
        }
        #expect(assignments == [Assignment(slot: Slot.region.rawValue, value: "us-west-2")])
    }

    @Test("A named answer with something wrong is no free text", arguments: ["Hi, ", "So. ", ""])
    func problemBesideText(lead: String) {
        guard case .badCorrection(Slot.dataset.rawValue, _, _) = decide(lead + "dataset s3://b/k.jsonl") else {
            Issue.record("\(decide(lead + "dataset s3://b/k.jsonl"))")
            return
        }
    }

    @Test("A choice whose options are not known yet is kept as it was said")
    func early() {
        #expect(
            decide("Mistral Large as the judge, region us-west-2, it answers all our questions")
                == several(
                    [],
                    early: [(.judge, "Mistral Large")],
                    rest: nil
                ).merging([(Slot.region.rawValue, "us-west-2")], rest: .value("it answers all our questions"))
        )
        #expect(decide("judge: Mistral Large") == several([], early: [(.judge, "Mistral Large")]))
        #expect(
            decide("the task is answering questions. judge: Mistral Large")
                == several([(.task, "answering questions")], early: [(.judge, "Mistral Large")])
        )
        #expect(decide("use Mistral Large as the judge") == several([], early: [(.judge, "Mistral Large")]))
        #expect(
            decide("The judge is a bot that scores essays") == .value("The judge is a bot that scores essays"),
            "a description"
        )
        #expect(
            decide("use Mistral Large as the judge", judges: ["Nova", "Mistral Large"])
                == .correction(slot: Slot.judge.rawValue, value: "Mistral Large")
        )
    }

    @Test("A wrong value corrected without naming its slot")
    func replacements() {
        #expect(
            decide("no, it's arn:aws:sagemaker:us-east-1:111122223333:model-package/m/1", at: nil)
                == .correction(
                    slot: Slot.model.rawValue,
                    value: "arn:aws:sagemaker:us-east-1:111122223333:model-package/m/1"
                )
        )
        #expect(
            decide("no it should be us-west-2", at: nil)
                == .stray("us-west-2", slots: [Slot.region.rawValue], isReplacement: true)
        )
        #expect(
            decide("actually, make it us-west-2", at: .model)
                == .correction(slot: Slot.region.rawValue, value: "us-west-2")
        )
        #expect(decide("no, not that one", at: nil) == .deny)
    }

    @Test("What was said is asked for by its name")
    func recall() {
        for reply in ["what did I say for the region?", "what's the region again?", "which region did I choose"] {
            #expect(decide(reply) == .recall(slot: Slot.region.rawValue), "\(reply)")
        }
    }

    @Test(
        "Free text takes no question without asking",
        arguments: ["who reads all of this?", "Does the wording matter much?", "which one should it be?"]
    )
    func questions(reply: String) {
        #expect(decide(reply) == .questioning(.text(reply)))
    }

    @Test(
        "Free text takes none of these",
        arguments: [
            "help", "no idea", "I don't know", "back", "redo", "us-east-1", "region us-east-1", "s3://bkt/k.jsonl",
            "skip", "why?", "what did I say", "start over", "never mind", "the dataset is s3://bkt/k.jsonl", "yes",
            "no",
            "arn:aws:iam::111122223333:role/R", "use us-east-1", "change the region", "wrong region", "?", "",
        ]
    )
    func freeTextTakesNone(reply: String) {
        if case .value = decide(reply) { Issue.record("taken as text: \(reply)") }
    }
}

extension Decision {
    /// The same with further assignments after those that are there.
    fileprivate func merging(_ values: [(Int, Value)], rest: Decision?) -> Decision {
        guard case .several(let assignments, _) = self else { return self }
        return .several(assignments + values.map { Assignment(slot: $0.0, value: $0.1) }, rest: rest)
    }
}
