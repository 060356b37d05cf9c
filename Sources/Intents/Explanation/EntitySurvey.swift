/// Everything of one kind that a reply holds, each by itself.
///
/// A turn needs one value; an explanation shows what else was there.
enum EntitySurvey {
    /// Something of the kind, or a near miss, with its range in the normalised text.
    typealias Item = (kind: Finding.Kind, range: Range<Int>)

    /// Looks for all of a kind.
    ///
    /// - Returns: In the order of the reply. Kinds that are read as a whole (texts, choices, numbers) have none.
    static func items(of kind: EntityKind, in utterance: Utterance) -> [Item] {
        let text = utterance.text
        switch kind {
        case .s3URI: return Recognizer.findS3(utterance).map { item($0, \.description) }
        case .modelPackage: return ModelPackageReference.findAll(in: text).map { item($0, \.description) }
        case .region: return Region.findAll(in: text).map { item($0, \.code) }
        case .path: return PathReply.findAll(in: text).map { item($0, \.path) }
        case .projectName: return ProjectName.findAll(in: text).map { item($0, \.name) }
        case .text, .choice, .choices, .flag, .json, .number: return []
        }
    }

    private static func item<Type>(_ found: Found<Type>, _ text: (Type) -> String) -> Item {
        switch found.result {
        case .success(let value): (.value(.text(text(value))), found.range)
        case .failure(let problem):
            (.nearMiss(message: problem.message, suggestion: problem.suggestion.map(Value.text)), found.range)
        }
    }
}

extension EntitySurvey {
    /// What is wrong with a reply of one word, read as a value of a kind that it was not taken for.
    ///
    /// - Returns: `nil` where it is no single word, says nothing, or is a good value.
    static func problem(with text: String, as kind: EntityKind) -> EntityProblem? {
        guard !text.utf8.contains(where: ByteClass.isSpace), text.contains(where: { $0.isLetter || $0.isNumber }) else {
            return nil
        }
        do throws(EntityProblem) {
            switch kind {
            case .s3URI: _ = try S3URI(parsing: text)
            case .modelPackage: _ = try ModelPackageReference(parsing: text)
            case .region: _ = try Region(parsing: text)
            case .path: _ = try PathReply(parsing: text)
            case .json: _ = try JSONBlock(parsing: text)
            case .projectName: _ = try ProjectName(parsing: text)
            case .text, .choice, .choices, .flag, .number: break
            }
            return nil
        } catch {
            return error
        }
    }
}
