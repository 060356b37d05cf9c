import Diagnostics
import Intents
import YAMLReading

/// A small conversation to explain replies in: the common rules, two topics and some questions.
enum Heard {
    static let judges: [ChoiceOption] = [
        ChoiceOption(id: "haiku", name: "Claude 3 Haiku"), ChoiceOption(id: "nova", name: "Nova Pro"),
        ChoiceOption(id: "faith", name: "Faithfulness"),
    ]

    static let resolver = Resolver(
        rules: CommonRules.all,
        topics: topics,
        vocabulary: [
            SlotVocabulary(index: 0, type: .text(limit: 100), names: ["task"]),
            SlotVocabulary(index: 1, type: .region, names: ["region"]),
            SlotVocabulary(index: 2, type: .s3URI(.object), names: ["dataset", "data set"]),
        ],
        entities: EntityTypes.all
    )

    private static let topics: [(topic: Int, rule: Rule)] = {
        let text = """
            kind: topic
            intents:
              price:
                - {name: topic-price, pattern: '(?<thing>price|costs?)', matches: [what does it cost], rejects: [tea]}
              hours:
                - {name: topic-hours, pattern: 'opening hours', matches: [opening hours], rejects: [tea]}
            """
        var diagnostics = DiagnosticList()
        guard let root = YAMLNode(text, file: "topics.yaml", diagnostics: &diagnostics),
            let file = RuleFile(root, diagnostics: &diagnostics)
        else { return [] }
        return RuleCompiler.compile(file, diagnostics: &diagnostics).enumerated().map { (topic: $0, rule: $1) }
    }()

    static func explain(_ reply: String, _ question: Question) -> Explanation {
        resolver.explain(Utterance(reply), answering: question)
    }

    static func understand(_ reply: String, _ question: Question) -> Decision {
        resolver.understand(Utterance(reply), answering: question).decision
    }

    /// Every form of question, for what must hold at all of them.
    static let questions: [Question] =
        [.gate, .confirmation, .change, .nothing].map { Question(form: $0) }
        + [
            .text(limit: 100), .s3URI(.object), .s3URI(.output), .modelPackage, .region, .flag, .path,
            .json(limit: 500),
            .projectName, .number(1...9),
        ].map { Question(form: .value($0), slot: 7) }
        + [
            Question(form: .value(.choice), slot: 7, options: judges),
            Question(form: .value(.choices), slot: 7, options: judges, current: [1], hasProposal: true),
            Question(form: .value(.region), slot: 1, hasProposal: true, topics: [true, false]),
        ]

    /// Replies of many kinds, among them ones that hold several meanings.
    static let replies: [String] =
        CommonRules.all.compactMap(\.examples.matches.last)
        + [
            "", " ", "yes", "yes, maybe", "no, looks right", "banana", "us-west-2", "us-wset-2", "oregon or ohio",
            "“us-west-2”", "<s3://my-bucket/a.jsonl|a.jsonl>", "'s3://my-bucket/a b.jsonl'", "S3://My-Bucket/x.jsonl",
            "s3://my-bucket/a.jsonl and S3://b/x", "the region should be ohio", "the region is banana", "wrong dataset",
            "what does it cost?", "it answers questions about the price", "opening hours", "help the children",
            "two", "12", "2.5", "my_model", "arn:aws:sagemaker:us-west-2:012345678901:model-package/g/1", "./x.json",
            "My Project", "{\"a\": [1, 2]", "[1]", "2", "nova", "fathfulness please", "1 and 9", "ｙｅｓ\u{200B} please",
            "👍 but 👎", "yes?\nno!", "\u{1B}[31mred", "help", "status", "/back", "no idea", "what is the price?",
        ]
}
