import Intents
import Testing

@Suite("Values are found in what people say")
struct ValuePhrasingTests {
    private func decide(_ text: String, _ form: Question.Form, options: [ChoiceOption] = []) -> Decision {
        CommonRules.resolver.understand(Utterance(text), answering: Question(form: form, options: options)).decision
    }

    @Test(
        "A Region",
        arguments: [
            ("us-west-2", "us-west-2"), ("Oregon", "us-west-2"), ("it's in Frankfurt", "eu-central-1"),
            ("we run everything in Ireland", "eu-west-1"), ("N. Virginia please", "us-east-1"),
            ("please use us east 1", "us-east-1"), ("I think it is eu-west-3", "eu-west-3"),
            ("Tokyo, thanks", "ap-northeast-1"), ("hi, it's the Sydney one", "ap-southeast-2"),
            ("the bucket is in São Paulo", "sa-east-1"), ("that would be Ohio", "us-east-2"),
            ("let's go with London", "eu-west-2"),
        ]
    )
    func region(text: String, code: String) {
        #expect(decide(text, .value(.region)) == .value(.text(code)))
    }

    @Test(
        "A place in Amazon S3",
        arguments: [
            "s3://my-bucket/data/eval.jsonl", "it is s3://my-bucket/data/eval.jsonl",
            "s3://my-bucket/data/eval.jsonl, thanks", "please use s3://my-bucket/data/eval.jsonl.",
            "The file lies at s3://my-bucket/data/eval.jsonl I think", "\"s3://my-bucket/data/eval.jsonl\"",
            "<s3://my-bucket/data/eval.jsonl>", "hi, here you go: s3://my-bucket/data/eval.jsonl",
            "sure: s3://my-bucket/data/eval.jsonl",
        ]
    )
    func place(text: String) {
        #expect(decide(text, .value(.s3URI(.object))) == .value(.text("s3://my-bucket/data/eval.jsonl")))
    }

    @Test(
        "A model package",
        arguments: [
            ("support-bot", "support-bot"), ("status-bot", "status-bot"),
            ("the group is called support-bot", "support-bot"),
            (
                "it's arn:aws:sagemaker:us-east-1:111122223333:model-package/support-bot/3, thanks",
                "arn:aws:sagemaker:us-east-1:111122223333:model-package/support-bot/3"
            ),
            (
                "please take arn:aws:sagemaker:us-east-1:111122223333:model-package-group/support-bot",
                "arn:aws:sagemaker:us-east-1:111122223333:model-package-group/support-bot"
            ),
        ]
    )
    func modelPackage(text: String, reference: String) {
        #expect(decide(text, .value(.modelPackage)) == .value(.text(reference)))
    }

    @Test(
        "A number",
        arguments: [("2", 2), ("2 please", 2), ("make it 7", 7), ("I'd like 3 of them", 3), ("about 5, I think", 5)]
    )
    func number(text: String, value: Int) {
        #expect(decide(text, .value(.number(1...9))) == .value(.number(value)))
    }

    @Test(
        "A file",
        arguments: [
            ("./metrics.json", "./metrics.json"), ("it's in ./metrics.json", "./metrics.json"),
            ("metrics/own.json please", "metrics/own.json"), ("~/work/metrics.json", "~/work/metrics.json"),
        ]
    )
    func path(text: String, path: String) {
        #expect(decide(text, .value(.path)) == .value(.text(path)))
    }

    private static let judges = [
        ChoiceOption(id: "nova", name: "Amazon Nova Pro"), ChoiceOption(id: "haiku", name: "Anthropic Claude 3 Haiku"),
        ChoiceOption(id: "mistral", name: "Mistral Large"),
    ]

    @Test(
        "One of the options",
        arguments: [
            ("2", "haiku"), ("the second one", "haiku"), ("number two please", "haiku"), ("Mistral Large", "mistral"),
            ("the last one, thanks", "mistral"), ("I'd like the first", "nova"), ("option 3", "mistral"),
            ("let's take Amazon Nova Pro", "nova"), ("#1", "nova"), ("no, 3", "mistral"), ("not 1 but 2", "haiku"),
            ("hi, Mistral Large please", "mistral"),
        ]
    )
    func choice(text: String, id: String) {
        #expect(decide(text, .value(.choice), options: Self.judges) == .value(.text(id)))
    }

    @Test(
        "Some of the options",
        arguments: [
            ("1 and 3", ["nova", "mistral"]), ("1, 2", ["nova", "haiku"]),
            ("all of them", ["nova", "haiku", "mistral"]),
            ("all but the last", ["nova", "haiku"]), ("everything", ["nova", "haiku", "mistral"]),
            ("the whole lot please", ["nova", "haiku", "mistral"]), ("only 2", ["haiku"]),
            ("Mistral Large and Amazon Nova Pro", ["nova", "mistral"]), ("the first two", ["nova", "haiku"]),
        ]
    )
    func choices(text: String, ids: [String]) {
        #expect(decide(text, .value(.choices), options: Self.judges) == .value(.list(ids.map(Value.text))))
    }

    @Test(
        "Free text takes what no command and no yes or no claims",
        arguments: [
            "It answers customers' questions about their orders.", "a chatbot", "It's a chat bot for our customers",
            "help the children with homework", "summaries", "translating letters", "it greets and thanks people",
            "greeting cards", "It says no to refunds", "good answers to hard questions", "bye-laws of companies",
        ]
    )
    func freeText(text: String) {
        #expect(decide(text, .value(.text(limit: 500))) == .value(.text(text)))
    }

    @Test(
        "What is no value is none",
        arguments: [
            ("thanks", Decision.command("thanks")), ("hello", .command("greet")),
            ("are you a bot?", .command("bot_challenge")),
            ("what can you do", .command("help")), ("not sure", .unsure), ("I don't know", .unsure),
            ("no idea", .unsure),
            ("yes", .notUnderstood), ("no", .deny), ("I made a mistake", .command("correct")), ("hmm", .notUnderstood),
        ]
    )
    func noValue(text: String, decision: Decision) {
        #expect(decide(text, .value(.region)) == decision)
    }
}
