import Intents
import Testing

@Suite("Yes and no are weighed by stated rules")
struct PolarityTests {
    private func decide(_ text: String, _ form: Question.Form) -> Decision {
        CommonRules.resolver.understand(Utterance(text), answering: Question(form: form)).decision
    }

    @Test(
        "A plain yes opens a gate",
        arguments: [
            "yes", "Yes.", "y", "YES!", "yep", "yeah", "sure", "ok", "okay", "I agree", "i agree.", "agreed",
            "yes, I agree", "Yes, I do", "I accept the terms", "acknowledged", "I acknowledge", "proceed",
            "yes please", "go ahead", "👍", "ok, go ahead", "yes yes yes", "Sure, please proceed", "absolutely",
            "no problem, go ahead", "of course", "I agree to the terms", "yes, I agree to all of that", "“yes”",
            "yes, thank you", "ok 👍", "i do", "consent",
        ]
    )
    func plainYes(text: String) {
        #expect(decide(text, .gate) == .affirm(isPlain: true))
    }

    @Test(
        "Anything less than a plain yes does not open a gate",
        arguments: [
            "no", "nope", "not yet", "yes but use another bucket", "ok but what does it cost?", "I can't agree to that",
            "I don't agree", "maybe", "I guess so", "yes?", "sure, after I check", "ok wait", "yes, if it is free",
            "probably yes", "nope, looks right", "whatever", "what does it cost", "I think so", "yes and no",
            "yes, once legal has signed", "👎", "I don't disagree", "hmm", "banana", "yes the bucket is fine", "later",
            "do I have to agree?", "who agrees to that", "agree?", "I would agree if it were free", "not sure",
            "yes, except the part about Regions", "understood", "I read the terms", "never", "absolutely not",
            "I do not", "don't", "yes 👎", "ok, hold on", "let me ask my lawyer", "s3://bucket/yes", "yesterday",
        ]
    )
    func nothingLess(text: String) {
        #expect(decide(text, .gate) != .affirm(isPlain: true))
    }

    @Test(
        "A confirmation takes the usual ways to say yes",
        arguments: [
            "yes", "that's right", "looks good", "correct", "yes, that is the one", "all correct", "it is", "not bad",
            "why not", "I don't see why not", "no problem", "yes, everything is right", "sounds good to me", "lgtm",
            "yup that's it", "perfect, thanks", "that works", "right", "exactly",
        ]
    )
    func confirmationYes(text: String) {
        guard case .affirm = decide(text, .confirmation) else {
            Issue.record("\(text): \(decide(text, .confirmation))")
            return
        }
    }

    @Test("What is talked about is no residue at a confirmation, and is at a gate")
    func subjects() {
        #expect(decide("yes, that dataset is right", .confirmation) == .affirm(isPlain: true))
        #expect(decide("yes, that dataset is right", .gate) == .affirm(isPlain: false))
    }

    @Test(
        "Words beside a yes that say something else make it no plain yes",
        arguments: ["right now I have lunch", "yes, and use my other bucket", "s3://my-bucket/yes"]
    )
    func residue(text: String) {
        #expect(decide(text, .confirmation) != .affirm(isPlain: true))
    }

    @Test(
        "A confirmation takes the usual ways to say no",
        arguments: [
            "no", "nope", "that's wrong", "not right", "no thanks", "I don't think so", "no, that is not it",
            "incorrect",
            "nah", "not really", "that is not correct", "don't", "no way", "it isn't",
        ]
    )
    func confirmationNo(text: String) {
        #expect(decide(text, .confirmation) == .deny)
    }

    @Test(
        "Doubt is neither yes nor no",
        arguments: [
            "nope, looks right", "yes but not that bucket", "not yet", "ok wait", "sure, after I check", "maybe yes",
            "I guess so, yes", "yes, unless it costs more",
        ]
    )
    func doubt(text: String) {
        guard case .doubtful = decide(text, .confirmation) else {
            Issue.record("\(text): \(decide(text, .confirmation))")
            return
        }
    }

    @Test(
        "Not knowing is said in many ways",
        arguments: ["not sure", "I don't know", "no idea", "dunno", "I can't remember"]
    )
    func unsure(text: String) {
        #expect(decide(text, .confirmation) == .unsure)
        #expect(decide(text, .value(.region)) == .unsure)
        #expect(decide(text, .value(.text(limit: 100))) == .unsure)
    }
}
