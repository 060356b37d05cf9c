internal import Intents

/// Finds ARNs of SageMaker model packages and their groups, and names of groups.
struct ModelPackageReader: EntityReader {
    let name = "model_package"

    func read(_ utterance: Utterance, as type: DefinedEntityType) -> Recognition {
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
            return Recognition(problem, at: 0..<text.utf8.count)
        } else {
            recognition = Recognition(
                onlyOneOf: found.map(EntityOccurrence.init),
                in: text,
                plural: type.definition.plural
            )
        }
        if let doubt = recognition.doubt(in: utterance, isWhole: Self.isReference) { return doubt }
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

    func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        ModelPackageReference.findAll(in: utterance.text).map(EntityOccurrence.init)
    }

    func problem(with word: String) -> EntityProblem? { ModelPackageReference.problem(with: word) }

    func doubts(in utterance: Utterance) -> [Value: String] {
        doubts(among: occurrences(in: utterance), in: utterance, isWhole: Self.isReference)
    }

    private static func isReference(_ text: String) -> Bool { (try? ModelPackageReference(parsing: text)) != nil }
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
}
