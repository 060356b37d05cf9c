/// What the engine itself says, in `common/prompts/`; a flow may put its own text in place of any of them.
enum SystemPrompt: String, CaseIterable {
    /// A reply was not understood, the first, second and third time running.
    case notUnderstood = "system_not_understood"
    case notUnderstoodAgain = "system_not_understood_again"
    case notUnderstoodOffer = "system_not_understood_offer"
    /// The user does not know: `hint`.
    case unsure = "system_unsure"
    /// Nothing was said.
    case empty = "system_empty"
    /// Help: `help` is what the step says, `topics` is what can be asked.
    case help = "system_help"
    /// Where the conversation stands: `title` and the list `known` of `title`, `value`.
    case status = "system_status"
    /// Why the question is asked, where the step does not say.
    case why = "system_why"
    /// Going back.
    case undone = "system_undone"
    case nothingToUndo = "system_nothing_to_undo"
    /// Beginning anew.
    case restartQuestion = "system_restart_question"
    case restarted = "system_restarted"
    case restartDeclined = "system_restart_declined"
    /// Stopping for now.
    case paused = "system_paused"
    /// A question that cannot be skipped.
    case cannotSkip = "system_cannot_skip"
    /// Consent in doubt: `reason` is the sign that makes it so.
    case doubt = "system_doubt"
    case gateDoubt = "system_gate_doubt"
    /// A value that cannot be: `problem`.
    case problem = "system_problem"
    /// A value close to one: `value`.
    case suggestion = "system_suggestion"
    case suggestions = "system_suggestions"
    /// Corrections: `title`, `value`.
    case corrected = "system_corrected"
    case change = "system_change"
    case cannotReopen = "system_cannot_reopen"
    /// An answer to another question: `kind`.
    case misplaced = "system_misplaced"
    /// Replies that are not kept.
    case refusedSecret = "system_refused_secret"
    case refusedTooLong = "system_refused_too_long"
    case refusedNotText = "system_refused_not_text"
    /// A value known from elsewhere: `title`, `value`.
    case known = "system_known"
    /// An action is still running.
    case busy = "system_busy"
    /// The conversation is over.
    case ended = "system_ended"
    /// Back from a digression: `title`.
    case returned = "system_returned"
    /// The flow goes round without end.
    case stuck = "system_stuck"
    /// An action came back with an outcome that it does not declare: `action`, `outcome`.
    case brokenAction = "system_broken_action"

    /// What it can name beside slots; docs/flows.md lists the same.
    var values: [String: PromptWord] {
        switch self {
        case .notUnderstood, .unsure: ["hint": .plain]
        case .notUnderstoodAgain: ["hint": .plain, "help": .plain]
        case .help: ["help": .plain, "topics": .texts, "has_topics": .plain]
        case .status: ["title": .plain, "known": .records(fields: ["title", "value"])]
        case .why, .cannotReopen, .returned: ["title": .plain]
        case .doubt, .gateDoubt: ["reason": .plain]
        case .problem: ["problem": .plain]
        case .suggestion, .corrected, .known: ["title": .plain, "value": .unknown]
        case .suggestions: ["names": .texts]
        case .misplaced, .refusedSecret: ["kind": .plain]
        case .refusedTooLong: ["bytes": .number, "limit": .number]
        case .brokenAction: ["action": .plain, "outcome": .plain]
        case .notUnderstoodOffer, .empty, .undone, .nothingToUndo, .restartQuestion, .restarted, .restartDeclined,
            .paused,
            .cannotSkip, .change, .refusedNotText, .busy, .ended, .stuck:
            [:]
        }
    }
}
