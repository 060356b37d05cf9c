public import Intents

/// The entity types of AWS in Swift: what the files in `prompts/aws/entities` name.
public enum AWSEntities {
    /// The readers that a flow needs which uses the folder `aws`.
    public static let registry = EntityRegistry(
        readers: [ARNReader(), ModelPackageReader(), RegionReader(), S3Reader()]
    )
}

/// Finds ARNs of any kind.
private struct ARNReader: EntityReader {
    let name = "arn"

    func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        ARN.findAll(in: utterance.text).map(EntityOccurrence.init)
    }

    func problem(with word: String) -> EntityProblem? { ARN.problem(with: word) }

    func goesOn(after line: String, in next: LineStart) -> Bool {
        guard let broken = BrokenLine(line), broken.kind == .arn else { return false }
        return broken.goesOn(in: next)
    }
}

/// Finds Regions by their codes and by the names of their places.
private struct RegionReader: EntityReader {
    let name = "region"

    var spellings: [String] { Region.known.flatMap { [$0.code] + $0.spokenNames } }

    func read(_ utterance: Utterance, as type: DefinedEntityType) -> Recognition {
        let found = Region.findAll(in: utterance.text)
        guard found.isEmpty, let (problem, range) = RegionGuess.problem(in: utterance.text) else {
            return Recognition(
                onlyOneOf: found.map(EntityOccurrence.init),
                in: utterance.text,
                plural: type.definition.plural
            )
        }
        return Recognition(problem, at: range)
    }

    func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        Region.findAll(in: utterance.text).map(EntityOccurrence.init)
    }

    func problem(with word: String) -> EntityProblem? {
        do throws(EntityProblem) {
            _ = try Region(parsing: word)
            return nil
        } catch {
            return error
        }
    }

    func isWhole(_ word: String) -> Bool { Region(code: word.lowercased()) != nil }

    func goesOn(after line: String, in next: LineStart) -> Bool {
        guard let broken = BrokenLine(line), broken.kind == .region else { return false }
        return broken.goesOn(in: next)
    }
}
