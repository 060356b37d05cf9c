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
        "hmm", "i", "id", "ill", "im", "in", "is", "it", "item", "items", "judge", "just", "let", "lets", "like",
        "list", "love",
        "make", "me", "measure", "metric", "metrics", "model", "models", "my", "need", "now", "number", "numbers", "of",
        "oh",
        "ok", "okay", "on", "one", "ones", "option", "options", "or", "our", "perfect", "pick", "please", "pls",
        "prefer", "right",
        "run", "select", "selected", "should", "so", "sounds", "sure", "take", "thank", "thanks", "that", "thats",
        "the", "them",
        "then", "these", "they", "think", "this", "those", "to", "try", "uh", "um", "us", "use", "using", "want", "we",
        "well",
        "will", "with", "would", "yeah", "yep", "yes", "you", "your",
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

    /// The place that an ordinal names: 1 for "first" and "1st", `count` for "last".
    static func ordinal(_ word: String, count: Int) -> Int? {
        if word == "last" || word == "final" { return count }
        if let place = ordinals.firstIndex(of: word) { return place + 1 }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, ["st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else { return nil }
        return Int(digits) ?? Int.max
    }

    /// The number that a word writes in digits or letters; too large a number is `Int.max`.
    static func number(_ word: String) -> Int? {
        if !word.isEmpty, word.allBytes(ByteClass.isDigit) { return Int(word) ?? Int.max }
        return numbers.firstIndex(of: word)
    }
}
