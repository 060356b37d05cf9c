/// An answer to one question: what a button carries, so that it answers that question and no later one.
public struct Choice: Sendable, Hashable {
    /// The session.
    public var session: String
    /// The position of the event that the question came with.
    public var position: Int
    /// The reply.
    public var text: String

    /// Makes a choice.
    public init(session: String, position: Int, text: String) {
        self.session = session
        self.position = position
        self.text = text
    }

    /// Reads what ``token`` wrote; `nil` for anything else.
    public init?(token: String) {
        let parts = token.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let position = Int(parts[0]), position >= 0, !parts[1].isEmpty else { return nil }
        self.init(session: String(parts[1]), position: position, text: String(parts[2]))
    }

    /// The choice as one text.
    ///
    /// It proves nothing: who presses must be checked.
    public var token: String { "\(position) \(session) \(text)" }
}
