public import Intents

/// A request to run an action: an effect that whoever drives the session performs.
public struct ActionCall: Sendable, Hashable, Codable {
    /// Unique in its session, counted from 1; the result carries it back.
    public var id: Int
    /// The action's name, as in its ``ActionSignature``.
    public var name: String
    /// The parameters that have a value.
    public var input: [String: Value]

    /// Makes a call.
    public init(id: Int, name: String, input: [String: Value]) {
        self.id = id
        self.name = name
        self.input = input
    }
}

/// How an action ended: one of its named outcomes, with what it found.
public struct ActionResult: Sendable, Hashable, Codable {
    /// One of the outcomes of the action's ``ActionSignature``.
    public var outcome: String
    /// Results by name; may be empty.
    public var values: [String: Value]

    /// Makes a result.
    public init(outcome: String, values: [String: Value] = [:]) {
        self.outcome = outcome
        self.values = values
    }
}
