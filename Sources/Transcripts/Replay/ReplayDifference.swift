public import Dialogue
internal import Intents

/// The first turn at which the same events go otherwise in another version of the flow.
public struct ReplayDifference: Sendable, Hashable {
    /// The number of the turn; 0 is the opening.
    public let turn: Int
    /// The user's reply, as lines of a transcript; empty for the opening.
    public let reply: [String]
    /// What differs: lines that were said and done, the step, slots; `-` is before, `+` is after.
    public let lines: [String]

    /// Compares two versions of a flow on the events of one session.
    ///
    /// Steps and slots are compared by name, so other steps before and after may come and go.
    ///
    /// - Parameters:
    ///   - events: The session's events.
    ///   - old: The version that the session went through.
    ///   - new: The version to try.
    /// - Returns: The first turn that differs, or `nil` where none does.
    /// - Throws: ``SessionReplay/Misfit`` where the events are not of a session of the old version.
    public static func first(
        in events: [Event],
        from old: Flow,
        to new: Flow
    ) throws(SessionReplay.Misfit) -> ReplayDifference? {
        let before = try SessionReplay(events, flow: old).turns
        let after = try SessionReplay(events, flow: new, isStrict: false).turns
        for (first, second) in zip(before, after) {
            let lines =
                LineDifference.between(first.entries.flatMap(\.lines), second.entries.flatMap(\.lines))
                + LineDifference.between(standing(first.state, old), standing(second.state, new))
            guard !lines.isEmpty else { continue }
            let reply = first.entries.first { if case .user = $0.kind { true } else { false } }
            return ReplayDifference(turn: first.number, reply: reply?.lines ?? [], lines: lines)
        }
        return nil
    }

    /// Where a state stands, by names.
    private static func standing(_ state: State, _ flow: Flow) -> [String] {
        let place: String
        switch state.situation.pending {
        case .nothing: place = "nothing has begun"
        case .reply(let step, _): place = "step \(flow.steps[step].id)"
        case .action(let call, let step):
            place = "step \(flow.steps[step].id), running \(call.name) with \(Value.record(call.input).canonicalJSON)"
        case .broken(let step, _): place = "step \(flow.steps[step].id), broken"
        case .ended(let outcome): place = "end \(outcome)"
        }
        let slots = flow.slots.compactMap { slot in
            flow.value(of: slot.name, in: state).map { "slot \(slot.name) = \($0.canonicalJSON)" }
        }
        return [place] + slots.sorted()
    }
}
