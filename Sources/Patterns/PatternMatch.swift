/// Where a pattern matched.
///
/// All ranges are half-open UTF-8 byte ranges in the text that was searched, counted from its start even where the
/// search began later. They begin and end at character boundaries in the sense of Unicode scalars.
public struct PatternMatch: Sendable, Hashable {
    /// The whole match; may be empty.
    public var range: Range<Int>
    /// The capture groups by number: index 0 is group 1.
    ///
    /// `nil` is a group that took no part in the match.
    public var groups: [Range<Int>?]
    /// The names of the groups at the same indices; `""` for a group without a name.
    public var groupNames: [String]
    /// The last `(*MARK:name)` on the way to the match, if there was one.
    ///
    /// pcre2pattern(3) "BACKTRACKING CONTROL".
    public var mark: String?

    /// A match with all of its parts.
    public init(range: Range<Int>, groups: [Range<Int>?] = [], groupNames: [String] = [], mark: String? = nil) {
        self.range = range
        self.groups = groups
        self.groupNames = groupNames
        self.mark = mark
    }

    /// The range of a named group.
    ///
    /// - Parameter name: the name as the pattern writes it; case counts.
    /// - Returns: the range, or `nil` if no group has that name or the group took no part in the match. Where `(?J)`
    ///   gives several groups the name, the lowest-numbered one that took part.
    /// - Complexity: O(number of groups).
    public func range(named name: String) -> Range<Int>? {
        guard !name.isEmpty else { return nil }
        for (groupName, range) in zip(groupNames, groups) where groupName == name && range != nil { return range }
        return nil
    }
}
