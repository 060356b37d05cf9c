/// The structure of a PCRE2 pattern, as far as indexes, coverage and mutation need it: groups, alternatives, assertions.
///
/// All offsets count Unicode scalars of the pattern's text.
package struct PatternTree: Sendable, Hashable {
    /// The alternatives of the whole pattern; one where it has no `|` outside of groups.
    package var branches: [Branch]

    /// One alternative: what stands between two `|`.
    package struct Branch: Sendable, Hashable {
        /// Where it stands.
        package var range: Range<Int>
        /// What must match, one after the other.
        package var items: [Item]
    }

    /// A piece of a pattern with its quantifier.
    package struct Item: Sendable, Hashable {
        /// Where it stands, its quantifier included.
        package var range: Range<Int>
        /// What it is.
        package var kind: Kind
        /// How often it may stand.
        package var quantifier: Quantifier?
    }

    /// How often something may stand.
    package struct Quantifier: Sendable, Hashable {
        /// At least so often.
        package var minimum: Int
        /// At most so often; `nil` where there is no limit.
        package var maximum: Int?
        /// Its text, such as `+?`.
        package var text: String
    }

    /// What a piece is.
    package indirect enum Kind: Sendable, Hashable {
        /// A character that stands for itself.
        case literal(Unicode.Scalar)
        /// A class of characters that is no set: `.`, `\s`, `\d`, `\p{L}`, `\R` …, as written.
        case type(String)
        /// A set in brackets, as written.
        case set(String)
        /// A place: `^`, `$`, `\b`, `\B`, `\A`, `\z`, `\Z`, `\G`, as written.
        case anchor(String)
        /// A group with its alternatives.
        case group(Group)
        /// A use of a named part: `(?&name)`, `(?P>name)`.
        case call(String)
        /// What means nothing to the structure: a comment, an option setting, `\K`, `\Q` and `\E`.
        case other
    }

    /// A group.
    package struct Group: Sendable, Hashable {
        /// What it is for.
        package var kind: GroupKind
        /// Its beginning as written: `(?:`, `(?<name>`, `(?!`.
        package var opening: String
        /// What stands in it.
        package var branches: [Branch]
    }

    /// What a group is for.
    package enum GroupKind: Sendable, Hashable {
        /// It captures, with a name or only by its number.
        case capture(name: String?)
        /// It holds together.
        case plain
        /// `(?>…)`.
        case atomic
        /// It looks ahead or back without taking anything.
        case look(isAhead: Bool, isNegative: Bool)
    }
}

extension PatternTree {
    /// Why the structure of a pattern is not taken apart.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was met.
        package var description: String
        /// Where.
        package var offset: Int
    }

    /// Goes through all groups and items, the outer ones first.
    ///
    /// - Parameter visit: Takes a list of alternatives, and whether it stands in a negative assertion.
    package func forEachAlternation(_ visit: (_ branches: [Branch], _ isNegated: Bool) -> Void) {
        Self.walk(branches, isNegated: false, visit)
    }

    private static func walk(_ branches: [Branch], isNegated: Bool, _ visit: ([Branch], Bool) -> Void) {
        visit(branches, isNegated)
        for case .group(let group) in branches.flatMap(\.items).map(\.kind) {
            var inner = isNegated
            if case .look(_, isNegative: true) = group.kind { inner = true }
            walk(group.branches, isNegated: inner, visit)
        }
    }

    /// All items, the outer ones first.
    package var allItems: [Item] {
        var items: [Item] = []
        forEachAlternation { branches, _ in items += branches.flatMap(\.items) }
        return items
    }
}
