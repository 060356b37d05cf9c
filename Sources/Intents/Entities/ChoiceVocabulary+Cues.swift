extension ChoiceVocabulary {
    /// What a word or phrase does in a reply that chooses several options.
    enum Cue: Sendable {
        case add, remove, negate, except, but, only, keep, everything, nothing, replace, insteadOf, these
        /// It changes nothing.
        case filler
        /// It is not in the vocabulary.
        case unknown
    }

    /// The cue at a position and the number of words it takes; the longest phrase counts.
    static func cue(at position: Int, in words: [ChoiceWords.Word]) -> (Cue, length: Int) {
        guard words.indices.contains(position) else { return (.filler, 0) }
        for (phrase, cue) in phrases[words[position].text] ?? [] {
            let rest = words[position...].prefix(phrase.count)
            // A phrase lies within one clause: "no, thanks" and "that, all of them" are other things.
            if rest.count == phrase.count, zip(rest, phrase).allSatisfy({ $0.text == $1 }),
                !rest.dropLast().contains(where: \.endsClause)
            {
                return (cue, phrase.count)
            }
        }
        let word = words[position].text
        return (cues[word] ?? (fillers.contains(word) ? .filler : .unknown), 1)
    }

    private static let cues: [String: Cue] = {
        let words: [(Cue, String)] = [
            (.add, "add adding also plus include including additionally append"),
            (.remove, "remove removing drop dropping exclude omit delete skip lose ditch"),
            (.negate, "not dont no never nor"),
            (.except, "except without excluding excepting minus"),
            (.but, "but"), (.only, "only just"), (.keep, "keep"), (.everything, "all everything every each both"),
            (.nothing, "none nothing neither"), (.replace, "replace swap switch change"), (.these, "these those them"),
            (.filler, "too instead"),
        ]
        return Dictionary(
            words.flatMap { cue, list in list.split(separator: " ").map { (String($0), cue) } },
            uniquingKeysWith: { $1 }
        )
    }()

    /// Phrases by their first word, the longest first.
    private static let phrases: [String: [([String], Cue)]] = {
        let lists: [(Cue, [String])] = [
            (.insteadOf, ["instead of", "rather than", "in place of"]),
            (.except, ["other than", "apart from", "aside from", "except for", "but not"]),
            (.remove, ["take out", "leave out", "throw out", "cut out", "get rid of", "take away"]),
            (.add, ["and also", "as well as", "throw in"]),
            (
                .filler,
                [
                    "thats all", "that is all", "nothing else", "nothing more", "no more", "all good", "all right",
                    "all set",
                    "at all", "as well", "no thanks", "no thank you", "no problem", "after all", "first of all",
                    "no wait",
                    "not only", "all in all", "no need", "not sure but",
                ]
            ),
        ]
        var phrases: [String: [([String], Cue)]] = [:]
        for (cue, list) in lists {
            for phrase in list {
                let words = phrase.split(separator: " ").map(String.init)
                if let first = words.first { phrases[first, default: []].append((words, cue)) }
            }
        }
        return phrases.mapValues { $0.sorted { $0.0.count > $1.0.count } }
    }()
}
