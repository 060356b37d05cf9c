public import Dialogue

/// A session taken apart by its turns, out of its events alone.
///
/// No action is run: what actions found stands in the events. The states are those that the session had, byte for byte.
public struct SessionReplay: Sendable {
    /// What one event of the user brought about, with the actions that followed it; turn 0 is the opening.
    public struct Turn: Sendable {
        /// Its number.
        public let number: Int
        /// What was said and done, as a transcript has it; actions with their results.
        public private(set) var entries: [Transcript.Entry]
        /// Where the session stood after it.
        public private(set) var state: State
        /// Its events, by position.
        public private(set) var events: Range<Int>

        fileprivate mutating func take(_ entries: [Transcript.Entry], _ state: State, upTo end: Int) {
            self.entries += entries
            self.state = state
            events = events.lowerBound..<end
        }
    }

    /// An event that cannot be in a session of the flow at its place.
    public struct Misfit: Error, Sendable, Hashable, CustomStringConvertible {
        /// Its position among the events, from 0.
        public let event: Int
        /// What is wrong with it.
        public let description: String
    }

    /// The turns in order; never empty where there was an event.
    public let turns: [Turn]

    /// Goes through events.
    ///
    /// - Parameters:
    ///   - events: All events of a session, or the first ones.
    ///   - flow: The flow of the session, in the version that it went through.
    /// - Throws: ``Misfit`` for the first event that cannot be there.
    /// - Complexity: As much as the turns took, without their actions.
    public init(_ events: [Event], flow: Flow) throws(Misfit) {
        try self.init(events, flow: flow, isStrict: true)
    }

    /// Goes through events as they are, such as replies that came while an action ran; what a transcript cannot say of
    /// them is a comment.
    package init(lenient events: [Event], flow: Flow) throws(Misfit) {
        try self.init(events, flow: flow, isStrict: false)
    }

    /// Goes through events of another version of the flow; those that do not fit leave a comment.
    init(_ events: [Event], flow: Flow, isStrict: Bool) throws(Misfit) {
        var turns: [Turn] = []
        var state = flow.initialState
        for (position, event) in events.enumerated() {
            var entries: [Transcript.Entry] = []
            if let problem = Self.problem(with: event, at: position, in: state) {
                if isStrict { throw Misfit(event: position, description: problem) }
                entries.append(Transcript.Entry(.remark("# " + problem)))
            }
            let transition = flow.advance(state, on: event)
            entries += Self.entries(of: event, in: state) + Self.entries(of: transition)
            state = transition.state
            if case .actionFinished = event.kind, var turn = turns.popLast() {
                turn.take(entries, state, upTo: position + 1)
                turns.append(turn)
            } else {
                turns.append(
                    Turn(number: turns.count, entries: entries, state: state, events: position..<position + 1)
                )
            }
        }
        self.turns = turns
    }

    private static func problem(with event: Event, at position: Int, in state: State) -> String? {
        switch event.kind {
        case .started where position > 0: "a session starts only once"
        case .started: nil
        case _ where position == 0: "a session begins with 'started'"
        case .actionFinished(let id, _):
            if case .action(let call, _) = state.situation.pending, call.id == id {
                nil
            } else {
                "the end of action \(id) is not waited for here"
            }
        case .reply, .refused:
            if case .action(let call, _) = state.situation.pending {
                "the end of action \(call.id) (\(call.name)) is missing before this"
            } else {
                nil
            }
        }
    }

    private static func entries(of event: Event, in state: State) -> [Transcript.Entry] {
        switch event.kind {
        case .started: []
        case .reply(let text): [Transcript.Entry(.user(.text(text)))]
        case .refused(let refusal):
            [Transcript.Entry(.remark("# a reply was refused here: \(refusal.reason)"))]
                + (refusal.standIn.map { [Transcript.Entry(.user($0))] } ?? [])
        case .actionFinished(_, let result):
            if case .action(let call, _) = state.situation.pending {
                [Transcript.Entry(.action(name: call.name, outcome: result.outcome, values: result.values))]
            } else {
                []
            }
        }
    }

    private static func entries(of transition: Transition) -> [Transcript.Entry] {
        transition.messages.map { Transcript.Entry(.bot($0.shownText)) }
    }
}

extension Refusal {
    /// Why the reply was not taken, without anything of it.
    fileprivate var reason: String {
        switch self {
        case .tooLong(let bytes, let limit): "it had \(bytes) bytes, more than \(limit)"
        case .notText: "it was not text in UTF-8"
        case .secret(let kind): "it held \(kind)"
        }
    }

    /// A reply that is refused in the same way, where there is one that can be written down.
    fileprivate var standIn: Transcript.Reply? {
        switch self {
        case .tooLong(let bytes, _): .repeated(bytes, "x")
        case .notText: .bytes([0xFF])
        case .secret: nil
        }
    }
}
