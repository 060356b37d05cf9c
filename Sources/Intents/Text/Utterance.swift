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
    /// For each UTF-8 offset of `text`, and its end, the offset in `typed`; `nil` where they differ by a constant.
    private let offsets: [Int]?
    private let shift: Int

    /// Normalises a reply.
    ///
    /// - Parameter typed: Valid text of any length; callers cap it.
    /// - Complexity: O(n); a reply in plain ASCII is copied at most once.
    public init(_ typed: String) {
        self.typed = typed
        if let bounds = Normalizer.plainBounds(of: typed) {
            offsets = nil
            shift = bounds.lowerBound
            text = bounds == 0..<typed.utf8.count ? typed : typed.slice(utf8: bounds)
        } else {
            let normalized = Normalizer.normalize(typed)
            text = normalized.text
            offsets = normalized.offsets
            shift = 0
        }
    }

    /// Whether there is nothing in it but white space and invisible characters.
    public var isEmpty: Bool { text.isEmpty }

    /// The range of what was typed that a range of `text` came from.
    ///
    /// - Parameter range: Half-open UTF-8 byte offsets into `text`.
    /// - Returns: Half-open UTF-8 byte offsets into `typed`.
    public func typedRange(of range: Range<Int>) -> Range<Int> {
        guard let offsets else { return range.lowerBound + shift..<range.upperBound + shift }
        guard range.upperBound < offsets.count else { return 0..<typed.utf8.count }
        // The end is where the last taken character ends, so that what was dropped after it is not included.
        let lower = offsets[range.lowerBound]
        return lower..<max(lower, offsets[range.upperBound])
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
