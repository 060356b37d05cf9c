public import Diagnostics
internal import Patterns

/// An entity type that an entity file defines, as a slot has it: with the variant that it asks for.
public struct DefinedEntityType: EntityType {
    /// The type.
    public let definition: EntityDefinition
    /// The value of the type's setting, such as `object`; `nil` where it has no setting.
    public let variant: String?

    /// The word for it in flow files.
    public var name: String { definition.name }
    /// One value of it in a message, with an article.
    public var noun: String { definition.noun }
    /// The variant.
    public var settings: String { variant ?? "" }
    /// The prompt of the variant or of the type, or one for all types that shows the example.
    public var expectation: EntityExpectation {
        if let prompt = definition.expectedPrompt(of: variant) { return EntityExpectation(prompt) }
        return EntityExpectation(
            "system_expected_value",
            ["noun": .text(noun), "example": .text(definition.example ?? "")]
        )
    }
    /// Whether the file says so.
    public var isSelfIdentifying: Bool { definition.isSelfIdentifying }
    /// Whether the file says so.
    public var acceptsAnyWord: Bool { definition.acceptsAnyWord }
    /// The traces of the file.
    public var traces: [ByteTrace] { definition.traces }
    /// The noun of the file.
    public var misplacedNoun: String? { definition.misplacedNoun }
    /// The words of the reader.
    public var spellings: [String] { definition.reader.spellings }

    /// Reads a value by the patterns of the file, or by its reader.
    public func read(_ utterance: Utterance, answering question: Question) -> Recognition {
        definition.reader.read(utterance, as: self)
    }

    /// Finds all values and near misses.
    public func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        definition.reader.occurrences(in: utterance)
    }

    /// Says what keeps a word from being a value.
    public func problem(with word: String) -> EntityProblem? { definition.reader.problem(with: word) }

    /// Asks about values that a chat client may have changed.
    public func doubts(in utterance: Utterance) -> [Value: String] { definition.reader.doubts(in: utterance) }

    /// Whether the pattern of the file for it matches what was written.
    public func isSelfIdentifying(_ value: Value, writtenAs text: String) -> Bool {
        definition.isSelfIdentifying(writtenAs: text)
    }

    /// Whether a word is a value or meant as one.
    public func isWhole(_ word: String) -> Bool { definition.reader.isWhole(word) }

    /// Whether a broken value goes on in the next line.
    public func goesOn(after line: String, in next: LineStart) -> Bool {
        definition.reader.goesOn(after: line, in: next)
    }

    /// The order that the file names: of numbers or of texts.
    public func order(of first: Value, and second: Value) -> ValueOrder? { definition.order(of: first, and: second) }
}

/// What an entity file defines, compiled.
public final class EntityDefinition: Sendable {
    /// The word for it in flow files.
    public let name: String
    /// One value of it in a message, with an article.
    public let noun: String
    /// Several values in a message.
    public let plural: String
    /// A value for prompts to show; `nil` where a prompt of its own says what is expected.
    public let example: String?
    /// The field of a slot that picks a variant; `nil` where there are none.
    public let settingField: String?
    /// The variants, the usual one first.
    public let variants: [String]
    /// The prompts of its own that say what is expected.
    public let expectedPrompts: [String]

    let misplacedNoun: String?
    let traces: [ByteTrace]
    let acceptsAnyWord: Bool
    let isSelfIdentifying: Bool
    let reader: any EntityReader
    private let file: EntityFile
    private let selfIdentification: Pattern?

    /// Compiles a file; `nil` where it is wrong.
    init?(_ file: EntityFile, registry: EntityRegistry, diagnostics: inout DiagnosticList) {
        let reader: (any EntityReader)?
        if let named = file.reader {
            reader = registry.readers.first { $0.name == named.text }
            if reader == nil {
                Self.report(named, "reader", among: registry.readers.map(\.name), &diagnostics)
            }
        } else {
            var validator: EntityValidator?
            if let named = file.validator {
                validator = registry.validators.first { $0.name == named.text }
                if validator == nil {
                    Self.report(named, "validator", among: registry.validators.map(\.name), &diagnostics)
                }
            }
            reader = EntityPatterns(file, validator: validator, diagnostics: &diagnostics)
        }
        var selfIdentification: Pattern?
        if let written = file.selfIdentifying.pattern {
            do throws(PatternError) {
                selfIdentification = try Pattern(written.text, options: [])
            } catch {
                diagnostics.error(
                    "the pattern of 'self_identifying' does not compile: \(error.message)",
                    at: written.location
                )
            }
        }
        guard let reader else { return nil }
        self.file = file
        self.reader = reader
        self.selfIdentification = selfIdentification
        name = file.name
        noun = file.noun
        plural = file.plural
        example = file.example
        settingField = file.setting?.field
        variants = file.setting?.variants.map(\.name) ?? []
        expectedPrompts = ([file.expected] + (file.setting?.variants.map(\.expected) ?? [])).compactMap(\.self)
        misplacedNoun = file.misplacedNoun
        traces = file.traces
        acceptsAnyWord = file.acceptsAnyWord
        isSelfIdentifying = file.selfIdentifying.isSo
    }

    private static func report(
        _ named: EntityFile.Pattern,
        _ what: String,
        among names: [String],
        _ diagnostics: inout DiagnosticList
    ) {
        let all = names.isEmpty ? "none is registered" : "there are: \(names.sorted().joined(separator: ", "))"
        diagnostics.error(
            "no \(what) '\(named.text)' is registered"
                + NearestWord.hint(for: named.text, among: names, otherwise: all),
            at: named.location
        )
    }

