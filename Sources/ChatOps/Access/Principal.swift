/// Who makes a request, and what they may do.
struct Principal: Sendable, Hashable {
    /// Whose sessions the request works with; sessions have it as their owner.
    var owner: String
    var scopes: Set<AccessScope>
}
