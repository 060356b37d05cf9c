public import Diagnostics
internal import Foundation
internal import Intents
internal import YAMLReading

extension Cassette {
    /// Reads a cassette file.
    ///
    /// - Parameters:
    ///   - yaml: The text of the file.
    ///   - file: The file's name, for messages.
    /// - Throws: ``DiagnosticsError`` with everything that is wrong, each at its line and column.
    public init(yaml: String, file: String) throws(DiagnosticsError) {
        var diagnostics = DiagnosticList()
        var exchanges: [AWSExchange] = []
        if let root = YAMLNode(yaml, file: file, diagnostics: &diagnostics) {
            var fields = YAMLFields(root, of: "a cassette", diagnostics: &diagnostics)
            for element in fields.requiredList("exchanges", &diagnostics) {
                if let exchange = AWSExchange(element, &diagnostics) { exchanges.append(exchange) }
            }
            fields.finish(&diagnostics)
        }
        try diagnostics.throwIfErrors()
        self.init(exchanges: exchanges)
    }
}

extension AWSExchange {
    fileprivate init?(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        guard var fields = YAMLFields(mapping: node, of: "an exchange", diagnostics: &diagnostics) else { return nil }
        let service = fields.requiredText("service", &diagnostics)
        let operation = fields.requiredText("operation", &diagnostics)
        let region = fields.text("region", &diagnostics)
        let parameters = Self.parameters(&fields, &diagnostics)
        let answer = Self.answer(&fields, &diagnostics)
        fields.finish(&diagnostics)
        guard let service, let operation, let answer else { return nil }
        self.init(service, operation, region: region, parameters: parameters, answer: answer)
    }

    private static func parameters(
        _ fields: inout YAMLFields,
        _ diagnostics: inout DiagnosticList
    ) -> [String: Value]? {
        guard let node = fields.node("parameters") else { return nil }
        guard case .mapping(let entries) = node.content else {
            diagnostics.error("'parameters' of an exchange is written as 'key: value' lines", at: node.location)
            return nil
        }
        return Value.record(entries)
    }

    private static func answer(
        _ fields: inout YAMLFields,
        _ diagnostics: inout DiagnosticList
    ) -> Result<AWSResponse, AWSFailure>? {
        let answers = ["result", "body", "body_base64"].filter { fields.has($0) }
        let body = body(&fields, &diagnostics)
        let result = fields.node("result").flatMap { Value($0) }
        switch (fields.has("failure"), answers.isEmpty) {
        case (true, true):
            return failure(fields.requiredNode("failure", &diagnostics), &diagnostics).map { .failure($0) }
        case (false, false):
            return .success(AWSResponse(result: result ?? .record([:]), body: body))
        case (true, false):
            diagnostics.error(
                "an exchange has either 'failure' or an answer ('result', 'body', 'body_base64'), not both",
                at: fields.location
            )
        case (false, true):
            diagnostics.error(
                "an exchange needs one of 'result', 'failure', 'body', 'body_base64'",
                at: fields.location
            )
        }
        return nil
    }

    private static func body(_ fields: inout YAMLFields, _ diagnostics: inout DiagnosticList) -> [UInt8] {
        guard let node = fields.node("body_base64") else {
            return Array((fields.text("body", &diagnostics) ?? "").utf8)
        }
        if fields.has("body") {
            diagnostics.error("an exchange has either 'body' or 'body_base64', not both", at: node.location)
        }
        guard case .scalar(let text) = node.content,
            let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
        else {
            diagnostics.error("'body_base64' is not base64", at: node.location)
            return []
        }
        return Array(data)
    }

    private static func failure(_ node: YAMLNode?, _ diagnostics: inout DiagnosticList) -> AWSFailure? {
        guard let node else { return nil }
        guard var fields = YAMLFields(mapping: node, of: "a failure", diagnostics: &diagnostics) else { return nil }
        let name = fields.requiredText("kind", &diagnostics)
        let code = fields.text("code", &diagnostics)
        let detail = fields.text("detail", &diagnostics)
        let place = fields.node("kind")?.location ?? node.location
        fields.finish(&diagnostics)
        guard let name else { return nil }
        guard let kind = AWSFailure.Kind(rawValue: name) else {
            let kinds = AWSFailure.Kind.allCases.map(\.rawValue)
            let all = "it is one of \(kinds.joined(separator: ", "))"
            diagnostics.error(
                "there is no kind of failure '\(name)'" + NearestWord.hint(for: name, among: kinds, otherwise: all),
                at: place
            )
            return nil
        }
        return AWSFailure(kind, code: code, detail: detail ?? "")
    }
}
