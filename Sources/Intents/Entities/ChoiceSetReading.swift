/// Reads a reply that chooses several options or changes what is chosen, from left to right.
///
/// Words set a mode (choose, add, remove); each option that follows is treated by the mode. The first word that does
/// something decides where the reading starts from: choosing starts from nothing, adding and removing from what is
/// chosen already, and "all but" from everything.
struct ChoiceSetReading {
    enum Mode { case choose, add, remove }

    let list: ChoiceList
    let words: [ChoiceWords.Word]
    let matches: [ChoiceNames.Match]
    let current: Set<Int>
    private let isQuestion: Bool

    private var mode = Mode.choose
    private var selection: Set<Int>?
    private var added: Set<Int> = []
    private var removed: Set<Int> = []
    /// A negation has not yet met what it negates: "don't" before "add 4" removes, before "drop 4" it keeps.
    private var isNegated = false
    /// The last thing chosen was everything ("all but …"), or nothing ("nothing but …", "remove all but …").
    private var isWhole = false
    private var isEmptied = false
    /// Words that end the first half of "replace 2 with 5" or "instead of 2 use 5".
    private(set) var replacementCues: Set<String> = []
    /// "5 instead of 2" changes what is chosen, though it began like a choice.
    private var isSwap = false
    private var unknown: [Range<Int>] = []
    private var outOfRange: [Int] = []

    init(_ list: ChoiceList, _ words: ChoiceWords, current: [Int]) {
        self.list = list
        self.words = words.words
        matches = list.names.matches(in: words.words)
        self.current = Set(current.filter(list.options.indices.contains))
        // "can you add 4?" asks for something, "do I need 4?" asks about it.
        isQuestion = words.isQuestion && !words.words.contains { ["can", "could", "please"].contains($0.text) }
    }

    func outcome() -> ChoicesOutcome {
        var reading = self
        return reading.read()
    }

    private mutating func read() -> ChoicesOutcome {
        if words.contains(where: { $0.text == "too" }) || hasPhrase("as", "well") { mode = .add }
        var position = 0
        while position < words.count {
            if let match = matches.first(where: { $0.words.lowerBound == position }) {
                apply(match.options)
                position = match.words.upperBound
            } else {
                position = numbers(at: position) ?? step(at: position)
            }
        }
        if isSwap, selection != nil { selection = current.union(added).subtracting(removed) }
        return ChoicesOutcome(
            selection: selection?.sorted(),
            unknown: unknownPhrases(),
            outOfRange: outOfRange,
            isQuestion: isQuestion
        )
    }

    // MARK: Words

    /// Treats the cue that begins at a word and gives the position after it.
    private mutating func step(at position: Int) -> Int {
        let word = words[position].text
        if replacementCues.contains(word) {
            mode = .add
            replacementCues = []
            return position + 1
        }
        let (cue, length) = ChoiceVocabulary.cue(at: position, in: words)
        let end = position + length
        switch cue {
        case .add:
            mode = isNegated ? .remove : .add
            isNegated = false
        case .remove:
            mode = isNegated ? .add : .remove
            isNegated = false
        case .negate where word == "no" && words[position].endsClause: break
        case .negate:
            mode = .remove
            isNegated = true
        case .except:
            mode = isEmptied ? .add : .remove
        case .but:
            // Elsewhere the word after it says what to do: "but not 3", "but add 4".
            if isWhole || isEmptied { mode = isEmptied ? .add : .remove }
        case .only: only(at: position)
        case .keep: return keep(at: position)
        case .everything: return everything(at: position)
        case .nothing: nothing(at: position)
        case .replace:
            mode = .remove
            replacementCues = ["with", "by", "for", "to"]
        case .insteadOf:
            if mode == .choose, !current.isEmpty { isSwap = true }
            mode = .remove
            replacementCues = ["use", "using", "take", "have", "pick", "choose", "want", "try"]
        case .these:
            // "these and refusal" adds to what is chosen.
            if selection == nil, text(at: end) == "and", !current.isEmpty { (selection, mode) = (current, .add) }
        case .filler: break
        case .unknown: unknown.append(position..<end)
        }
        return end
    }

    /// "only 2", "just 1 and 3"; in "remove only 2" and "2 only" it changes nothing.
    private mutating func only(at position: Int) {
        let isFresh = mode == .choose || position > 0 && words[position - 1].endsClause
        guard isFresh, nextIsChoice(after: position) else { return }
        mode = .choose
        if selection != nil { selection = [] }
    }

