public import Intents

/// The result of an event: the state after it, the messages to show, and then one thing to do.
public struct Transition: Sendable {
    /// The state after the event.
    public var state: State
    /// The messages to show, in order; at most one of them is a question, and then it is the last.
    public var messages: [Message]
    /// The one thing to do after the messages were shown.
    public var next: Next
    /// How the reply was understood; `nil` where the event was no reply.
    public var understanding: Understanding?
    /// The mistake of the flow or of an action that stopped the session, for logs; `nil` where there was none.
    public var defect: FlowDefect?
    /// The steps that were come to and how those ended that did, in order: for coverage and for explanations.
    public var trace: [Trace] = []

    /// A step that was come to.
    public struct Trace: Sendable, Hashable {
        /// Its id.
        public var step: String
        /// How it ended; `nil` where it waits.
        public var outcome: String?
    }
}

/// The one thing that a session needs next, after the messages of a transition.
public enum Next: Sendable, Hashable {
    /// A reply of the user. Where an action already runs, its end comes first or the user is told to wait.
    case reply
    /// The end of this action: run it and come back with ``Event/actionFinished(id:result:)``.
    case action(ActionCall)
    /// Nothing: the conversation is over, or pauses.
    case end(Ending)
}

/// How a conversation stops.
public enum Ending: Sendable, Hashable, Codable {
    /// The flow ended with this outcome.
    case completed(outcome: String)
    /// The user stops for now; the session can go on later where it is.
    case paused
}

/// Something the bot says.
public struct Message: Sendable, Hashable, Codable {
    /// Whether it wants an answer.
    public enum Role: String, Sendable, Hashable, Codable {
        /// It wants an answer; at most one message of a turn does.
        case question
        /// It wants none.
        case statement
    }

    /// Whether it wants an answer.
    public var role: Role
    /// The prompt it was made of.
    public var prompt: PromptName
    /// The text, ready to show; no markup, paragraphs separated by an empty line.
    public var text: String
    /// The answers to choose from, numbered from 1 in this order; empty where the answer is free.
    public var options: [ChoiceOption]

    /// Makes a message.
    public init(role: Role, prompt: PromptName, text: String, options: [ChoiceOption] = []) {
        self.role = role
        self.prompt = prompt
        self.text = text
        self.options = options
    }
}

extension Message {
    /// The text with its options as numbered lines below: how a message reads where there are no buttons.
    public var shownText: String {
        options.enumerated().reduce(text) { $0 + "\n\($1.offset + 1). \($1.element.name)" }
    }
}
