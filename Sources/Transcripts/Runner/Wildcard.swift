/// A text to find paths by: with `*` for any text and `?` for any one character it must fit the whole path, else it must
/// stand somewhere in it.
public struct Wildcard: Sendable, Hashable {
    private let pattern: [Unicode.Scalar]
    private let isWild: Bool

    /// Takes the text as a user gives it.
    public init(_ text: String) {
        pattern = Array(text.unicodeScalars)
        isWild = pattern.contains("*") || pattern.contains("?")
    }

    /// Whether a path is meant.
    ///
    /// - Complexity: O(length of the path × length of the text).
    public func matches(_ path: String) -> Bool {
        guard isWild else { return pattern.isEmpty || path.unicodeScalars.firstRange(of: pattern) != nil }
        let text = Array(path.unicodeScalars)
        var place = 0
        var next = 0
        // Where the last star stands, and what it has taken so far: only that can take more.
        var star: (next: Int, place: Int)?
        while place < text.count {
            if next < pattern.count, pattern[next] == "*" {
                next += 1
                star = (next, place)
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
                next += 1
                place += 1
            } else if let last = star {
                star = (last.next, last.place + 1)
                next = last.next
                place = last.place + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}
