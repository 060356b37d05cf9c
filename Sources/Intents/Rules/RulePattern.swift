internal import Patterns
internal import Synchronization

/// A rule's pattern, compiled when it is first asked for.
final class RulePattern: Sendable {
    private let written: WrittenRule
    private let compiled: Mutex<Result<Pattern, PatternError>?>

    init(_ written: WrittenRule) {
        self.written = written
        compiled = Mutex(nil)
    }

    /// The pattern; the same object every time.
    ///
    /// - Throws: Where it does not compile.
    func pattern() throws(PatternError) -> Pattern {
        try compiled.withLock { known in
            if let known { return known }
            let result = Result { () throws(PatternError) in try written.pattern() }
            known = result
            return result
        }.get()
    }
}
