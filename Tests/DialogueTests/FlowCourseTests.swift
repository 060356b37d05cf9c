import Dialogue
import Intents
import Testing

@Suite("A flow is shown with where a session stands in it")
struct FlowCourseTests {
    private let flow: Flow

    init() throws { flow = try TeaShop.compile() }

    /// Each step as a sign for how it stands and its id, with a dot for each level; `?` where its condition does not hold.
    private func drawn(_ course: FlowCourse) -> String {
        let signs: [FlowCourse.Standing: String] = [.done: "+", .present: ">", .ahead: "", .skipped: "-"]
        return course.places.map { place in
            String(repeating: ".", count: place.level) + (signs[place.standing] ?? "?") + flow.steps[place.step].id
                + (place.isConditional ? "?" : "")
        }.joined(separator: " ")
    }

    private func customer(_ replies: [String]) -> Customer {
        var customer = Customer(flow)
        for reply in replies { customer.say(reply) }
        return customer
    }

    @Test(
        "Each step is done, present, ahead or passed over, in the order of the flow",
        arguments: [
            ([], ">tea stock cups note .wants_note .no_note .note_text .note_written summary pay brew done"),
            (["green"], "+tea +stock >cups note .wants_note .no_note .note_text .note_written summary pay brew done"),
            (
                ["green", "2"],
                "+tea +stock +cups >note .>wants_note .no_note .note_text .note_written summary pay brew done"
            ),
            (
                ["green", "2", "yes"],
                "+tea +stock +cups >note .+wants_note .-no_note? .>note_text .note_written summary pay brew done"
            ),
            (
                ["green", "2", "no"],
                "+tea +stock +cups +note .+wants_note .+no_note .-note_text .-note_written >summary pay brew done"
            ),
            (
                ["green", "2", "no", "yes", "yes"],
                "+tea +stock +cups +note .+wants_note .+no_note .-note_text .-note_written +summary +pay +brew +done"
            ),
            (["green", "2", "no", "black"], nil),
        ]
    )
    func courses(replies: [String], expected: String?) {
        let customer = customer(replies)
        let courses = flow.courses(of: customer.state)
        #expect(courses.count == 1 && courses.first?.flow == flow.entry)
        if let expected { #expect(courses.map(drawn) == [expected]) }
        // Whatever was said, the innermost step that is present is the one that the session waits at.
        let present = courses.first?.places.last { $0.standing == .present }
        #expect(present.map { flow.steps[$0.step].id } == flow.stepID(of: customer.state))
    }

    @Test("A flow that was entered from a topic comes last, and the flow itself stays where it is")
    func digression() {
        let customer = customer(["green", "how can I complain?"])
        let courses = flow.courses(of: customer.state)
        #expect(
            courses.map(drawn) == [
                "+tea +stock >cups note .wants_note .no_note .note_text .note_written summary pay brew done",
                ">grievance",
            ]
        )
        #expect(courses.last.map { flow.flows[$0.flow].name } == "complaint")
    }

    @Test("Before a session begins and after it ended half-way nothing is present but what comes first")
    func edges() {
        let begun = flow.courses(of: flow.initialState)
        #expect(begun.first?.places.first?.standing == .present)
        #expect(flow.openQuestion(in: flow.initialState) == nil)
        let ended = customer(["green", "2", "no", "yes", "yes"])
        #expect(flow.openQuestion(in: ended.state) == nil)
    }

    @Test(
        "The open question says what it takes",
        arguments: [
            ([], Question.Form.value(.choice), false), (["green"], .value(.number(1...9)), false),
            (["green", "2"], .value(.flag), false), (["green", "2", "no"], .confirmation, false),
            (["green", "2", "no", "yes"], .gate, false), (["green", "start over"], .confirmation, false),
        ]
    )
    func questions(replies: [String], form: Question.Form, hasProposal: Bool) {
        let question = flow.openQuestion(in: customer(replies).state)
        #expect(question?.form == form && question?.hasProposal == hasProposal)
    }
}
