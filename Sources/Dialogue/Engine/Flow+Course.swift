public import Intents

extension Flow {
    /// The flows that a session is in, each with how its steps stand: the flow itself, then those that were entered from a
    /// topic, the last of which is talked in.
    ///
    /// Like the position itself it is derived, by the walk that a turn makes (`FlowWalk`); nothing is done for it.
    ///
    /// - Parameter state: Where the session stands.
    /// - Returns: At least one course.
    /// - Complexity: O(steps).
    public func courses(of state: State) -> [FlowCourse] {
        let situation = state.situation
        let awaited: StepIndex?
        switch situation.pending {
        case .reply(let step, _), .action(_, let step), .broken(let step, _): awaited = step
        case .nothing, .ended: awaited = nil
        }
        return ([entry] + situation.digressions).map { index in
            var walk = FlowWalk(self, situation, for: .picture(awaited: awaited))
            _ = walk.run(index)
            var course = FlowCourse(flow: index, places: walk.places)
            // A flow that ended is nowhere any more, also where it stopped half-way because something is wrong.
            if case .ended = situation.pending {
                for place in course.places.indices where course.places[place].standing == .present {
                    course.places[place].standing = .ahead
                }
            }
            return course
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
