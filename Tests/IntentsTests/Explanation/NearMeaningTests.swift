import Intents
import Testing

@Suite("A reply that was not understood is shown what it came near to")
struct NearMeaningTests {
    private func first(_ reply: String, _ question: Question) -> NearMeaning? {
        Heard.explain(reply, question).nearest.first
    }

    private let gate = Question(form: .gate)
    private let region = Question(form: .value(.region), slot: 1)
    private let dataset = Question(form: .value(.s3URI(.object)), slot: 2)
    private let judge = Question(form: .value(.choice), slot: 7, options: Heard.judges)

    @Test(
        "A yes that doubt stands beside names the words",
        arguments: [
            ("yes, maybe", ["maybe"], "yes"), ("yes?", ["?"], "yes"),
            ("sure, after I check", ["after", "I", "check"], "sure"),
            ("yes the bucket is fine", ["the", "bucket"], "yes is fine"),
        ]
    )
    func doubt(reply: String, words: [String], instead: String) {
        #expect(
            first(reply, gate) == NearMeaning(.beside(words), decision: .affirm(isPlain: true), instead: instead)
        )
    }

    @Test("Where yes and no stand together, each is named without the other")
    func yesAndNo() {
        let nearest = Heard.explain("nope, looks right", Question(form: .confirmation)).nearest
        #expect(nearest.contains(NearMeaning(.beside(["looks right"]), decision: .deny, instead: "nope")))
        #expect(
            nearest.contains(NearMeaning(.beside(["nope"]), decision: .affirm(isPlain: true), instead: "looks right"))
        )
    }

    @Test("A value that is wrong says what is wrong with it, and has a corrected form")
    func problem() throws {
        let near = try #require(first("it is S3://my-bucket/Data.jsonl", dataset))
        #expect(near.obstacle == .problem("An S3 URI begins with s3:// in lower case."))
        #expect(near.decision == .value("s3://my-bucket/Data.jsonl"))
        #expect(near.instead == "s3://my-bucket/Data.jsonl")
    }

    @Test("A word that is nothing of the kind says what the kind looks like")
    func bareWord() throws {
        let near = try #require(first("my-data", dataset))
        #expect(near.obstacle == .problem("An S3 URI begins with s3://, as in s3://my-bucket/my-data.jsonl."))
        #expect(near.instead == nil)
    }

    @Test("A command among other words would count alone")
    func command() {
        let nearest = Heard.explain("help the children", region).nearest
        #expect(nearest.first == NearMeaning(.notAlone, decision: .command("help"), instead: "help"))
    }

    @Test("Misspelt options, places, commands and answers are named")
    func spelling() {
        #expect(first("the fatihfullness thing", judge)?.decision == .value("faith"))
        #expect(first("orgon", region)?.decision == .value("us-west-2"))
        #expect(first("hlep", region)?.decision == .command("help"))
        #expect(first("proced", gate)?.decision == .affirm(isPlain: true))
        #expect(first("I want two of them", Question(form: .value(.number(1...9))))?.instead == "2")
    }

    @Test("A topic would count in a question")
    func topic() {
        let near = Heard.explain("the price of the whole thing", region).nearest.first { $0.obstacle == .doesNotAsk }
        #expect(near?.decision == .topic(0))
        #expect(near?.instead == "the price of the whole thing?")
    }

    @Test("A value of another slot says how to name it, and a slot named without a value how to reopen it")
    func otherSlots() {
        let value = first("us-west-2", judge)
        #expect(value?.obstacle == .slotNotNamed)
        #expect(value?.decision == .correction(slot: 1, value: "us-west-2"))
        #expect(value?.instead == "the region is us-west-2")
        let named = first("the region is banana", judge)
        #expect(named?.obstacle == .noValue("banana"))
        #expect(named?.decision == .reopening(slot: 1))
    }

    @Test(
        "What was understood has nothing near, and what is near nothing has none",
        arguments: ["us-west-2", "help", ""]
    )
    func nothing(reply: String) {
        #expect(Heard.explain(reply, region).nearest.isEmpty)
    }

    @Test("Any word could be a model's name: only an ARN is offered as one")
    func modelNames() {
        let resolver = Resolver(
            rules: CommonRules.all,
            vocabulary: [SlotVocabulary(index: 1, type: .modelPackage, names: ["region"])]
        )
        for (reply, isOffered) in [
            ("my-banana-1", false), ("arn:aws:sagemaker:us-west-2:012345678901:model-package/g/1", true),
        ] {
            let nearest = resolver.explain(Utterance(reply), answering: gate).nearest
            #expect(nearest.contains { $0.obstacle == .slotNotNamed } == isOffered, "\(reply): \(nearest)")
        }
    }
}
