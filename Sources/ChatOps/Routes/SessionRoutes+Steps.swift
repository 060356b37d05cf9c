internal import Dialogue
internal import HTTPTypes
internal import Hummingbird
internal import Intents
internal import Sessions

extension SessionRoutes {
    /// The steps of a session's flow and how they stand.
    func steps(_ request: Request, _ context: ServerContext, _ principal: Principal) async throws -> Response {
        .json(StepsBody(try await engine.view(of: id(context), owner: principal.owner)))
    }
}

/// The steps of the flows that a session is in, and what it asks.
private struct StepsBody: Encodable {
    struct Course: Encodable {
        var flow: String
        var title: String
        var steps: [Step]
    }

    struct Step: Encodable {
        var id: String
        var kind: String
        var title: String
        var state: String
        var level: Int
        var conditional: Bool
    }

    struct OpenQuestion: Encodable {
        var step: String?
        var takes: String
        var proposed: Bool
        var chosen: [String]
    }

    var session: String
    var flows: [Course]
    var question: OpenQuestion?

    init(_ view: SessionEngine.View) {
        let flow = view.flow
        session = view.record.id
        flows = flow.courses(of: view.state).map { course in
            Course(
                flow: flow.flows[course.flow].name,
                title: flow.flows[course.flow].title,
                steps: course.places.map { place in
                    let step = flow.steps[place.step]
                    return Step(
                        id: step.id,
                        kind: step.kind.word,
                        title: step.title,
                        state: place.standing.rawValue,
                        level: place.level,
                        conditional: place.isConditional
                    )
                }
            )
        }
        question = flow.openQuestion(in: view.state).map { question in
            OpenQuestion(
                step: flow.stepID(of: view.state),
                takes: question.form.word,
                proposed: question.hasProposal,
                chosen: question.current.map { question.options[$0].id }
            )
        }
    }
}

extension Question.Form {
    /// What it takes, in a word: that of flow files where it is a value.
    fileprivate var word: String {
        switch self {
        case .value(let kind): kind.name
        case .confirmation: "boolean"
        case .gate: "agreement"
        case .change: "change"
        case .nothing: "nothing"
        }
    }
}
