/// Finds what a slot can hold in a reply.
public enum Recognizer {
    /// Looks for one kind of thing.
    ///
    /// - Parameters:
    ///   - kind: What is looked for.
    ///   - utterance: The reply.
    ///   - question: The options, for choices.
    /// - Returns: The value, what is wrong with a near miss, options that come close, or nothing.
    /// - Complexity: O(n), n = bytes of the reply; for choices also times the words of all options.
    public static func recognize(
        _ kind: EntityKind,
        in utterance: Utterance,
        answering question: Question
    ) -> Recognition {
        let text = utterance.text
        switch kind {
        case .text(let limit): return recognizeText(utterance, limit: limit)
        case .s3URI(let place): return recognizeS3(utterance, place)
        case .modelPackage: return recognizeModelPackage(utterance)
        case .region: return recognizeRegion(text)
        case .choice: return recognizeChoice(text, question)
        case .choices: return recognizeChoices(text, question)
        case .flag: return .nothing
        case .path: return recognizePath(text)
        case .json(let limit): return recognizeJSON(utterance, limit: limit)
        case .projectName: return only(ProjectName.findAll(in: text), in: text, what: "names") { .text($0.name) }
        case .number(let range): return NumberReading(text, range).recognition
        }
    }

    /// What kind of thing a reply is, as a whole, that free text should not swallow; `nil` where it is prose.
    static func stranger(in text: String) -> String? {
        let isSingleWord = !text.utf8.contains { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        guard isSingleWord else { return nil }
        if let found = ARN.findAll(in: text).first, found.range.count * 10 >= text.utf8.count * 9 { return "an ARN" }
        if let found = S3URI.findAll(in: text).first, found.range.count * 10 >= text.utf8.count * 9 {
            return "a place in Amazon S3"
        }
        if Region(code: text.lowercased()) != nil { return "an AWS Region" }
        return nil
    }

    private static func recognizeText(_ utterance: Utterance, limit: Int) -> Recognition {
        let whole = 0..<utterance.text.utf8.count
        let typed = utterance.typedText(of: whole)
        guard typed.utf8.count <= limit else {
            return .problem(
                message: "That is \(typed.utf8.count) bytes long; please say it in at most \(limit).",
                suggestion: nil,
                range: whole
            )
        }
        let hasWord = utterance.text.unicodeScalars.contains {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.properties.isEmojiPresentation
        }
        return hasWord ? .value(.text(typed), range: whole) : .nothing
    }

    private static func recognizeRegion(_ text: String) -> Recognition {
        let found = Region.findAll(in: text)
        let recognition = only(found, in: text, what: "Regions") { .text($0.code) }
        guard found.isEmpty, let (problem, range) = RegionGuess.problem(in: text) else { return recognition }
        return .problem(message: problem.message, suggestion: problem.suggestion.map(Value.text), range: range)
    }

    /// The one value found that is not put aside ("not us-east-1 but us-west-2"); several different ones are a problem, not
    /// a guess.
    private static func only<Found_: Sendable & Hashable>(
        _ found: [Found<Found_>],
        in text: String,
        what: String,
        value: (Found_) -> Value
    ) -> Recognition {
        var sound: [(value: Value, range: Range<Int>)] = []
        var nearMiss: Recognition?
        for one in found where !text.putsAside(one.range) {
            switch one.result {
            case .success(let entity):
                let value = value(entity)
                if !sound.contains(where: { $0.value == value }) { sound.append((value, one.range)) }
            case .failure(let problem):
                nearMiss =
                    nearMiss
                    ?? .problem(
                        message: problem.message,
                        suggestion: problem.suggestion.map(Value.text),
                        range: one.range
                    )
            }
        }
        if sound.count == 1 { return .value(sound[0].value, range: sound[0].range) }
        if let first = sound.first {
            return .problem(
                message: "I see several \(what) here; please give one.",
                suggestion: nil,
                range: first.range
            )
        }
        return nearMiss ?? .nothing
    }

    private static func recognizeS3(_ utterance: Utterance, _ place: EntityKind.S3Place) -> Recognition {
        // Quotes around the whole say that spaces belong to the name; normalising takes them off.
        let text = utterance.text
        let found = findS3(utterance)
        if found.count == 1, !utterance.beginsWithQuote, text.hasPrefix("s3://"),
            text.slice(utf8: found[0].range.upperBound..<text.utf8.count).goesOnAsKey
        {
            return .problem(
                message:
                    "I cannot tell where it ends. If spaces or quotes belong to the name, put the whole URI in quotes.",
                suggestion: nil,
                range: 0..<text.utf8.count
            )
        }
        let recognition = only(found, in: text, what: "places in S3") { .text($0.description) }
        if found.isEmpty, let (place, range) = S3Parts(text).place() {
            return .problem(
                message: "An S3 URI says bucket and key in one, as in s3://BUCKET/KEY.",
                suggestion: .text(place.description),
                range: range
            )
        }
        if let doubt = mangled(recognition, in: utterance, isWhole: isS3) { return doubt }
        guard case .value(.text(let uri), let range) = recognition, let parsed = try? S3URI(parsing: uri) else {
            return recognition
        }
        if let warning = parsed.warnings.first {
            return .problem(message: warning.message, suggestion: .text(uri), range: range)
        }
        switch place {
        case .any: return recognition
        case .object:
            guard parsed.isPrefix else { return recognition }
            return .problem(
                message: "That is a folder or a bucket; I need one file, such as \(uri.withoutLastSlash)/eval.jsonl",
                suggestion: nil,
                range: range
            )
        case .output:
            guard let problem = parsed.outputProblem else { return recognition }
            return .problem(message: problem.message, suggestion: problem.suggestion.map(Value.text), range: range)
        }
    }

    /// What to ask about a value that a chat client may have changed, or a terminal broken; `nil` where there is no doubt.
    ///
    /// A line break is in doubt where the first line alone would do. A long dash can stand for two hyphens, and in the key
    /// of an object other characters can be the user's own.
    private static func mangled(
        _ recognition: Recognition,
        in utterance: Utterance,
        isWhole: (String) -> Bool
    ) -> Recognition? {
        guard case .value(let value, let range) = recognition, utterance.isRewritten, !utterance.beginsWithQuote else {
            return nil
        }
        let text = utterance.text
        if let end = utterance.firstBreak(in: range), isWhole(text.slice(utf8: range.lowerBound..<end)) {
            return .problem(message: "A line break stands in the middle of it.", suggestion: value, range: range)
        }
        let replaced = utterance.replacements(in: range)
        // What is written in full-width forms from its first letter on comes from an input method.
        guard let first = replaced.first, first.offset > range.lowerBound else { return nil }
        let slashes = text.utf8.enumerated().filter { $0.element == UInt8(ascii: "/") && range.contains($0.offset) }
        let key = text.slice(utf8: range).hasPrefix("s3://") && slashes.count > 2 ? slashes[2].offset : range.upperBound
        let isDoubtful = replaced.contains { $0.offset > key || $0.typed == "\u{2014}" || $0.typed == "\u{2015}" }
        guard isDoubtful else { return nil }
        return .problem(
            message: "Some of its characters look as if a chat program had put them there. "
                + "If they belong to the name, put the whole in quotes.",
            suggestion: value,
            range: range
        )
    }

    /// The values in a reply that a chat client may have changed, with what to say of each, for parts of the reply that
    /// have lost what was typed.
    static func mangledValues(in utterance: Utterance) -> [Value: String] {
        guard utterance.isRewritten else { return [:] }
        var messages: [Value: String] = [:]
        func look<Found_: CustomStringConvertible>(at found: [Found<Found_>], isWhole: (String) -> Bool) {
            for one in found {
                guard case .success(let entity) = one.result else { continue }
                let value = Value.text(entity.description)
                if case .problem(let message, _, _) = mangled(
                    .value(value, range: one.range),
                    in: utterance,
                    isWhole: isWhole
                ) {
                    messages[value] = message
                }
            }
        }
        look(at: findS3(utterance), isWhole: isS3)
        look(at: ModelPackageReference.findAll(in: utterance.text), isWhole: isModelPackage)
        return messages
    }

    private static func isS3(_ text: String) -> Bool { (try? S3URI(parsing: text)) != nil }
    private static func isModelPackage(_ text: String) -> Bool { (try? ModelPackageReference(parsing: text)) != nil }

    /// The places in S3 that a reply names, each with its range in the normalised text.
    static func findS3(_ utterance: Utterance) -> [Found<S3URI>] {
        guard utterance.beginsWithQuote else { return S3URI.findAll(in: utterance.text) }
        let start = utterance.typedRange(of: 0..<0).lowerBound
        let end = utterance.text.utf8.count
        return S3URI.findAll(in: utterance.typed).map { found in
            let lower = min(max(0, found.range.lowerBound - start), end)
            return Found(range: lower..<min(max(lower, found.range.upperBound - start), end), result: found.result)
        }
    }

    private static func recognizeModelPackage(_ utterance: Utterance) -> Recognition {
        let text = utterance.text
        let found = ModelPackageReference.findAll(in: text)
        let recognition: Recognition
        if found.isEmpty, let bare = try? ModelPackageReference(parsing: text) {
            recognition = .value(.text(bare.description), range: 0..<text.utf8.count)
        } else if found.isEmpty, let (range, name) = NameSearch(ReplyBytes(text)).versioned() {
            recognition = .problem(
                message: "A group's name stands for its newest complete version; for another version I need its ARN.",
                suggestion: .text(name),
                range: range
            )
        } else if found.isEmpty, text.isMeantAsName, let problem = EntityName.problem(with: text) {
            return .problem(
                message: problem.message,
                suggestion: problem.suggestion.map(Value.text),
                range: 0..<text.utf8.count
            )
        } else {
            recognition = only(found, in: text, what: "models") { .text($0.description) }
        }
        if let doubt = mangled(recognition, in: utterance, isWhole: isModelPackage) { return doubt }
        guard case .value(.text(let reference), let range) = recognition,
            let parsed = try? ModelPackageReference(parsing: reference)
        else { return recognition }
        if case .otherResource(let kind) = parsed.kind {
            return .problem(
                message: "That is the ARN of \(kind), not of a model package. Please check it.",
                suggestion: nil,
                range: range
            )
        }
        return recognition
    }

    private static func recognizeChoice(_ text: String, _ question: Question) -> Recognition {
        let list = ChoiceList(options: question.options)
        let whole = 0..<text.utf8.count
        switch list.one(in: text) {
        case .exact(let index, let range): return .value(.text(question.options[index].id), range: range)
        case .suggestion(let indices), .ambiguous(let indices):
            return .suggestions(indices.map { question.options[$0] }, range: whole)
        case .outOfRange(let number):
            return .problem(message: question.missing(number), suggestion: nil, range: whole)
        case .none: return .nothing
        }
    }

    private static func recognizeChoices(_ text: String, _ question: Question) -> Recognition {
        let outcome = ChoiceList(options: question.options).several(in: text, current: question.current)
        let whole = 0..<text.utf8.count
        if let number = outcome.outOfRange.first {
            return .problem(message: question.missing(number), suggestion: nil, range: whole)
        }
        // Asking about an option is not choosing it.
        if outcome.isQuestion { return .nothing }
        if let unknown = outcome.unknown.first {
            let near = unknown.suggestions.map { question.options[$0] }
            if !near.isEmpty { return .suggestions(near, range: unknown.range) }
            if outcome.selection != nil {
                return .problem(
                    message: "I do not know \"\(unknown.text)\". Please use the names in the list, or their numbers.",
                    suggestion: nil,
                    range: unknown.range
                )
            }
        }
        guard let selection = outcome.selection else { return .nothing }
        guard !selection.isEmpty else {
            return .problem(
                message: "At least one is needed; please name one of the list.",
                suggestion: nil,
                range: whole
            )
        }
        return .value(.list(selection.map { .text(question.options[$0].id) }), range: whole)
    }

    private static func recognizePath(_ text: String) -> Recognition {
        let recognition = only(PathReply.findAll(in: text), in: text, what: "paths") { .text($0.path) }
        if case .nothing = recognition, !text.utf8.contains(UInt8(ascii: " ")),
            let whole = try? PathReply(parsing: text)
        {
            return .value(.text(whole.path), range: 0..<text.utf8.count)
        }
        return recognition
    }

    private static func recognizeJSON(_ utterance: Utterance, limit: Int) -> Recognition {
        // As typed: inside JSON, quotes and dashes are the user's own.
        let found = JSONBlock.findAll(in: utterance.typed)
        guard let first = found.first else { return .nothing }
        let whole = 0..<utterance.text.utf8.count
        switch first.result {
        case .success(let block):
            guard block.text.utf8.count <= limit else {
                return .problem(
                    message: "That JSON has \(block.text.utf8.count) bytes; at most \(limit) are taken.",
                    suggestion: nil,
                    range: whole
                )
            }
            return .value(.text(block.text), range: whole)
        case .failure(let problem):
            // What is asked about must be short enough to read.
            let suggestion = problem.suggestion.flatMap { $0.utf8.count <= 500 ? Value.text($0) : nil }
            return .problem(message: problem.message, suggestion: suggestion, range: whole)
        }
    }
}

extension Utterance {
    /// Whether a quote stands before all else; normalising takes it off where it closes at the end.
    fileprivate var beginsWithQuote: Bool { typed.utf8.first.map { "\"'`".utf8.contains($0) } ?? false }
}

extension Question {
    /// What to say of a number that no option has.
    fileprivate func missing(_ number: Int) -> String {
        switch options.count {
        case 0: "There is no number \(number): there is nothing to choose from."
        case 1: "There is no number \(number); the list has only number 1."
        default: "There is no number \(number); the list goes from 1 to \(options.count)."
        }
    }
}

extension String {
    /// Whether a single word can be meant as a name, though it may not be a good one: letters and digits with `_`, `.`
    /// or hyphens between them.
    fileprivate var isMeantAsName: Bool {
        let isWord: (UInt8) -> Bool = { ByteClass.isAlphanumeric($0) || $0 >= 0x80 }
        guard let first = utf8.first, let last = utf8.last, isWord(first) || first == UInt8(ascii: "_"),
            isWord(last) || last == UInt8(ascii: "_")
        else { return false }
        return allBytes { isWord($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || $0 == 0x2D }
            && utf8.contains { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    }

    /// Whether what follows a URI looks like the rest of its key rather than prose: another slash, or an extension.
    fileprivate var goesOnAsKey: Bool {
        let bytes = Array(utf8)
        return bytes.indices.contains { index in
            if bytes[index] == UInt8(ascii: "/") { return true }
            guard bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count else { return false }
            return (0x61...0x7A).contains(bytes[index + 1] | 0x20)
        }
    }

    /// Whether the words before a value say that it is not meant: "not", "instead of".
    fileprivate func putsAside(_ range: Range<Int>) -> Bool {
        guard range.lowerBound > 3 else { return false }
        let before = slice(utf8: max(0, range.lowerBound - 24)..<range.lowerBound).lowercased()
        let words = before.split { !$0.isLetter && $0 != "'" }.filter { !["the", "in", "at"].contains($0) }
        guard before.last == " " || before.last?.isPunctuation == true, let last = words.last else { return false }
        return last == "not" || ["instead of", "rather than"].contains(words.suffix(2).joined(separator: " "))
    }

    fileprivate var withoutLastSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
