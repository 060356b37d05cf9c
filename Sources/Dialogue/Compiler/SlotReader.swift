internal import Diagnostics
internal import Intents

/// A slot as written.
struct SlotDraft {
    var name: String
    var type: SlotType
    var title: String
    var names: [String]
    var dependsOn: [String]
    var optionsFrom: String?
    var location: Location
    var fieldLocations: [String: Location]
}

/// Reads the `slots` of a flow file.
enum SlotReader {
    static func read(
        _ node: YAMLNode,
        entities: [EntityDefinition],
        diagnostics: inout DiagnosticList
    ) -> [SlotDraft] {
        guard case .mapping(let entries) = node.content else {
            diagnostics.error("'slots' is written as 'name:' with the slot's fields below it", at: node.location)
            return []
        }
        return entries.compactMap { read($0, entities, diagnostics: &diagnostics) }
    }

    private static func read(
        _ entry: YAMLNode.Entry,
        _ entities: [EntityDefinition],
        diagnostics: inout DiagnosticList
    ) -> SlotDraft? {
        var fields = YAMLFields(entry.value, of: "the slot '\(entry.key)'", diagnostics: &diagnostics)
        let word = fields.requiredText("type", &diagnostics)
        let type = word.flatMap { readType($0, &fields, entities, diagnostics: &diagnostics) }
        let draft = SlotDraft(
            name: entry.key,
            type: type ?? .derived(.text),
            title: fields.text("title", &diagnostics) ?? entry.key.replacing("_", with: " "),
            names: fields.texts("names", &diagnostics),
            dependsOn: fields.texts("depends_on", &diagnostics),
            optionsFrom: fields.text("options_from", &diagnostics),
            location: entry.keyLocation,
            fieldLocations: [
                "depends_on": fields.location(of: "depends_on"), "options_from": fields.location(of: "options_from"),
            ]
        )
        fields.finish(&diagnostics)
        if !entry.key.utf8.allSatisfy({ $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }) {
            diagnostics.error("a slot's name is in snake_case: a-z, 0-9 and _", at: entry.keyLocation)
        }
        return type == nil ? nil : draft
    }

    private static func readType(
        _ word: String,
        _ fields: inout YAMLFields,
        _ entities: [EntityDefinition],
        diagnostics: inout DiagnosticList
    ) -> SlotType? {
        let limit = fields.number("limit", in: 1...1_048_576, &diagnostics)
        let options = readOptions(fields.node("options"), diagnostics: &diagnostics)
        switch word {
        case "text": return .entity(.text(limit: limit ?? 2_000), options: [])
        case "choice": return .entity(.choice, options: options)
        case "choices": return .entity(.choices, options: options)
        case "boolean": return .entity(.flag, options: [])
        case "path": return .entity(.path, options: [])
        case "json": return .entity(.json(limit: limit ?? 65_536), options: [])
        case "number":
            let upper = fields.number("max", in: 0...1_000_000_000, &diagnostics) ?? 1_000_000_000
            let lower = fields.number("min", in: 0...upper, &diagnostics) ?? 0
            return .entity(.number(lower...upper), options: [])
        case "derived":
            let shape = fields.text("shape", &diagnostics) ?? "text"
            guard let known = ActionSignature.Shape(rawValue: shape) else {
                diagnostics.error("there is no shape '\(shape)'", at: fields.location(of: "shape"))
                return nil
            }
            return .derived(known)
        default:
            if let entity = entities.first(where: { $0.name == word }) {
                return defined(entity, &fields, diagnostics: &diagnostics)
            }
            let words = EntityDefinition.generalNames + entities.map(\.name)
            let all = "it is one of \(words.joined(separator: ", "))"
            diagnostics.error(
                "there is no slot type '\(word)'" + NearestWord.hint(for: word, among: words, otherwise: all),
                at: fields.location(of: "type")
            )
            return nil
        }
    }

    /// A type that an entity file defines, with the variant that the slot asks for.
    private static func defined(
        _ entity: EntityDefinition,
        _ fields: inout YAMLFields,
        diagnostics: inout DiagnosticList
    ) -> SlotType? {
        guard let field = entity.settingField, let variant = fields.text(field, &diagnostics) else {
            return .entity(entity.type(), options: [])
        }
        guard entity.variants.contains(variant) else {
            let all = "it is one of \(entity.variants.joined(separator: ", "))"
            diagnostics.error(
                "'\(field)' of \(entity.noun) is never '\(variant)'"
                    + NearestWord.hint(for: variant, among: entity.variants, otherwise: all),
                at: fields.location(of: field)
            )
            return nil
        }
        return .entity(entity.type(variant), options: [])
    }

    /// Options are `id: name` lines, or `id:` with `name` and `aliases`.
    private static func readOptions(_ node: YAMLNode?, diagnostics: inout DiagnosticList) -> [ChoiceOption] {
        guard let node else { return [] }
        guard case .mapping(let entries) = node.content else {
            diagnostics.error("'options' is written as 'id: name' lines", at: node.location)
            return []
        }
        return entries.map { entry in
            switch entry.value.content {
            case .scalar(let name): return ChoiceOption(id: entry.key, name: name)
            case .empty: return ChoiceOption(id: entry.key, name: entry.key)
            default:
                var fields = YAMLFields(entry.value, of: "the option '\(entry.key)'", diagnostics: &diagnostics)
                let option = ChoiceOption(
                    id: entry.key,
                    name: fields.text("name", &diagnostics) ?? entry.key,
                    aliases: fields.texts("aliases", &diagnostics)
                )
                fields.finish(&diagnostics)
                return option
            }
        }
    }
}
