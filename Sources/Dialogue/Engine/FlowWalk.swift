/// A walk through a flow, from its first step past all that is settled to the first step that is not.
///
/// A state does not hold the position of its session. Every turn finds it by this walk, and the picture of a flow is
/// drawn from the same walk, so the two cannot disagree.
struct FlowWalk {
    /// Where a walk stops.
    enum Stop {
        /// At a step that is not settled.
        case step(StepIndex)
        /// At a call whose flow has ended in a way that was not acted on yet.
        case returned(StepIndex, outcome: String)
        /// At the end of the flow.
        case ended(String)
    }

    /// The reason for a walk.
    enum Purpose {
        /// To find what a turn has to do next. Steps that need no reply stop it until they are done.
        case turn
        /// To draw the flow. Steps that need no reply count as done, and the step that the session waits at does not.
        case picture(awaited: StepIndex?)
    }

    private let flow: Flow
    private let slots: [SlotEntry?]
    private let marks: [String?]
    /// Whether a picture is drawn.
    private let draws: Bool
    /// A step that does not count as settled.
    private let awaited: StepIndex?
    /// The calls that lead to the stop, the outermost first.
    private(set) var calls: [StepIndex] = []
    /// The `end` steps that were come to, with their outcomes.
    private(set) var ends: [(step: StepIndex, outcome: String)] = []
    /// The steps whose condition did not hold when they were come to.
    private(set) var skipped: [StepIndex] = []
    /// How each step stands; empty unless a picture is drawn.
    private(set) var places: [FlowCourse.Place] = []

    init(_ flow: Flow, _ situation: Situation, for purpose: Purpose = .turn) {
        self.flow = flow
        slots = situation.slots
        marks = situation.marks
        switch purpose {
        case .turn: (draws, awaited) = (false, nil)
        case .picture(let step): (draws, awaited) = (true, step)
        }
    }

    /// Walks through a flow, and through those that it calls in their places.
    ///
    /// - Parameters:
    ///   - index: The flow.
    ///   - level: In how many called flows it lies.
    /// - Returns: Where the walk stops.
    mutating func run(_ index: FlowIndex, level: Int = 0) -> Stop {
        let range = flow.flows[index].steps
        var position = range.lowerBound
        while position < range.upperBound {
            if let condition = flow.steps[position].guardedBy, !condition.holds(in: slots) {
                skipped.append(position)
                note(position, level, .skipped)
                position += 1
                continue
            }
            let next: Branch.Next
            switch pass(position, level) {
            case .next(let way): next = way
            case .stop(let stop):
                lookAhead(position + 1..<range.upperBound, level)
                return stop
            }
            let target: StepIndex
            var outcome: String?
            switch next {
            case .following, .stay: target = position + 1
            case .step(let step): target = step
            case .end(let name): (target, outcome) = (range.upperBound, name)
            }
            for step in position + 1..<max(target, position + 1) { note(step, level, .skipped) }
            if let outcome { return .ended(outcome) }
            position = target
        }
        return .ended("done")
    }

    private enum Passage {
        case next(Branch.Next)
        case stop(Stop)
    }

    private mutating func pass(_ position: StepIndex, _ level: Int) -> Passage {
        if case .call(let target, let branches) = flow.steps[position].kind {
            return call(target, branches, at: position, level)
        }
        guard position != awaited, let next = way(from: position) else {
            note(position, level, .present)
            return .stop(.step(position))
        }
        note(position, level, .done)
        return .next(next)
    }

    private mutating func call(
        _ target: FlowIndex,
        _ branches: [String: Branch],
        at position: StepIndex,
        _ level: Int
    ) -> Passage {
        let place = places.count
        note(position, level, .done)
        calls.append(position)
        let stop = run(target, level: level + 1)
        guard case .ended(let outcome) = stop else {
            if place < places.count { places[place].standing = .present }
            return .stop(stop)
        }
        calls.removeLast()
        if !draws, marks[position] != outcome { return .stop(.returned(position, outcome: outcome)) }
        return .next(branches[outcome]?.next ?? .following)
    }

    /// Where it goes on after a step that is settled; `nil` where it is not.
    private mutating func way(from position: StepIndex) -> Branch.Next? {
        let mark = marks[position]
        switch flow.steps[position].kind {
        case .collect(let collect):
            if let entry = slots[collect.slot] {
                return collect.askKnown != nil && !entry.isConfirmed ? nil : .following
            }
            return mark.map { collect.branch($0)?.next ?? .following }
        case .confirm(let confirm): return mark.map { confirm.branch($0)?.next ?? .following }
        case .gate(let gate):
            return mark.map { $0 == Step.Gate.open ? .following : gate.deny?.next ?? .following }
        case .action(let action): return mark.map { action.branches[$0]?.next ?? .following }
        case .say, .set: return !draws && mark == nil ? nil : .following
        case .end(let outcome):
            ends.append((position, outcome))
            return .end(outcome)
        case .call: return nil
        }
    }

    // MARK: The picture

    private mutating func lookAhead(_ range: Range<StepIndex>, _ level: Int, isDoubtful: Bool = false) {
        if !draws { return }
        for position in range {
            note(position, level, .ahead, isDoubtful: isDoubtful)
            if case .call(let target, _) = flow.steps[position].kind {
                let isDoubtful = isDoubtful || isPassedOver(position)
                lookAhead(flow.flows[target].steps, level + 1, isDoubtful: isDoubtful)
            }
        }
    }

    private mutating func note(
        _ position: StepIndex,
        _ level: Int,
        _ standing: FlowCourse.Standing,
        isDoubtful: Bool = false
    ) {
        if !draws { return }
        places.append(
            FlowCourse.Place(
                step: position,
                level: level,
                standing: standing,
                isConditional: isDoubtful || isPassedOver(position)
            )
        )
    }

    private func isPassedOver(_ position: StepIndex) -> Bool {
        flow.steps[position].guardedBy.map { !$0.holds(in: slots) } ?? false
    }
}
