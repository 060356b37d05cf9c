/// What the bearer of a token may do.
public enum AccessScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Begin sessions, reply in them, remove them.
    case converse
    /// Look at the user's sessions.
    case read
    /// Do all that for others, who are named in the header `Usher-User`: for a bot that talks to many users.
    case delegate
    /// Read the server's metrics.
    case metrics
}
