/// How a reply was understood, and why.
public struct Understanding: Sendable, Hashable {
    /// What it comes to.
    public var decision: Decision
    /// Everything that was considered, in the order it was considered.
    public var evidence: [Evidence]
    /// Where it asks about several topics, those beside the one that ``decision`` names, in the order of the reply.
    public var furtherTopics: [Int]

    /// Whether it asks something, and nothing explains it but words that could be a yes.
    public var isUnansweredQuestion: Bool {
        let questions = evidence.filter { $0.meaning == Polarity.Sign.question.rawValue }
        switch decision {
        case .notUnderstood: return !questions.isEmpty
        case .doubtful(.question): return questions.contains { $0.range.lowerBound == 0 && $0.range.count > 1 }
        default: return false
        }
    }

    /// Whether it asks for time, and nothing else explains it.
    public var asksForTime: Bool {
        switch decision {
        case .doubtful(.wait): true
        case .notUnderstood: evidence.contains { $0.meaning == Polarity.Sign.wait.rawValue }
        default: false
        }
    }

    /// Makes an understanding.
    public init(decision: Decision, evidence: [Evidence] = [], furtherTopics: [Int] = []) {
        self.decision = decision
        self.evidence = evidence
        self.furtherTopics = furtherTopics
    }
}

/// What a reply comes to, in the context of the question it answers.
public enum Decision: Sendable, Hashable {
    /// It gives the value that was asked for.
    case value(Value)
    /// It was meant to give the value, but cannot: what is wrong, and a corrected form to confirm.
    case problem(message: String, suggestion: Value?)
    /// It comes close to these options.
    case suggestions([ChoiceOption])
    /// A yes; plain where nothing stands beside it.
    case affirm(isPlain: Bool)
    /// A no.
    case deny
    /// It says that the user does not know.
    case unsure
    /// Neither yes nor no can be read out of it, for this reason.
    case doubtful(Polarity.Sign)
    /// A global command, by its intent.
    case command(String)
    /// A question about a topic, by its place in the flow's table.
    case topic(Int)
    /// An earlier answer is corrected: the slot, by its place in the flow's table, and its new value.
    case correction(slot: Int, value: Value)
    /// An earlier answer is taken back: it is to be asked again.
    case reopening(slot: Int)
    /// An earlier answer was to be corrected by a value that cannot be.
    case badCorrection(slot: Int, message: String, suggestion: Value?)
    /// Several answers in one reply, each with its slot, and what the rest of it comes to.
    ///
    /// An early answer to a choice whose options are not known yet comes here too, even alone.
    indirect case several([Assignment], rest: Decision?)
    /// An earlier answer is asked for: the slot, by its place in the flow's table.
    case recall(slot: Int)
    /// A value that the question in hand does not take, with every slot that could hold it; whether it is to stand in
    /// place of an earlier answer.
    case stray(Value, slots: [Int], isReplacement: Bool)
    /// A question that nothing in scope answers, where the answer is free text: this text.
    case questioning(Value)
    /// It answers another question than the one asked; the kind of thing it looks like.
    case misplaced(String)
    /// Nothing was said.
    case empty
    /// Nothing in scope explains it.
    case notUnderstood
}

/// Something that a reply could mean, with what became of it.
public struct Evidence: Sendable, Hashable {
    /// The rule or recognizer that found it.
    public var source: String
    /// What it would mean.
    public var meaning: String
    /// Where: half-open UTF-8 byte range of the normalised reply.
    public var range: Range<Int>
    /// Whether it decided, and if not, the principle it lost by.
    public var verdict: Verdict

    /// What became of a candidate.
    public enum Verdict: Sendable, Hashable {
        /// It decided.
        case decided
        /// It took part: one sign among several.
        case counted
        /// It lost by this principle.
        case lost(Principle)
    }

    /// Makes a piece of evidence.
    public init(source: String, meaning: String, range: Range<Int>, verdict: Verdict) {
        self.source = source
        self.meaning = meaning
        self.range = range
        self.verdict = verdict
    }
}

/// The rules of precedence between meanings: all there are, in one place.
public enum Principle: String, Sendable, Hashable, CaseIterable {
    /// What the step asks for beats a global command inside the same span.
    case askedBeatsCommand = "what the step asks for beats a command in the same words"
    /// A command counts only where it owns the whole reply.
    case commandOwnsReply = "a command must own the whole reply"
    /// A named slot with a value beats the step in hand.
    case namedSlotBeatsStep = "an answer that names its slot beats the question in hand"
    /// Negation, hedges, conditions and questions beat affirmation.
    case doubtBeatsConsent = "doubt beats consent"
    /// A topic counts only in a question or as the whole reply.
    case topicNeedsQuestion = "a topic counts only where the reply asks"
    /// A value beats a topic, a topic beats free text.
    case valueBeatsTopic = "a value that was asked for beats a topic"
    /// A sound value beats a near miss.
    case valueBeatsNearMiss = "a sound value beats a near miss"
    /// Free text takes only what nothing else claims.
    case claimedBeatsText = "free text takes only what nothing else claims"
    /// A question is taken as free text only after it was asked about.
    case questionIsNoText = "a question is no free text"
    /// In a reply of several clauses, each clause that names a slot is that slot's.
    case clauseBeatsReply = "a clause that names its slot is its slot's"
    /// A value that fits several slots goes into none of them unasked.
    case neverTwoSlots = "a value that fits several slots is asked about"

    /// A short name for programs.
    public var name: String {
        switch self {
        case .askedBeatsCommand: "asked_beats_command"
        case .commandOwnsReply: "command_owns_reply"
        case .namedSlotBeatsStep: "named_slot_beats_step"
        case .doubtBeatsConsent: "doubt_beats_consent"
        case .topicNeedsQuestion: "topic_needs_question"
        case .valueBeatsTopic: "value_beats_topic"
        case .valueBeatsNearMiss: "value_beats_near_miss"
        case .claimedBeatsText: "claimed_beats_text"
        case .questionIsNoText: "question_is_no_text"
        case .clauseBeatsReply: "clause_beats_reply"
        case .neverTwoSlots: "never_two_slots"
        }
    }
}
