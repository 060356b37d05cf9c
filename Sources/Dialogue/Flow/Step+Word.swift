extension Step.Kind {
    /// The word that flow files use for it.
    public var word: String {
        switch self {
        case .collect: "collect"
        case .confirm: "confirm"
        case .gate: "gate"
        case .action: "action"
        case .call: "call"
        case .say: "say"
        case .set: "set"
        case .end: "end"
        }
    }
}
