/// A value that shows by itself what kind of thing it is: a place in S3, an ARN, a Region's code.
struct WellKnownValue {
    /// The value.
    let value: Value
    /// The slots that can hold it.
    let slots: [Int]
    /// Half-open UTF-8 byte range of the text it was found in.
    let range: Range<Int>

    /// Whether a text can hold one at all; a look at its bytes.
    static func mayStand(in text: String) -> Bool {
        var before: UInt8 = 0
        return text.utf8.contains { byte in
            defer { before = byte }
            switch byte {
            // "s3:", "arn:", "https:"
            case UInt8(ascii: ":"): return ByteClass.isLetter(before) || before == UInt8(ascii: "3")
            // "us-east-1"
            case UInt8(ascii: "0")...UInt8(ascii: "9"): return before == UInt8(ascii: "-")
            default: return false
            }
        }
    }

    /// Finds the one that stands in a text.
    ///
    /// - Parameters:
    ///   - text: Normalised text.
    ///   - vocabulary: The slots that could hold it.
    ///   - most: How many other words may stand beside it.
    ///   - takesPlaces: Whether a Region counts by the name of its place too.
    /// - Returns: The value with every slot that can hold it; `nil` where there is none, or several.
    static func find(
        in text: String,
        for vocabulary: [SlotVocabulary],
        most: Int,
        takesPlaces: Bool = false
    ) -> WellKnownValue? {
        guard takesPlaces || mayStand(in: text) else { return nil }
        let utterance = Utterance(text)
        var found: (value: Value, range: Range<Int>)?
        var slots: [Int] = []
        for slot in vocabulary where isWellKnown(slot.kind) {
            let question = Question(form: .value(slot.kind), slot: slot.index)
            guard
                case .value(let value, let range) = Recognizer.recognize(slot.kind, in: utterance, answering: question),
                !canBeAnyWord(value, of: slot.kind), takesPlaces || isWritten(value, in: utterance.text, range)
            else { continue }
            if let found, found.value != value {
                // Of a Region inside an ARN and the ARN, the ARN counts; two values side by side are no answer.
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

    /// Whether any single word could be a value of the kind, or this one is such a word.
    static func canBeAnyWord(_ value: Value, of kind: EntityKind) -> Bool {
        switch kind {
        case .text, .path, .projectName, .json: true
        case .modelPackage: value.text?.hasPrefix("arn:") != true
        case .s3URI, .region, .choice, .choices, .flag, .number: false
        }
    }

    /// Whether a value that any word could be looks like a name that somebody gave: "support-bot", not "multilingual".
    static func looksLikeName(_ value: Value, of kind: EntityKind) -> Bool {
        switch kind {
        case .modelPackage, .path, .projectName:
            value.text?.utf8.contains { ByteClass.isDigit($0) || "-_./".utf8.contains($0) } ?? false
        default: true
        }
    }

    /// Whether a kind's values show by themselves what they are.
    static func isWellKnown(_ kind: EntityKind) -> Bool {
        switch kind {
        case .s3URI, .modelPackage, .region: true
        default: false
        }
    }

    /// A Region counts by its code, not by the name of a city.
    private static func isWritten(_ value: Value, in text: String, _ range: Range<Int>) -> Bool {
        guard case .text(let code) = value, Region(code: code) != nil else { return true }
        return text.slice(utf8: range).contains { $0.isNumber }
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
