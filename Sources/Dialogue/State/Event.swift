public import Intents

/// Something that moves a session.
///
/// Nothing else does.
///
/// Whoever drives the session gives an event its time, and stores it with the event. So a replay sees the same time, and
/// whatever is computed from it stays the same for ever.
public struct Event: Sendable, Hashable {
    /// The kinds of events.
    public enum Kind: Sendable, Hashable {
        /// The session begins, with what is known beforehand by slot name: hints, each subject to the flow's own checks.
        case started(hints: [String: Value])
        /// The user replied.
        case reply(String)
        /// The user sent something that is not kept; only what kind of thing it was is known.
        case refused(Refusal)
        /// An action that a transition asked for has ended.
        case actionFinished(id: Int, result: ActionResult)
    }

    /// The kind of event, with what belongs to it.
    public var kind: Kind
    /// The time at which it happened; `nil` in sessions that were stored before events had times, and where no time
    /// matters.
    public var time: Timestamp?

    /// Makes an event.
    public init(_ kind: Kind, at time: Timestamp? = nil) {
        self.kind = kind
        self.time = time
    }

    /// The beginning of a session.
    public static func started(hints: [String: Value]) -> Event { Event(.started(hints: hints)) }

    /// A reply of the user.
    public static func reply(_ text: String) -> Event { Event(.reply(text)) }

    /// A reply that is not kept.
    public static func refused(_ refusal: Refusal) -> Event { Event(.refused(refusal)) }

    /// The end of an action.
    public static func actionFinished(id: Int, result: ActionResult) -> Event {
        Event(.actionFinished(id: id, result: result))
    }

    /// The same event at another time.
    public func at(_ time: Timestamp?) -> Event { Event(kind, at: time) }
}

/// Why a reply was not taken.
///
/// The reply itself appears nowhere.
public enum Refusal: Sendable, Hashable {
    /// Longer than the step takes.
    case tooLong(bytes: Int, limit: Int)
    /// Not text in UTF-8.
    case notText
    /// It holds a secret of this kind, e.g. `an AWS secret access key`.
    case secret(kind: String)
}

extension Event: Codable {
    private enum CodingKeys: String, CodingKey {
        case event, time, hints, text, id, outcome, values, reason, bytes, limit, kind
    }

    /// Reads the flat form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        time = try fields.decodeIfPresent(Timestamp.self, forKey: .time)
        switch try fields.decode(String.self, forKey: .event) {
        case "started":
            kind = .started(hints: try fields.decodeIfPresent([String: Value].self, forKey: .hints) ?? [:])
        case "reply": kind = .reply(try fields.decode(String.self, forKey: .text))
        case "refused":
            switch try fields.decode(String.self, forKey: .reason) {
            case "too_long":
                kind = .refused(
                    .tooLong(
                        bytes: try fields.decode(Int.self, forKey: .bytes),
                        limit: try fields.decode(Int.self, forKey: .limit)
                    )
                )
            case "secret": kind = .refused(.secret(kind: try fields.decode(String.self, forKey: .kind)))
            default: kind = .refused(.notText)
            }
        case "action_finished":
            kind = .actionFinished(
                id: try fields.decode(Int.self, forKey: .id),
                result: ActionResult(
                    outcome: try fields.decode(String.self, forKey: .outcome),
                    values: try fields.decodeIfPresent([String: Value].self, forKey: .values) ?? [:]
                )
            )
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .event,
                in: fields,
                debugDescription: "there is no event '\(other)'"
            )
        }
    }

    /// Writes a flat object, such as `{"event":"reply","text":"yes","time":1767225600000}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encodeIfPresent(time, forKey: .time)
        switch kind {
        case .started(let hints):
            try fields.encode("started", forKey: .event)
            if !hints.isEmpty { try fields.encode(hints, forKey: .hints) }
        case .reply(let text):
            try fields.encode("reply", forKey: .event)
            try fields.encode(text, forKey: .text)
        case .refused(let refusal):
            try fields.encode("refused", forKey: .event)
            switch refusal {
            case .tooLong(let bytes, let limit):
                try fields.encode("too_long", forKey: .reason)
                try fields.encode(bytes, forKey: .bytes)
                try fields.encode(limit, forKey: .limit)
            case .notText: try fields.encode("not_text", forKey: .reason)
            case .secret(let kind):
                try fields.encode("secret", forKey: .reason)
                try fields.encode(kind, forKey: .kind)
            }
        case .actionFinished(let id, let result):
            try fields.encode("action_finished", forKey: .event)
            try fields.encode(id, forKey: .id)
            try fields.encode(result.outcome, forKey: .outcome)
            if !result.values.isEmpty { try fields.encode(result.values, forKey: .values) }
        }
    }
}
