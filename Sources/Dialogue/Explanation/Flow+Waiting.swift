internal import Diagnostics
public import Intents

extension Flow {
    /// A state that waits at a step, to try replies there without the way to it.
    ///
    /// It is for explanations and tests. A session comes to its states by events alone, and this one need not be one of
    /// them: what lies before the step counts as not done.
    ///
    /// - Parameters:
    ///   - id: A step that asks.
    ///   - asking: In what way it asks; a suggestion is read as a reply to the slot would be.
    ///   - known: Values by slot, as events hold them. A text for a slot that users fill is read as a reply is.
    /// - Returns: The state.
    /// - Throws: ``WaitingProblem`` with all that is wrong: no such step, no such slot, a value that the slot cannot
    ///   hold, or a choice without options.
    public func state(
        waitingAt id: String,
        asking: Asking = .plain,
        knowing known: [String: Value] = [:]
    ) throws(WaitingProblem) -> State {
        var problems: [String] = []
        var state = initialState
        // What actions give comes first: options may be among it.
        let names = known.keys.sorted { (isDerived($0) ? 0 : 1, $0) < (isDerived($1) ? 0 : 1, $1) }
        for name in names {
            guard let value = known[name] else { continue }
            guard let slot = slotIndex[name] else {
                problems.append("there is no slot '\(name)'" + NearestWord.hint(for: name, among: slotIndex.keys))
                continue
            }
            switch read(value, for: slot, in: state.situation.slots) {
            case .success(let value):
                state.situation.slots[slot] = SlotEntry(value: value, origin: .said, isConfirmed: asking != .known)
            case .failure(let problem): problems += problem.messages
            }
        }
        guard let step = steps.firstIndex(where: { $0.id == id }) else {
            let asks = steps.filter(\.kind.asks).map(\.id)
            let all = "those that ask are \(asks.joined(separator: ", "))"
            problems.append("there is no step '\(id)'" + NearestWord.hint(for: id, among: asks, otherwise: all))
            throw WaitingProblem(messages: problems)
        }
        if !steps[step].kind.asks { problems.append("the step '\(id)' asks nothing, so no reply is read there") }
        if case .collect(let collect) = steps[step].kind, let needed = missingOptions(of: collect.slot, in: state) {
            problems.append("the options of '\(id)' come from the slot '\(needed)'; give it a value")
        }
        if !problems.isEmpty { throw WaitingProblem(messages: problems) }
        state.situation.pending = .reply(step: step, asking: asking)
        return state
    }

    /// Reads a value for a slot: as a reply to it where users fill it.
    func read(_ value: Value, for slot: SlotIndex, in slots: [SlotEntry?]) -> Result<Value, WaitingProblem> {
        let definition = self.slots[slot]
        guard case .entity(let kind, _) = definition.type else { return .success(value) }
        let place = "the slot '\(definition.name)' holds \(kind.noun)"
        if kind == .flag {
            let flag =
                value.flag ?? value.text.flatMap { ["yes": true, "true": true, "no": false, "false": false][$0] }
            return flag.map { .success(.flag($0)) } ?? .failure(WaitingProblem(messages: [place]))
        }
        let reply = value.list?.map(\.displayText).joined(separator: ", ") ?? value.displayText
        let question = Question(form: .value(kind), slot: slot, options: options(of: slot, in: slots))
        switch kind.read(resolver.utterance(reply), answering: question) {
        case .value(let value, _): return .success(value)
        case .problem(let message, _, _): return .failure(WaitingProblem(messages: ["\(place): \(message)"]))
        case .suggestions, .nothing: return .failure(WaitingProblem(messages: ["\(place), and '\(reply)' is none"]))
        }
    }

    private func isDerived(_ name: String) -> Bool {
        guard let slot = slotIndex[name], case .derived = slots[slot].type else { return false }
        return true
    }

    /// The slot that should hold the options of a choice, where there are no options.
    private func missingOptions(of slot: SlotIndex, in state: State) -> String? {
        guard case .entity(let kind, _) = slots[slot].type, kind == .choice || kind == .choices else { return nil }
        guard options(of: slot, in: state.situation.slots).isEmpty else { return nil }
        return slots[slot].optionsFrom.map { slots[$0].name }
    }
}

/// Why there is no state that waits at a step.
public struct WaitingProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// All that is wrong, a line each.
    public var messages: [String]

    /// The lines.
    public var description: String { messages.joined(separator: "\n") }
}

extension Step.Kind {
    /// Whether a reply is waited for.
    fileprivate var asks: Bool {
        switch self {
        case .collect, .confirm, .gate: true
        case .action, .call, .say, .set, .end: false
        }
    }
}
