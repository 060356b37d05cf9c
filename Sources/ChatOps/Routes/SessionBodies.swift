internal import Dialogue
internal import Foundation
internal import Intents
internal import Sessions

/// A message as it is answered.
struct MessageBody: Encodable {
    struct Option: Encodable {
        var id: String
        var name: String
    }

    var number: Int
    var position: Int
    var role: String
    var prompt: String
    var text: String
    var options: [Option]

    init(_ stored: StoredMessage) {
        number = stored.number
        position = stored.position
        role = stored.message.role.rawValue
        prompt = stored.message.prompt
        text = stored.message.text
        options = stored.message.options.map { Option(id: $0.id, name: $0.name) }
    }
}

/// What the user said, as it is told to whoever follows the session.
struct ReplyBody: Encodable {
    var position: Int
    /// What was said; `nil` where it was not kept.
    var text: String?
    /// Why it was not kept: `too_long`, `not_text` or `secret`.
    var refused: String?

    /// Makes a body of an event; `nil` where it is none of the user's.
    init?(_ event: Event, at position: Int) {
        self.position = position
        switch event.kind {
        case .reply(let text): self.text = text
        case .refused(.tooLong): refused = "too_long"
        case .refused(.notText): refused = "not_text"
        case .refused(.secret): refused = "secret"
        case .started, .actionFinished: return nil
        }
    }
}

/// What a session waits for.
struct RestBody: Encodable, Equatable {
    /// `waiting`, `working`, `paused` or `completed`.
    var state: String
    /// How the flow ended, where it has.
    var outcome: String?

    init(_ rest: SessionRest) {
        switch rest {
        case .waiting: state = "waiting"
        case .working: state = "working"
        case .ended(.paused): state = "paused"
        case .ended(.completed(let outcome)):
            state = "completed"
            self.outcome = outcome
        }
    }
}

/// What a session is and where it stands.
struct SessionBody: Encodable {
    var session: String
    var flow: String
    var entry: String
    var created: String
    var events: Int
    var step: String?
    var title: String?
    var rest: RestBody

    init(_ view: SessionEngine.View) {
        session = view.record.id
        flow = view.record.flow
        entry = view.record.entry
        created = Date(timeIntervalSince1970: Double(view.record.time) / 1_000).formatted(.iso8601)
        events = view.record.position
        let step = view.flow.stepID(of: view.state)
        self.step = step
        title = view.flow.steps.first { $0.id == step }?.title
        rest = RestBody(view.rest)
    }
}
