extension ChoiceSetReading {
    /// Reads numbers, ranges and ordinals at a position.
    ///
    /// - Returns: the position after them; `nil` if there are none.
    mutating func numbers(at position: Int) -> Int? {
        let word = words[position]
        if word.joinsNext || position > 0 && words[position - 1].joinsNext {
            // A decimal number is no choice.
            reportUnknown(position..<(position + 1))
            return position + 1
        }
        if let (place, end) = ChoiceVocabulary.place(at: position, in: words, count: list.options.count) {
            return ordinal(place, at: position, end: end)
        }
        guard let first = number(at: position) else { return nil }
        if ChoiceVocabulary.isQuantity(at: position, in: words) {
            reportUnknown(position..<(position + 1))
            return position + 1
        }
        var end = position
        if word.beginsRange {
            end = position + 1
        } else if ["to", "through", "till", "until"].contains(text(at: position + 1)), number(at: position + 2) != nil {
            end = position + 2
        }
        guard end > position, replacementCues.isEmpty, let last = number(at: end) else {
            apply(number: first)
            return position + 1
        }
        let isGood = first >= 1 && first <= last && last <= list.options.count
        if isGood {
            apply(Array((first - 1)..<last))
        } else {
            // The ends tell the user what was wrong with it; one that is the wrong way round is unknown.
            for number in [first, last] where !list.options.indices.contains(number - 1) { reportOutOfRange(number) }
            if first > last { reportUnknown(position..<(end + 1)) }
        }
        return end + 1
    }

    /// "the last", "the 2nd one", "the first two".
    private mutating func ordinal(_ place: Int, at position: Int, end: Int) -> Int {
        let word = words[position].text
        if ["first", "last"].contains(word), end == position + 1, text(at: end) != "one", let count = number(at: end) {
            if (1...max(1, list.options.count)).contains(count), !list.options.isEmpty {
                let all = list.options.indices
                apply(word == "first" ? Array(all.prefix(count)) : Array(all.suffix(count)))
            } else {
                reportOutOfRange(count)
            }
            return end + 1
        }
        // "first add 4, then drop 2" counts what to do and not the options.
        let (cue, _) = ChoiceVocabulary.cue(at: end, in: words)
        let isAdverb = text(at: position - 1) != "the" && [.add, .remove, .replace, .keep].contains(cue)
        if !isAdverb { apply(number: place) }
        return text(at: end) == "one" ? end + 1 : end
    }

    /// A number in digits or letters.
    ///
    /// "one" counts only beside another number, after a marker, or alone.
    func number(at position: Int) -> Int? {
        guard words.indices.contains(position), let value = ChoiceVocabulary.number(words[position].text) else {
            return nil
        }
        if words[position].text == "one", words.count > 1 {
            let isListed = [position - 2, position - 1, position + 1, position + 2].contains { place in
                let word = text(at: place)
                return word != "one" && ChoiceVocabulary.number(word) != nil
            }
            guard isListed || ChoiceVocabulary.markers.contains(text(at: position - 1)) else { return nil }
        }
        return words[position].isNegative ? -value : value
    }
}
