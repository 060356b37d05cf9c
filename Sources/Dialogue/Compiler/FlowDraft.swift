internal import Diagnostics
internal import Intents
internal import YAMLReading

/// A flow file as written: names not yet linked to what they name.
struct FlowDraft {
    var name: String
    var title: String
    var location: Location
    /// The folders whose entity types and prompts it uses, with the place where it says so.
    var uses: [(folder: String, location: Location)] = []
    var slotsNode: YAMLNode?
    var slots: [SlotDraft] = []
    var steps: [StepDraft] = []
    /// Rules for the replies that ask for this flow.
    var startsOn: [RuleFile.Draft] = []
    /// Names for several outcomes together, such as every way an AWS call can fail.
    var outcomeGroups: [String: [String]] = [:]

    /// Reads a flow file.
    init?(_ text: String, file: String, diagnostics: inout DiagnosticList) {
        guard let root = YAMLNode(text, file: file, diagnostics: &diagnostics) else { return nil }
        var fields = YAMLFields(root, of: "a flow", diagnostics: &diagnostics)
        guard let name = fields.requiredText("flow", &diagnostics) else { return nil }
        self.name = name
        title = fields.text("title", &diagnostics) ?? name.replacing("-", with: " ")
        location = fields.location(of: "flow")
        _ = fields.text("description", &diagnostics)
        for element in fields.node("starts_on")?.elements ?? [] {
            if let rule = RuleFile.Draft(element, intent: "start", diagnostics: &diagnostics) { startsOn.append(rule) }
        }
        uses = (fields.node("uses")?.elements ?? []).flatMap { element in
            element.texts(as: "'uses' of a flow", &diagnostics).map { ($0, element.location) }
        }
        slotsNode = fields.node("slots")
        if let node = fields.node("outcome_groups"), case .mapping(let entries) = node.content {
            for entry in entries {
                outcomeGroups[entry.key] = entry.value.texts(as: "an outcome group", &diagnostics)
            }
        }
        if let node = fields.node("steps") {
            for element in node.elements {
                if let step = StepDraft(element, diagnostics: &diagnostics) { steps.append(step) }
            }
        } else {
            diagnostics.error("a flow needs 'steps'", at: root.location)
        }
        fields.finish(&diagnostics)
    }
}

/// A step as written.
struct StepDraft {
    /// What kind of step it is: the field that says so.
    enum Kind: String, CaseIterable {
        case collect, confirm, gate, action, call, say, set, clear, end
    }

    var id: String
    var kind: Kind
    var location: Location
    var fields: YAMLFields
    /// The name that the kind's own field holds, where it holds one.
    var subject: String?

    init?(_ node: YAMLNode, diagnostics: inout DiagnosticList) {
        var fields = YAMLFields(node, of: "a step", diagnostics: &diagnostics)
        let kinds = Kind.allCases.filter { fields.has($0.rawValue) && !($0 == .clear && fields.has("set")) }
        guard let kind = kinds.first, kinds.count == 1 || Set(kinds) == [.set, .clear] else {
            let words = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            let message =
                kinds.isEmpty
                ? "a step needs one of: \(words)"
                : "a step is one thing; this one is \(kinds.map(\.rawValue).joined(separator: " and "))"
            if kinds.isEmpty, let odd = fields.names.first(where: { $0 != "id" && $0 != "if" }),
                let nearest = NearestWord.suggest(for: odd, among: Kind.allCases.map(\.rawValue))
            {
                diagnostics.error(
                    "a step has no field '\(odd)'; did you mean '\(nearest)'?",
                    at: fields.location(of: odd)
                )
            } else {
                diagnostics.error(message, at: node.location)
            }
            return nil
        }
        self.kind = kind
        location = node.location
        if let subjectNode = fields.node(kind.rawValue), case .scalar(let subject) = subjectNode.content {
            self.subject = subject
        }
        guard let id = fields.text("id", &diagnostics) ?? subject else {
            diagnostics.error("this step needs an 'id'", at: node.location)
            return nil
        }
        self.id = id
        self.fields = fields
    }
}
