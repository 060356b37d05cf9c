public import Dialogue
public import Intents

/// What became of a reply: how it was understood, or why it was not taken, and what ended after it.
public struct RecentReply: Sendable, Hashable {
    /// What the user sent.
    public enum Content: Sendable, Hashable {
        /// A reply, with how it was understood; without it, nobody had asked.
        case taken(text: String, understanding: Understanding?)
        /// Something that is not kept.
        case refused(Refusal)
    }

    /// A step whose action ended before the next reply.
    public struct Ended: Sendable, Hashable {
        /// The id of the step.
        public var step: String
        /// The outcome.
        public var outcome: String

        /// Makes one.
        public init(step: String, outcome: String) {
            self.step = step
            self.outcome = outcome
        }
    }

    /// What was sent.
    public var content: Content
    /// Where the session stood before it, where that is known.
    public var before: State?
    /// What ended after it, in order.
    public var ended: [Ended]

    /// Makes one.
    public init(_ content: Content, before: State? = nil, ended: [Ended] = []) {
        self.content = content
        self.before = before
        self.ended = ended
    }
}

/// The last replies of a session, the newest last.
struct RecentReplies: Sendable {
    /// How many are kept.
    static let limit = 20

    private(set) var replies: [RecentReply] = []

    /// Takes an event of the session in.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - state: Where the session stood.
    ///   - step: The step that it waited at.
    ///   - understanding: How it was understood, where it was a reply.
    mutating func add(_ event: Event, in state: State, at step: String?, _ understanding: Understanding?) {
        switch event.kind {
        case .started: replies = []
        case .reply(let text):
            replies.append(RecentReply(.taken(text: text, understanding: understanding), before: state))
        case .refused(let refusal): replies.append(RecentReply(.refused(refusal), before: state))
        case .actionFinished(_, let result):
            guard let step, !replies.isEmpty else { return }
            replies[replies.count - 1].ended.append(RecentReply.Ended(step: step, outcome: result.outcome))
        }
        replies.removeFirst(max(0, replies.count - Self.limit))
    }
}
