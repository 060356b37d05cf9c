/// The words around choices, by what they do.
///
/// They are English and in lower case, without apostrophes.
enum ChoiceVocabulary {
    /// Words that carry a choice politely and say nothing themselves.
    static let fillers: Set<String> = [
        "a", "about", "actually", "again", "ah", "am", "an", "and", "any", "are", "as", "be", "can", "choice",
        "choices", "choose",
        "could", "do", "entry", "evaluate", "fine", "for", "from", "give", "go", "going", "good", "great", "hello",
        "hey", "hi",
        "hm", "hmm", "er", "wait", "i", "id", "ill", "im", "in", "is", "it", "item", "items", "judge", "just", "let",
        "lets", "like",
        "list", "love",
        "make", "me", "measure", "metric", "metrics", "model", "models", "my", "need", "now", "number", "numbers", "of",
        "oh",
        "ok", "okay", "on", "one", "ones", "option", "options", "or", "our", "perfect", "pick", "please", "pls",
        "prefer", "right",
        "run", "select", "selected", "so", "sounds", "sure", "take", "thank", "thanks", "that", "thats",
        "the", "them",
        "then", "these", "they", "think", "this", "those", "to", "try", "uh", "um", "us", "use", "using", "want", "we",
        "well",
        "will", "with", "would", "yeah", "yep", "yes", "you", "your", "nope", "nah", "same", "look", "looks", "works",
        "work", "definitely", "set", "change", "switch",
    ]

    /// Words directly before a number that make it an option number wherever it stands.
    static let markers: Set<String> = ["option", "number", "choice", "item", "entry", "nr", "options", "numbers"]

    /// Words that turn down what follows.
    static let negators: Set<String> = [
        "not", "no", "dont", "never", "except", "without", "excluding", "isnt", "wont", "neither", "nor", "than",
        "instead",
        "doesnt", "didnt", "cant", "rather",
    ]

    /// Words of doubt; a choice with one is to be confirmed.
    static let hedges: Set<String> = [
        "maybe", "perhaps", "possibly", "probably", "unsure", "might", "dunno", "guess", "wonder", "wondering",
    ]

    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ]

    private static let numbers = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]

    /// The place that an ordinal word names: 1 for "first" and "1st", `count` for "last".
    static func ordinal(_ word: String, count: Int) -> Int? {
        if word == "last" || word == "final" { return count }
        if let place = ordinals.firstIndex(of: word) { return place + 1 }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, ["st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else { return nil }
        return Int(digits) ?? Int.max
    }

    /// The place that an ordinal at a position names, and the position after it: also "second to last", "last but one".
    static func place(at position: Int, in words: [ChoiceWords.Word], count: Int) -> (place: Int, end: Int)? {
        guard let place = ordinal(words[position].text, count: count) else {
            return words[position].text == "next" && isPhrase(["to", "last"], at: position + 1, in: words)
                ? (count - 1, position + 3) : nil
        }
        if isPhrase(["to", "last"], at: position + 1, in: words)
            || isPhrase(["from", "last"], at: position + 1, in: words)
        {
            return (count - min(place, count + 1) + 1, position + 3)
        }
        let isSecondLast = words[position].text == "second" && isPhrase(["last"], at: position + 1, in: words)
        if isSecondLast { return (count - 1, position + 2) }
        let isLastButOne = words[position].text == "last" && isPhrase(["but", "one"], at: position + 1, in: words)
        return isLastButOne ? (count - 1, position + 3) : (place, position + 1)
    }

    /// Whether words follow one another from a position, in the clause of the word before them.
    private static func isPhrase(_ phrase: [String], at position: Int, in words: [ChoiceWords.Word]) -> Bool {
        guard position > 0, position + phrase.count <= words.count else { return false }
        return phrase.indices.allSatisfy { index in
            words[position + index].text == phrase[index] && !words[position + index - 1].endsClause
        }
    }

    /// Whether a number says how many and not which: "2 options", "3 of them", "the two".
    static func isQuantity(at position: Int, in words: [ChoiceWords.Word]) -> Bool {
        let nouns: Set<String> = [
            "options", "choices", "items", "entries", "metrics", "models", "judges", "numbers", "of", "more", "others",
            "ones",
        ]
        if !words[position].endsClause, position + 1 < words.count, nouns.contains(words[position + 1].text) {
            return true
        }
        let isSpelled = !words[position].text.allBytes(ByteClass.isDigit)
        return isSpelled && position > 0 && ["the", "these", "those", "any", "my"].contains(words[position - 1].text)
    }

    /// The number that a word writes in digits or letters; too large a number is `Int.max`.
    static func number(_ word: String) -> Int? {
        if !word.isEmpty, word.allBytes(ByteClass.isDigit) { return Int(word) ?? Int.max }
        return numbers.firstIndex(of: word)
    }
}
