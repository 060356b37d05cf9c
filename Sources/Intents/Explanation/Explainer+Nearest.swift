/// What a reply that was not understood came near to.
///
/// Whatever is claimed is tried: a changed reply is given only where the resolver comes to what is said of it.
extension Explainer {
    /// The most that is worth reading.
    private static let limit = 6

    /// What the reply nearly came to, the nearest first.
    func nearest() -> [NearMeaning] {
        guard !decision.isUnderstood, !utterance.isEmpty else { return [] }
        let sources = [
            problems, consentBesideDoubt, nearOptions, nearWords, commandsAmongWords, topicsUnasked, slotsUnnamed,
            nearExamples,
        ]
        var kept: [NearMeaning] = []
        for near in sources.flatMap({ $0() }) where !kept.contains(where: { $0.isSame(as: near) }) { kept.append(near) }
        // A thing to say instead helps more than what is wrong.
        return Array((kept.filter { $0.instead != nil } + kept.filter { $0.instead == nil }).prefix(Self.limit))
    }

    /// What a changed reply comes to with the same question; `nil` where that is no better.
    func tried(_ reply: String) -> Decision? {
        guard reply != text else { return nil }
        let decision = resolver.understand(resolver.utterance(reply), answering: question, optionsOf: options).decision
        return decision.isUnderstood ? decision : nil
    }

    /// A near meaning that a changed reply proves.
    func near(_ obstacle: NearMeaning.Obstacle, instead reply: String) -> NearMeaning? {
        tried(reply).map { NearMeaning(obstacle, decision: $0, instead: reply) }
    }

    // MARK: Values

    /// A value that is asked for and is not right.
    private func problems() -> [NearMeaning] {
        var found: [NearMeaning] = []
        func add(_ message: String, _ suggestion: Value?) {
            let corrected = suggestion?.text.flatMap { near(.problem(message), instead: $0) }
            found.append(corrected ?? NearMeaning(.problem(message), decision: suggestion.map(Decision.value)))
        }
        if case .problem(let message, let suggestion) = decision { add(message, suggestion) }
        if case .badCorrection(_, let message, _) = decision { found.append(NearMeaning(.problem(message))) }
        guard let type = question.type, found.isEmpty else { return found }
        if case .problem(let message, let suggestion, _) = type.read(utterance, answering: question) {
            add(message, suggestion)
        } else if !text.utf8.contains(where: ByteClass.isSpace), text.contains(where: { $0.isLetter || $0.isNumber }),
            let problem = type.base.problem(with: text)
        {
            add(problem.message, problem.suggestion.map(Value.text))
        }
        return found
    }

    /// Options that the resolver would ask about, and those whose names come close in a wider sense.
    private func nearOptions() -> [NearMeaning] {
        let near: [ChoiceOption]
        if case .suggestions(let options) = decision {
            near = options
        } else if question.isChoice {
            let names = question.options.map { [$0.name] + $0.aliases }
            near = Spelling.nearest(to: text, among: names).map { question.options[$0] }
        } else {
            return []
        }
        return near.compactMap { option in
            self.near(.spelling(text), instead: option.name) ?? self.near(.spelling(text), instead: option.id)
        }
    }

    /// Words for what is asked for that are spelled otherwise.
    private func nearWords() -> [NearMeaning] {
        if let type = question.type?.base as? NumberType {
            let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "," }
            return words.map(String.init).compactMap { word in
                let digits = word.replacing(",", with: "")
                let number = ChoiceVocabulary.number(digits) ?? Double(digits).flatMap { Int(exactly: $0.rounded()) }
                guard let number, type.range.contains(number) else { return nil }
                return near(.spelling(word), instead: "\(number)")
            }
        }
        guard let names = question.type?.base.spellings, !names.isEmpty else { return [] }
        return Spelling.nearest(to: text, among: names.map { [$0] }).compactMap {
            near(.spelling(text), instead: names[$0])
        }
    }

    // MARK: Consent

    /// Yes or no, if what casts doubt on it were not there.
    private func consentBesideDoubt() -> [NearMeaning] {
        guard question.takesConsent else { return [] }
        let signs = polarity.marks.filter { !$0.sign.isEmpty }
        // At a gate small talk keeps a yes from being plain, as other words do.
        let chatter = question.form == .gate ? polarity.marks.filter { $0.sign == .chatter }.map(\.range) : []
        let besides = residue() + chatter
        return [true, false].compactMap { isYes in
            let isWanted: (Polarity.Sign) -> Bool = { isYes ? $0.isConsent : $0.isRefusal }
            guard signs.contains(where: { isWanted($0.sign) }) else { return nil }
            let doubts = signs.filter { !isWanted($0.sign) }.map(\.range)
            for ranges in [doubts, residue(), doubts + residue(), doubts + besides] where !ranges.isEmpty {
                let rest = without(ranges)
                guard let decision = tried(rest), decision == (isYes ? .affirm(isPlain: true) : .deny) else { continue }
                let words = ranges.sorted { $0.lowerBound < $1.lowerBound }.map(utterance.typedText)
                return NearMeaning(.beside(words), decision: decision, instead: rest)
            }
            return nil
        }
    }

    /// The reply without some of its words, and without the commas and spaces that stood around them.
    private func without(_ ranges: [Range<Int>]) -> String {
        let bytes = text.utf8.enumerated().filter { byte in !ranges.contains { $0.contains(byte.offset) } }
        let words = String(decoding: bytes.map(\.element), as: UTF8.self).split(separator: " ")
        let kept = words.filter { word in word.contains { $0.isLetter || $0.isNumber || !$0.isASCII } }
        return kept.joined(separator: " ").trimming { ",;:- .".contains($0) }
    }
}

extension NearMeaning {
    /// Whether both come to the same.
    fileprivate func isSame(as other: NearMeaning) -> Bool {
        decision == nil ? self == other : decision == other.decision
    }
}

extension String {
    /// Without the characters at its ends that pass a test.
    func trimming(_ test: (Character) -> Bool) -> String {
        var rest = drop(while: test)
        while let last = rest.last, test(last) { rest.removeLast() }
        return String(rest)
    }
}
