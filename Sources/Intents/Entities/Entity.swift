/// A kind of value that users write in replies, as Swift reads it: a path, a block of JSON.
///
/// Both ways of reading are pure and deterministic. The text has been normalised before: ASCII quotes, no zero-width
/// characters. Values are never cut short silently: what does not fit the rules of its kind is a problem.
public protocol Entity: Sendable, Hashable {
    /// Reads a text that is the value and nothing else.
    ///
    /// - Parameter text: the value; not trimmed.
    /// - Throws: ``EntityProblem``: what is wrong, and a corrected form where one can be computed.
    init(parsing text: String) throws(EntityProblem)

    /// Finds the values inside a sentence.
    ///
    /// Quotes, brackets, backticks and closing punctuation around a value are not part of it.
    ///
    /// - Parameter text: a normalised reply.
    /// - Returns: what was found, near misses included, in the order of the text; ranges do not overlap.
    static func findAll(in text: String) -> [Found<Self>]
}

extension Entity {
    /// Says what is wrong with a text that is not the value; `nil` where it is.
    package static func problem(with text: String) -> EntityProblem? {
        do throws(EntityProblem) {
            _ = try Self(parsing: text)
            return nil
        } catch {
            return error
        }
    }
}
