internal import Diagnostics
internal import YAMLReading

/// Reads end-to-end tests of Rasa: `test_cases` in YAML, with steps of both styles.
struct RasaReader {
    private let file: String
    private var diagnostics = DiagnosticList()
    private var fileLosses = DiagnosticList()

    static func read(_ text: String, file: String) throws(DiagnosticsError) -> [ConvertedConversation] {
        var reader = RasaReader(file: file)
        var conversations: [ConvertedConversation] = []
        if let root = YAMLNode(text, file: file, diagnostics: &reader.diagnostics) { conversations = reader.read(root) }
        try reader.diagnostics.throwIfErrors()
        return conversations
    }

    private init(file: String) { self.file = file }

    private mutating func read(_ root: YAMLNode) -> [ConvertedConversation] {
        guard case .mapping(let fields) = root.content, let cases = fields.first(where: { $0.key == "test_cases" })
        else {
            diagnostics.error("expected 'test_cases', a list of conversations", at: root.location)
            return []
        }
        for field in fields where field.key != "test_cases" {
            fileLosses.warning("'\(field.key)' is left out: a transcript has no place for it", at: field.keyLocation)
        }
        guard case .sequence(let elements) = cases.value.content, !elements.isEmpty else {
            diagnostics.error("'test_cases' is a list of conversations, at least one", at: cases.keyLocation)
            return []
        }
        var conversations = elements.compactMap { read(case: $0) }
        // What is lost of the file as a whole is said once.
        if !conversations.isEmpty { conversations[0].losses = fileLosses.diagnostics + conversations[0].losses }
        return conversations
    }

    private mutating func read(case node: YAMLNode) -> ConvertedConversation? {
        guard case .mapping(let fields) = node.content else {
            diagnostics.error("a test case is written as 'test_case: NAME' and 'steps:'", at: node.location)
            return nil
        }
        var builder = TranscriptBuilder(file: file)
        var name: String?
        var steps: YAMLNode?
        for field in fields {
            switch field.key {
            case "test_case":
                name = text(field.value, "the name of a test case")
                if let name { builder.name(name) }
            case "steps": steps = field.value
            default:
                builder.lose("'\(field.key)' is left out: a transcript has no place for it", at: field.keyLocation)
            }
        }
        guard let name else {
            if !fields.contains(where: { $0.key == "test_case" }) {
                diagnostics.error("a test case needs 'test_case', its name", at: node.location)
            }
            return nil
        }
        guard case .sequence(let elements)? = steps?.content else {
            diagnostics.error("a test case needs 'steps', a list", at: steps?.location ?? node.location)
            return nil
        }
        for element in elements { RasaStep.read(element, &builder, &diagnostics) }
        return builder.finish(name: name)
    }

    private mutating func text(_ node: YAMLNode, _ what: String) -> String? {
        guard case .scalar(let text) = node.content else {
            diagnostics.error("\(what) is one text", at: node.location)
            return nil
        }
        return text
    }
}
