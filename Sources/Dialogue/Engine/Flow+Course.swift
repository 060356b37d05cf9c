public import Intents

extension Flow {
    /// The flows that a session is in, each with how its steps stand: the flow itself, then those that were entered from a
    /// topic, the last of which is talked in.
    ///
    /// Like the position itself it is derived: by the walk that a turn makes, without doing anything.
    ///
    /// - Parameter state: Where the session stands.
    /// - Returns: At least one course.
    /// - Complexity: O(steps).
    public func courses(of state: State) -> [FlowCourse] {
        ([entry] + state.situation.digressions).map { index in
            var walk = CourseWalk(flow: self, situation: state.situation)
            _ = walk.walk(index, level: 0)
            return FlowCourse(flow: index, places: walk.places)
        }
    }

    /// What the question that a session waits at can take; `nil` where it waits for no reply.
    ///
    /// - Parameter state: Where the session stands.
    /// - Returns: The question, with its options as they are offered.
    public func openQuestion(in state: State) -> Question? {
        guard case .reply(let step, let asking) = state.situation.pending else { return nil }
        return Turn(flow: self, state: state).question(step, asking)
    }
}

/// Walks past what is settled, as ``Turn`` does, and notes how each step stands.
private struct CourseWalk {
    private enum End {
        case ended(String)
        case stopped
    }

    private enum Passage {
        case next(Branch.Next)
        case unsettled
        /// The called flow is not at its end.
        case inside
    }

    let flow: Flow
    let situation: Situation
    var places: [FlowCourse.Place] = []

    init(flow: Flow, situation: Situation) {
        self.flow = flow
        self.situation = situation
    }

    /// Whether it ran to its end.
    mutating func walk(_ index: FlowIndex, level: Int) -> Bool {
        if case .ended = pass(index, level) { true } else { false }
    }

    private mutating func pass(_ index: FlowIndex, _ level: Int) -> End {
        let range = flow.flows[index].steps
        var position = range.lowerBound
        while position < range.upperBound {
            if isPassedOver(position) {
                note(position, level, .skipped)
                position += 1
                continue
            }
            let passage = isAwaited(position) ? .unsettled : passage(position, level)
            guard case .next(let next) = passage else {
                if case .unsettled = passage { note(position, level, hasEnded ? .ahead : .present) }
                lookAhead(position + 1..<range.upperBound, level)
                return .stopped
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

    /// Where it goes on after a step, which is noted as done where it is settled.
    private mutating func passage(_ position: StepIndex, _ level: Int) -> Passage {
        let mark = situation.marks[position]
        let next: Branch.Next
        switch flow.steps[position].kind {
        case .collect(let collect):
            if let entry = situation.slots[collect.slot] {
                if collect.askKnown != nil, !entry.isConfirmed { return .unsettled }
                next = .following
            } else if let mark {
                next = collect.branch(mark)?.next ?? .following
            } else {
                return .unsettled
            }
        case .confirm(let confirm):
            guard let mark else { return .unsettled }
            next = confirm.branch(mark)?.next ?? .following
        case .gate(let gate):
            guard let mark else { return .unsettled }
            next = mark == Step.Gate.open ? .following : gate.deny?.next ?? .following
        case .action(let action):
            guard let mark else { return .unsettled }
            next = action.branches[mark]?.next ?? .following
        case .call(let target, let branches):
            let place = places.count
            note(position, level, .done)
            guard case .ended(let outcome) = pass(target, level + 1) else {
                places[place].standing = hasEnded ? .ahead : .present
                return .inside
            }
            return .next(branches[outcome]?.next ?? .following)
        // A turn never leaves these undone.
        case .say, .set: next = .following
        case .end(let outcome): next = .end(outcome)
        }
        note(position, level, .done)
        return .next(next)
    }

    private mutating func lookAhead(_ range: Range<StepIndex>, _ level: Int, isDoubtful: Bool = false) {
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
        flow.steps[position].guardedBy.map { !$0.holds(in: situation.slots) } ?? false
    }

    private func isAwaited(_ position: StepIndex) -> Bool {
        switch situation.pending {
        case .reply(let step, _), .action(_, let step): step == position
        case .nothing, .ended: false
        }
    }

    /// A flow that ended is nowhere any more, also where it stopped half-way because something is wrong.
    private var hasEnded: Bool {
        if case .ended = situation.pending { true } else { false }
    }
}
