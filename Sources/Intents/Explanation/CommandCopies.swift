internal import Patterns
internal import Synchronization

/// Copies of commands' patterns that need not own the reply, each made when it is first asked for.
///
/// Most resolvers never explain anything, and making a copy costs more than matching it does.
final class CommandCopies: Sendable {
    private let patterns = Mutex<[String: Pattern?]>([:])

    /// The copy for a rule of the resolver that these belong to; `nil` where it does not compile.
    func pattern(for rule: Rule) -> Pattern? {
        patterns.withLock { patterns in
            if let known = patterns[rule.name] { return known }
            let word = #"[\p{L}\p{N}_'-]"#
            let copy = (try? rule.pattern).flatMap { own in
                try? Pattern(
                    "(?<!\(word))(?:\(own.source))(?!\(word))",
                    options: own.options.subtracting(.anchoredWhole).union(.interpreted),
                    limits: own.limits
                )
            }
            patterns[rule.name] = .some(copy)
            return copy
        }
    }
}
