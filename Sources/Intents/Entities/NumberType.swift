/// A whole number of a range, in digits.
package struct NumberType: EntityType {
    /// The numbers that it takes.
    package let range: ClosedRange<Int>

    /// Makes a type that takes the numbers of a range.
    package init(range: ClosedRange<Int>) { self.range = range }

    package var name: String { "number" }
    package var noun: String { "a number" }
    package var settings: String { "\(range.lowerBound)...\(range.upperBound)" }
    package var expectation: EntityExpectation {
        EntityExpectation(
            "system_expected_number",
            ["min": .number(range.lowerBound), "max": .number(range.upperBound)]
        )
    }

    package func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        NumberReading(utterance.text, range).recognition
    }

    package func order(of first: Value, and second: Value) -> ValueOrder? {
        guard case .number(let first) = first, case .number(let second) = second else { return nil }
        return first == second ? .same : first < second ? .ascending : .descending
    }
}

/// Reads a reply that gives a whole number in digits, with words around it.
private struct NumberReading {
    private let text: String
    private let range: ClosedRange<Int>

    init(_ text: String, _ range: ClosedRange<Int>) {
        self.text = text
        self.range = range
    }

    /// The number, or what is wrong with what was meant as one.
    var recognition: Recognition {
        let numbers = text.split { !$0.isNumber && $0 != "-" }
        if numbers.count == 1, let number = Int(numbers[0]) { return within(number) }
        let words = self.words
        let given = Set(words)
        guard let word = given.first else { return .nothing }
        guard given.count == 1 else { return problem("I see several numbers here; please give one.") }
        if word.utf8.contains(UInt8(ascii: ",")), let number = Int(word.filter { $0 != "," }), word.isGrouped {
            return problem("Please write the number without commas.", range.contains(number) ? number : nil)
        }
        if let number = Int(word) { return within(number) }
        guard word.allBytes({ ByteClass.isDigit($0) || $0 == 0x2D }) else {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            let isWhole = parts.count == 2 && parts[1].utf8.allSatisfy { $0 == UInt8(ascii: "0") }
            let whole = isWhole ? Int(parts[0]) : nil
            return problem("\(word) is not a whole number; \(wanted).", whole.flatMap { range.contains($0) ? $0 : nil })
        }
        return problem("That number is too \(word.hasPrefix("-") ? "small" : "large"); \(wanted).")
    }

    private var wanted: String { "please give one from \(range.lowerBound) to \(range.upperBound)" }

    private func within(_ number: Int) -> Recognition {
        guard !range.contains(number) else { return .value(.number(number), range: 0..<text.utf8.count) }
        return problem("\(number) is too \(number < range.lowerBound ? "small" : "large"); \(wanted).")
    }

    private func problem(_ message: String, _ suggestion: Int? = nil) -> Recognition {
        .problem(message: message, suggestion: suggestion.map(Value.number), range: 0..<text.utf8.count)
    }

    /// The words that are nothing but digits with signs of numbers between them, without punctuation at their ends.
    private var words: [String] {
        text.split(whereSeparator: \.isWhitespace).compactMap { word in
            var digits = word.drop { $0 == "(" }
            while let last = digits.last, !last.isNumber { digits.removeLast() }
            let isNumber = digits.utf8.enumerated().allSatisfy { offset, byte in
                ByteClass.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
                    || byte == 0x2D && offset == 0
            }
            return isNumber && digits.utf8.contains(where: ByteClass.isDigit) ? String(digits) : nil
        }
    }
}

extension String {
    /// Whether commas stand before every three digits: `1,000`.
    fileprivate var isGrouped: Bool {
        let groups = split(separator: ",", omittingEmptySubsequences: false)
        return groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
            && (1...3).contains(groups[0].drop { $0 == "-" }.utf8.count)
    }
}
