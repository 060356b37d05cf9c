public import Intents

/// Is told what an engine does, to count it.
///
/// Nothing that a user wrote is told. Calls come from many tasks at once and should return at once.
public protocol EngineObserver: Sendable {
    /// A turn is stored, or its delivery had been taken before.
    ///
    /// - Parameters:
    ///   - flow: The flow's folder.
    ///   - understanding: How the reply was understood; `nil` where the event was none.
    ///   - isRepeated: Whether the delivery had been taken before.
    ///   - time: How long it took, without its action.
    func didTakeTurn(flow: String, understanding: Understanding?, isRepeated: Bool, time: Duration)

    /// An action is over and its outcome stored.
    ///
    /// - Parameters:
    ///   - name: The action.
    ///   - outcome: Its outcome.
    ///   - time: How long it took.
    func didRunAction(_ name: String, outcome: String, time: Duration)

    /// The flow or an action did something wrong, and the user was told so.
    ///
    /// - Parameters:
    ///   - detail: A sentence for the log. What an action throws is in it, so it may hold values.
    ///   - flow: The flow's folder.
    func didFindDefect(_ detail: String, flow: String)

    /// An action was not finished here: the engine stops, or has lost it to another one.
    func didLoseAction(_ name: String)
}
