/// A reply as the user typed it, beside the form that patterns are matched against.
///
/// The normalised form has ASCII quotes, dashes and spaces, no zero-width characters, full-width forms made narrow, the
/// wrappings of chat clients (`<s3://…|label>`) taken off and no white space at its ends. Offsets into it can be taken
/// back to what was typed, so that explanations and transcripts show the user's own characters.
public struct Utterance: Sendable, Hashable {
    /// What the user typed, unchanged.
    public let typed: String
    /// What patterns see.
    public let text: String
    /// Where the bytes of `text` come from; `nil` where offsets differ by a constant.
    private let rewriting: Normalizer.Origin?
    private let shift: Int

    /// Normalises a reply.
    ///
    /// - Parameters:
    ///   - typed: Valid text of any length; callers cap it.
    ///   - types: The entity types whose values are put together again where lines break them.
    /// - Complexity: O(n); a reply in plain ASCII is copied at most once.
    public init(_ typed: String, of types: [AnyEntityType] = []) {
        self.typed = typed
        if let bounds = Normalizer.plainBounds(of: typed) {
            rewriting = nil
            shift = bounds.lowerBound
            text = bounds == 0..<typed.utf8.count ? typed : typed.slice(utf8: bounds)
        } else {
            let normalized = Normalizer.normalize(typed, of: types)
            text = normalized.text
            rewriting = normalized.origin
            shift = 0
        }
    }

    /// Whether there is nothing in it but white space and invisible characters.
    public var isEmpty: Bool { text.isEmpty }

    /// Whether patterns see something else than what was typed, white space at its ends aside.
    package var isRewritten: Bool { rewriting != nil }

    /// Whether a quote stands before all else; normalising takes it off where it closes at the end.
    package var beginsWithQuote: Bool { typed.utf8.first.map { "\"'`".utf8.contains($0) } ?? false }

    /// Where in a range of `text` a line break was taken out of a value; the first one.
    package func firstBreak(in range: Range<Int>) -> Int? {
        rewriting?.breaks.first { range.contains($0) && $0 > range.lowerBound }
    }

    /// The bytes in a range of `text` that stand for something else, each with the first scalar of what was typed for it.
    package func replacements(in range: Range<Int>) -> [(offset: Int, typed: Unicode.Scalar)] {
        guard let rewriting else { return [] }
        let written = Array(text.utf8)
        return range.compactMap { offset in
            let part = typed.slice(utf8: rewriting.starts[offset]..<rewriting.ends[offset])
            guard let first = part.unicodeScalars.first, !part.utf8.contains(written[offset]) else { return nil }
            return (offset, first)
        }
    }

    /// The range of what was typed that a range of `text` came from.
    ///
    /// - Parameter range: Half-open UTF-8 byte offsets into `text`.
    /// - Returns: Half-open UTF-8 byte offsets into `typed`.
    public func typedRange(of range: Range<Int>) -> Range<Int> {
        guard let rewriting else { return range.lowerBound + shift..<range.upperBound + shift }
        guard range.upperBound <= rewriting.ends.count else { return 0..<typed.utf8.count }
        guard !range.isEmpty else {
            let offset =
                rewriting.starts.indices.contains(range.lowerBound)
                ? rewriting.starts[range.lowerBound] : rewriting.ends.last ?? 0
            return offset..<offset
        }
        // The end is where the last taken character ends, so that what was dropped after it is not included.
        let lower = rewriting.starts[range.lowerBound]
        return lower..<max(lower, rewriting.ends[range.upperBound - 1])
    }

    /// What the user typed for a range of `text`.
    public func typedText(of range: Range<Int>) -> String { typed.slice(utf8: typedRange(of: range)) }
}

extension String {
    /// The text of a half-open UTF-8 byte range, clamped to the string and to whole characters' scalars.
    public func slice(utf8 range: Range<Int>) -> String {
        let view = utf8
        let lower = view.index(view.startIndex, offsetBy: max(0, range.lowerBound), limitedBy: view.endIndex)
        let upper = view.index(view.startIndex, offsetBy: max(0, range.upperBound), limitedBy: view.endIndex)
        return String(self[(lower ?? view.endIndex)..<(upper ?? view.endIndex)])
    }
}
