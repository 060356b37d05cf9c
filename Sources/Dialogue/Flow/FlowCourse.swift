/// A flow as a session goes through it: its steps in order, with those of called flows in their place.
public struct FlowCourse: Sendable, Hashable {
    /// How a step stands to where the session is.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        /// It is settled.
        case done
        /// The session stands here, or in the flow that is called here.
        case present
        /// It may come.
        case ahead
        /// It was passed over: its condition does not hold, or a branch led past it.
        case skipped
    }

    /// A step with how it stands.
    public struct Place: Sendable, Hashable {
        /// The step.
        public var step: StepIndex
        /// In how many called flows it lies; 0 for the flow itself.
        public var level: Int
        /// How it stands.
        public var standing: Standing
        /// Whether a condition of it, or of the call that leads to it, does not hold as things are.
        public var isConditional: Bool
    }

    /// The flow.
    public var flow: FlowIndex
    /// Its steps; where it is entered by a call, those of a flow that is passed over are left out.
    public var places: [Place]
}
