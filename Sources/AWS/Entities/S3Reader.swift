internal import Intents

/// Finds places in Amazon S3; the variant says whether a slot wants an object, or a folder to write to.
struct S3Reader: EntityReader {
    let name = "s3_uri"

    func read(_ utterance: Utterance, as type: DefinedEntityType) -> Recognition {
        // Quotes around the whole say that spaces belong to the name; normalising takes them off.
        let text = utterance.text
        let found = found(in: utterance)
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
        let recognition = Recognition(
            onlyOneOf: found.map(EntityOccurrence.init),
            in: text,
            plural: type.definition.plural
        )
        if found.isEmpty, let (place, range) = S3Parts(text).place() {
            return .problem(
                message: "An S3 URI says bucket and key in one, as in s3://BUCKET/KEY.",
                suggestion: .text(place.description),
                range: range
            )
        }
        if let doubt = recognition.doubt(in: utterance, isWhole: Self.isPlace) { return doubt }
        guard case .value(.text(let uri), let range) = recognition, let parsed = try? S3URI(parsing: uri) else {
            return recognition
        }
        if let warning = parsed.warnings.first {
            return .problem(message: warning.message, suggestion: .text(uri), range: range)
        }
        switch type.variant {
        case "object":
            guard parsed.isPrefix else { return recognition }
            return .problem(
                message: "That is a folder or a bucket; I need one file, such as \(uri.withoutLastSlash)/eval.jsonl",
                suggestion: nil,
                range: range
            )
        case "output":
            guard let problem = parsed.outputProblem else { return recognition }
            return .problem(message: problem.message, suggestion: problem.suggestion.map(Value.text), range: range)
        default: return recognition
        }
    }

    func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        found(in: utterance).map(EntityOccurrence.init)
    }

    func problem(with word: String) -> EntityProblem? { S3URI.problem(with: word) }

    func doubts(in utterance: Utterance) -> [Value: String] {
        doubts(among: occurrences(in: utterance), in: utterance, isWhole: Self.isPlace)
    }

    func isWhole(_ word: String) -> Bool { S3URI.findAll(in: word).map(EntityOccurrence.init).cover(word) }

    func goesOn(after line: String, in next: LineStart) -> Bool {
        guard let broken = BrokenLine(line), broken.kind == .place else { return false }
        return broken.goesOn(in: next)
    }

    private static func isPlace(_ text: String) -> Bool { (try? S3URI(parsing: text)) != nil }

    /// The places in S3 that a reply names, each with its range in the normalised text.
    private func found(in utterance: Utterance) -> [Found<S3URI>] {
        guard utterance.beginsWithQuote else { return S3URI.findAll(in: utterance.text) }
        let start = utterance.typedRange(of: 0..<0).lowerBound
        let end = utterance.text.utf8.count
        return S3URI.findAll(in: utterance.typed).map { found in
            let lower = min(max(0, found.range.lowerBound - start), end)
            return Found(range: lower..<min(max(lower, found.range.upperBound - start), end), result: found.result)
        }
    }
}

extension String {
    /// Whether what follows a URI looks like the rest of its key rather than prose: another slash, or an extension.
    fileprivate var goesOnAsKey: Bool {
        let bytes = Array(utf8)
        return bytes.indices.contains { index in
            if bytes[index] == UInt8(ascii: "/") { return true }
            guard bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count else { return false }
            return (0x61...0x7A).contains(bytes[index + 1] | 0x20)
        }
    }

    fileprivate var withoutLastSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
