extension Question {
    /// Whether the question can take yes or no.
    public var takesConsent: Bool {
        switch form {
        case .gate, .confirmation, .change, .value(.flag): true
        case .value: hasProposal
        case .nothing: false
        }
    }
}