    /// "keep 1 and 2" is a choice; "keep them" and "keep all but 5" start from what is chosen.
    private mutating func keep(at position: Int) -> Int {
        var next = position + 1
        while ["all", "everything", "of", "them", "these", "those", "it", "the", "same", "current", "ones"].contains(
            text(at: next)
        ) {
            next += 1
        }
        if next > position + 1, !nextIsChoice(after: next - 1) || words[next - 1].endsClause {
            selection = selection ?? current
            isWhole = true
            return next
        }
        only(at: position)
        return position + 1
    }

    /// "all", "everything but", "all safety metrics", "both", "remove all".
    private mutating func everything(at position: Int) -> Int {
        let word = words[position].text
        var next = position + 1
        while !words[next - 1].endsClause, ["of", "the", "these", "those", "them", "my"].contains(text(at: next)) {
            next += 1
        }
        let isLast = words[next - 1].endsClause
        // "all safety metrics" and "both 1 and 2" name what follows; "all three" only if there are three.
        if !isLast, matches.contains(where: { $0.words.lowerBound == next }) { return next }
        var isCounted = word == "both" && list.options.count == 2
        if !isLast, let count = ChoiceVocabulary.number(text(at: next)), text(at: next) != "one" {
            if word == "both" { return next }
            isCounted = count == list.options.count
            next += 1
            guard isCounted else {
                unknown.append(position..<next)
                return next
            }
        }
        let isEach =
            ["every", "each"].contains(word)
            && ["one", "metric", "option", "model", "item"].contains(text(at: next))
        guard isCounted || isEach || word == "all" || word == "everything" else {
            unknown.append(position..<next)
            return next
        }
        // "not all" does not say which.
        if isNegated {
            unknown.append(position..<next)
            return next
        }
        apply(Array(list.options.indices))
        isWhole = mode != .remove
        isEmptied = mode == .remove
        if mode == .add { mode = .choose }
        return next
    }

    /// "none", "nothing but 1"; "neither 1 nor 2" and "none of the safety metrics" turn down what follows.
    private mutating func nothing(at position: Int) {
        if !words[position].endsClause, nextIsChoice(after: position) {
            mode = .remove
        } else {
            selection = []
            removed.formUnion(list.options.indices)
            isEmptied = true
        }
    }

    // MARK: Selection

    mutating func apply(_ options: [Int]) {
        var chosen = selection ?? (mode == .choose ? [] : current)
        if mode == .remove {
            chosen.subtract(options)
            removed.formUnion(options)
        } else {
            chosen.formUnion(options)
            added.formUnion(options)
        }
        selection = chosen
        isNegated = false
        isWhole = false
    }

    mutating func apply(number: Int) {
        if list.options.indices.contains(number - 1) {
            apply([number - 1])
        } else {
            outOfRange.append(number)
        }
    }

    mutating func reportOutOfRange(_ number: Int) { outOfRange.append(number) }

    mutating func reportUnknown(_ range: Range<Int>) { unknown.append(range) }

    // MARK: Neighbours

    func text(at position: Int) -> String { words.indices.contains(position) ? words[position].text : "" }

    private func hasPhrase(_ first: String, _ second: String) -> Bool {
        words.indices.contains { text(at: $0) == first && text(at: $0 + 1) == second }
    }

    private func nextIsChoice(after position: Int) -> Bool {
        var next = position + 1
        while next < words.count {
            if matches.contains(where: { $0.words.lowerBound == next }) || number(at: next) != nil { return true }
            if ChoiceVocabulary.ordinal(text(at: next), count: list.options.count) != nil { return true }
            guard ChoiceVocabulary.fillers.contains(text(at: next)), !words[next].endsClause else { return false }
            next += 1
        }
        return false
    }

    /// Neighbouring unknown words as phrases, each with what it may have meant.
    private func unknownPhrases() -> [ChoicesOutcome.Unknown] {
        var phrases: [Range<Int>] = []
        for range in unknown {
            if let last = phrases.last, last.upperBound == range.lowerBound, !words[last.upperBound - 1].endsClause {
                phrases[phrases.count - 1] = last.lowerBound..<range.upperBound
            } else {
                phrases.append(range)
            }
        }
        return phrases.map { phrase in
            let texts = words[phrase].map(\.text)
            let range = words[phrase.lowerBound].range.lowerBound..<words[phrase.upperBound - 1].range.upperBound
            return ChoicesOutcome.Unknown(
                text: texts.joined(separator: " "),
                range: range,
                suggestions: list.names.nearest(to: texts)
            )
        }
    }
}
