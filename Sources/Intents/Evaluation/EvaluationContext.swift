/// The question that replies are taken to answer while understanding is measured.
///
/// The global commands and the signs of yes and no are in scope in each of them.
public enum EvaluationContext: String, Sendable, Hashable, CaseIterable {
    /// A question that yes and no answer, such as a slot of the type `boolean`.
    case yesNo = "yes-no"
    /// A gate, which only a plain yes opens.
    case gate
    /// A question for free text, which takes whatever nothing else claims.
    case text

    /// The question.
    public var question: Question {
        switch self {
        case .yesNo: Question(form: .value(.flag))
        case .gate: Question(form: .gate)
        case .text: Question(form: .value(.text(limit: 4096)))
        }
    }
}

extension Decision {
    /// The intent that a decision comes to in a context, by its name; `nil` where it comes to none.
    ///
    /// At a gate a yes counts only where it opens the gate. A yes that only a hedge or not knowing casts doubt on is
    /// not knowing.
    public func intent(in context: EvaluationContext) -> String? {
        switch self {
        case .affirm(let isPlain): isPlain || context != .gate ? Polarity.Sign.affirm.rawValue : nil
        case .deny: Polarity.Sign.deny.rawValue
        case .unsure, .doubtful(.hedge), .doubtful(.unsure): Polarity.Sign.unsure.rawValue
        case .command(let name): name
        default: nil
        }
    }
}
