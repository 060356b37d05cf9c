public import Intents

/// What moves a session.
///
/// Nothing else does.
public enum Event: Sendable, Hashable {
    /// The session begins, with what is known beforehand by slot name: hints, each subject to the flow's own checks.
    case started(hints: [String: Value])
    /// The user replied.
    case reply(String)
    /// The user sent something that is not kept; only what kind of thing it was is known.
    case refused(Refusal)
    /// An action that a transition asked for has ended.
    case actionFinished(id: Int, result: ActionResult)
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
        case event, hints, text, id, outcome, values, reason, bytes, limit, kind
    }

    /// Reads the flat form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        switch try fields.decode(String.self, forKey: .event) {
        case "started":
            self = .started(hints: try fields.decodeIfPresent([String: Value].self, forKey: .hints) ?? [:])
        case "reply": self = .reply(try fields.decode(String.self, forKey: .text))
        case "refused":
            switch try fields.decode(String.self, forKey: .reason) {
            case "too_long":
                self = .refused(
                    .tooLong(
                        bytes: try fields.decode(Int.self, forKey: .bytes),
                        limit: try fields.decode(Int.self, forKey: .limit)
                    )
                )
            case "secret": self = .refused(.secret(kind: try fields.decode(String.self, forKey: .kind)))
            default: self = .refused(.notText)
            }
        case "action_finished":
            self = .actionFinished(
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

    /// Writes a flat object, such as `{"event":"reply","text":"yes"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
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