    /// Where the file names it.
    public var location: Location { file.location }

    /// Where the file names the prompt that says what is expected.
    public var expectedLocation: Location { file.expectedLocation }

    /// The type as a slot has it.
    ///
    /// - Parameter variant: The variant; the usual one where it is `nil`.
    /// - Returns: The type, for slots and questions.
    public func type(_ variant: String? = nil) -> AnyEntityType {
        AnyEntityType(DefinedEntityType(definition: self, variant: variant ?? variants.first))
    }

    func expectedPrompt(of variant: String?) -> String? {
        file.setting?.variants.first { $0.name == variant }?.expected ?? file.expected
    }

    func isSelfIdentifying(writtenAs text: String) -> Bool {
        guard isSelfIdentifying, let selfIdentification else { return isSelfIdentifying }
        return (try? selfIdentification.matches(text)) ?? false
    }

    func order(of first: Value, and second: Value) -> ValueOrder? {
        guard let order = file.order, let first = first.text, let second = second.text else { return nil }
        if order == "text" { return first == second ? .same : first < second ? .ascending : .descending }
        guard let first = Double(first), let second = Double(second) else { return nil }
        return first == second ? .same : first < second ? .ascending : .descending
    }
}

extension EntityDefinition {
    /// Compiles entity files.
    ///
    /// - Parameters:
    ///   - files: The files, in the order of the folders that they stand in.
    ///   - registry: The readers and validators that they may name.
    ///   - diagnostics: Takes what is wrong: patterns, names that are registered twice or not at all.
    /// - Returns: The types that compile.
    public static func compile(
        _ files: [EntityFile],
        registry: EntityRegistry = EntityRegistry(),
        diagnostics: inout DiagnosticList
    ) -> [EntityDefinition] {
        var places: [String: Location] = [:]
        return files.compactMap { file in
            let definition = EntityDefinition(file, registry: registry, diagnostics: &diagnostics)
            if let other = places.updateValue(file.location, forKey: file.name) {
                diagnostics.error("the entity type '\(file.name)' is already there at \(other)", at: file.location)
                return nil
            }
            if generalNames.contains(file.name) {
                diagnostics.error("the entity type '\(file.name)' is one of the engine's own", at: file.location)
                return nil
            }
            return definition
        }
    }

    /// The types of general use, which need no file.
    public static let generalNames = ["text", "choice", "choices", "boolean", "path", "json", "number", "derived"]
}

extension EntityDefinition {
    /// An example of an entity file that the type gets wrong.
    public struct BrokenExample: Sendable, Hashable, CustomStringConvertible {
        /// Where the example stands.
        public var location: Location
        /// What the type makes of it and should not, as a sentence.
        public var description: String
    }

    /// The examples that the type gets wrong, after the same normalization that replies go through.
    public var brokenExamples: [BrokenExample] {
        file.matches.compactMap { example in
            let value = example.value ?? example.text
            let found = found(in: example)
            if case .value(.text(value), _) = found { return nil }
            return broken(example, "gives \(describe(found)) for its example '\(example.text)', not '\(value)'")
        }
            + file.refuses.compactMap { example in
                let found = found(in: example)
                if case .value = found { return broken(example, "takes '\(example.text)', which it should refuse") }
                return complaint(about: example, found)
            }
            + file.nearMisses.flatMap { nearMiss in
                nearMiss.examples.compactMap { example in
                    let code = type().base.occurrences(in: utterance(example)).compactMap { $0.problem?.code.rawValue }
                    guard code.contains(nearMiss.name) else {
                        return broken(example, "does not take '\(example.text)' for the near miss '\(nearMiss.name)'")
                    }
                    return complaint(about: example, found(in: example))
                }
            }
    }

    /// What differs from the message and the corrected form of an example.
    private func complaint(about example: EntityFile.Example, _ found: Recognition) -> BrokenExample? {
        guard example.message != nil || example.corrected != nil else { return nil }
        guard case .problem(let message, let suggestion, _) = found else {
            return broken(example, "gives \(describe(found)) for '\(example.text)', not a near miss")
        }
        if let wanted = example.message, wanted != message {
            return broken(example, "says '\(message)' of '\(example.text)', not '\(wanted)'")
        }
        if let wanted = example.corrected, wanted != suggestion?.text {
            return broken(example, "gives \(describe(found)) for '\(example.text)', not the correction '\(wanted)'")
        }
        return nil
    }

    private func utterance(_ example: EntityFile.Example) -> Utterance { Utterance(example.text, of: [type()]) }

    private func found(in example: EntityFile.Example) -> Recognition {
        type().read(utterance(example), answering: Question(form: .value(type())))
    }

    private func broken(_ example: EntityFile.Example, _ what: String) -> BrokenExample {
        BrokenExample(location: example.location, description: "the entity type '\(name)' \(what)")
    }

    private func describe(_ found: Recognition) -> String {
        switch found {
        case .value(let value, _): "'\(value.text ?? "")'"
        case .problem(_, let suggestion?, _): "a near miss with the correction '\(suggestion.text ?? "")'"
        case .problem: "a near miss"
        case .suggestions, .nothing: "nothing"
        }
    }
}

extension EntityOccurrence {
    fileprivate var problem: EntityProblem? { if case .failure(let problem) = result { problem } else { nil } }
}
