/// What the engine itself says, in `common/prompts/`; a flow may put its own text in place of any of them.
enum SystemPrompt: String, CaseIterable {
    /// A reply was not understood, the first, second and third time running: `hint`; `hint` and `help`; `can_skip`,
    /// `can_go_back`. From then on the second and the third in turn.
    case notUnderstood = "system_not_understood"
    case notUnderstoodAgain = "system_not_understood_again"
    case notUnderstoodOffer = "system_not_understood_offer"
    /// A no, or not knowing, that the step's own words have answered before: `help`.
    case deniedAgain = "system_denied_again"
    case unsureAgain = "system_unsure_again"
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
    /// Going back, and forward again.
    case undone = "system_undone"
    case nothingToUndo = "system_nothing_to_undo"
    case redone = "system_redone"
    case nothingToRedo = "system_nothing_to_redo"
    /// Beginning anew.
    case restartQuestion = "system_restart_question"
    case restarted = "system_restarted"
    case restartDeclined = "system_restart_declined"
    /// Stopping for now.
    case paused = "system_paused"
    /// Taken up again later: `title` of the step.
    case resumed = "system_resumed"
    /// Taken up in a flow that has changed: the lists `carried` and `lost` of titles, whether there are any
    /// (`has_carried`, `has_lost`), and `is_whole`.
    case migrated = "system_migrated"
    /// A question that cannot be skipped.
    case cannotSkip = "system_cannot_skip"
    /// Consent in doubt: `reason` is the sign that makes it so.
    case doubt = "system_doubt"
    case gateDoubt = "system_gate_doubt"
    /// A value that cannot be: `problem`; the second time `help` too.
    case problem = "system_problem"
    case problemAgain = "system_problem_again"
    /// A value close to one: `value`.
    case suggestion = "system_suggestion"
    case suggestions = "system_suggestions"
    /// Several options that come close, as before: `names`, `hint`.
    case suggestionsAgain = "system_suggestions_again"
    /// Corrections: `title`, `value`.
    case corrected = "system_corrected"
    case change = "system_change"
    case cannotReopen = "system_cannot_reopen"
    /// What was taken of a reply that answers other questions: the list `noted` of `title`, `value`.
    case noted = "system_noted"
    /// An earlier answer is asked for: `title`, `value`.
    case recalled = "system_recalled"
    case recalledNothing = "system_recalled_nothing"
    /// A choice named before its options were known is none of them: `title`, `value`.
    case earlyUnfit = "system_early_unfit"
    /// A choice named before its options were known comes near one: `title`, `value`.
    case earlyNear = "system_early_near"
    /// Which slot a value is for, whether it is for the only one it could be, and that it is for none: `value`, `title`.
    case assigning = "system_assigning"
    case assigningOne = "system_assigning_one"
    case notAssigned = "system_not_assigned"
    /// A value that fits several slots, where another question comes first: `value`, `titles`, the first `title`.
    case unplaced = "system_unplaced"
    /// A question that nothing answers: `hint`.
    case questioning = "system_questioning"
    case questioningAgain = "system_questioning_again"
    /// The user asks for time: `hint`.
    case waiting = "system_waiting"
    /// A yes or no where neither answers: `hint`.
    case yesOrNo = "system_yes_or_no"
    /// What is expected where the step has no hint: `names` of the options, `min` and `max` of a number.
    case expectedText = "system_expected_text"
    /// Of an entity type of a file that names no prompt of its own: `noun`, `example`.
    case expectedValue = "system_expected_value"
    case expectedChoice = "system_expected_choice"
    case expectedChoices = "system_expected_choices"
    case expectedFlag = "system_expected_flag"
    case expectedPath = "system_expected_path"
    case expectedJSON = "system_expected_json"
    case expectedNumber = "system_expected_number"
    case expectedGate = "system_expected_gate"
    case expectedChange = "system_expected_change"
    case expectedSuggestion = "system_expected_suggestion"
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
    /// Beside a conversation, in a channel: to others than its user, `owner` where that is known; at a button of an
    /// earlier question; where the conversation takes place elsewhere.
    case othersConversation = "system_others_conversation"
    case questionClosed = "system_question_closed"
    case continuedDirectly = "system_continued_directly"
    /// The flow goes round without end.
    case stuck = "system_stuck"
    /// An action came back with an outcome that it does not declare: `action`, `outcome`.
    case brokenAction = "system_broken_action"
    /// An action needs a value that is not known: the slot's `title`.
    case missingInput = "system_missing_input"
    /// The ways out after an action went wrong, with and without trying it again: `can_go_back`.
    case brokenRetry = "system_broken_retry"
    case brokenWays = "system_broken_ways"

    /// What it can name beside slots; docs/flows.md lists the same.
    var values: [String: PromptWord] {
        switch self {
        case .notUnderstood, .unsure, .questioning, .questioningAgain, .yesOrNo, .waiting: ["hint": .plain]
        case .suggestionsAgain: ["names": .texts, "hint": .plain]
        case .deniedAgain, .unsureAgain: ["help": .plain]
        case .notUnderstoodOffer: ["can_skip": .plain, "can_go_back": .plain]
        case .notUnderstoodAgain: ["hint": .plain, "help": .plain]
        case .help: ["help": .plain, "topics": .texts, "has_topics": .plain]
        case .status: ["title": .plain, "known": .records(fields: ["title", "value"])]
        case .why, .cannotReopen, .returned, .resumed, .recalledNothing, .missingInput: ["title": .plain]
        case .brokenRetry, .brokenWays: ["can_go_back": .plain]
        case .doubt, .gateDoubt: ["reason": .plain]
        case .problem: ["problem": .plain]
        case .problemAgain: ["problem": .plain, "help": .plain]
        case .suggestion, .corrected, .known, .recalled, .earlyUnfit, .earlyNear, .assigningOne:
            ["title": .plain, "value": .unknown]
        case .noted: ["noted": .records(fields: ["title", "value"])]
        case .assigning: ["value": .unknown]
        case .unplaced: ["title": .plain, "titles": .texts, "value": .unknown]
        case .suggestions, .expectedChoice, .expectedChoices: ["names": .texts]
        case .expectedValue: ["noun": .plain, "example": .plain]
        case .expectedNumber: ["min": .number, "max": .number]
        case .migrated:
            ["carried": .texts, "has_carried": .plain, "lost": .texts, "has_lost": .plain, "is_whole": .plain]
        case .misplaced, .refusedSecret: ["kind": .plain]
        case .refusedTooLong: ["bytes": .number, "limit": .number]
        case .brokenAction: ["action": .plain, "outcome": .plain]
        case .othersConversation: ["owner": .plain]
        case .empty, .undone, .nothingToUndo, .redone, .nothingToRedo, .restartQuestion, .restarted, .restartDeclined,
            .paused, .cannotSkip, .change, .refusedNotText, .busy, .ended, .stuck, .questionClosed, .continuedDirectly,
            .notAssigned, .expectedText,
            .expectedFlag, .expectedPath, .expectedJSON, .expectedGate, .expectedChange, .expectedSuggestion:
            [:]
        }
    }
}
