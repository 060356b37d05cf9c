/// A value that shows by itself which entity type it is of.
struct WellKnownValue {
    /// The value.
    let value: Value
    /// The slots that can hold it.
    let slots: [Int]
    /// Half-open UTF-8 byte range of the text it was found in.
    let range: Range<Int>

    /// Finds the one that stands in a text.
    ///
    /// - Parameters:
    ///   - text: Normalised text.
    ///   - named: The slots that could hold it.
    ///   - most: How many other words may stand beside it.
    ///   - takesNames: Whether a value counts by a name too that doesn't show what it is, as a city names a Region.
    /// - Returns: The value with every slot that can hold it; `nil` where there is none, or several.
    static func find(
        in text: String,
        for named: NamedAnswers,
        most: Int,
        takesNames: Bool = false
    ) -> WellKnownValue? {
        guard takesNames || named.mayHoldValue(text) else { return nil }
        let utterance = Utterance(text)
        var found: (value: Value, range: Range<Int>)?
        var slots: [Int] = []
        for slot in named.vocabulary where slot.type.base.isSelfIdentifying {
            let question = Question(form: .value(slot.type), slot: slot.index)
            guard case .value(let value, let range) = slot.type.read(utterance, answering: question),
                !slot.type.canBeAnyWord(value),
                takesNames || slot.type.base.isSelfIdentifying(value, writtenAs: utterance.text.slice(utf8: range))
            else { continue }
            if let found, found.value != value {
                // Of a value inside a longer one, the longer one counts; two values side by side are no answer.
                guard found.range.overlaps(range) else { return nil }
                if range.count <= found.range.count { continue }
                slots = []
            }
            found = (value, range)
            slots.append(slot.index)
        }
        guard let found, words(of: utterance.text, besides: found.range) <= most else { return nil }
        return WellKnownValue(value: found.value, slots: slots, range: found.range)
    }

    private static func words(of text: String, besides range: Range<Int>) -> Int {
        var count = 0
        var isInside = false
        for (offset, byte) in text.utf8.enumerated() {
            let isWord = !range.contains(offset) && (ByteClass.isAlphanumeric(byte) || byte >= 0x80)
            if isWord, !isInside { count += 1 }
            isInside = isWord || isInside && byte == UInt8(ascii: "'")
        }
        return count
    }
}
