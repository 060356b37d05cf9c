/// A value that was found in a reply, or a near miss of one.
///
/// A near miss is found too, because "the account ID has 11 digits" helps the user more than asking again.
public struct Found<Type: Sendable & Hashable>: Sendable, Hashable {
    /// Where: a half-open UTF-8 byte range in the text searched, without quotes and punctuation around the value.
    public var range: Range<Int>
    /// The value, or what is wrong with it.
    public var result: Result<Type, EntityProblem>

    /// A finding with all of its parts.
    public init(range: Range<Int>, result: Result<Type, EntityProblem>) {
        self.range = range
        self.result = result
    }

    /// The value, if it is good.
    public var value: Type? { try? result.get() }

    /// What is wrong, if it is a near miss.
    public var problem: EntityProblem? {
        if case .failure(let problem) = result { problem } else { nil }
    }
}
