import Foundation
import Intents
import Yams

extension Cassette {
    /// Reads a cassette file.
    ///
    /// - Parameters:
    ///   - yaml: The text of the file.
    ///   - file: The file's name, for messages.
    /// - Throws: ``DataFileError`` with every problem, each at its line and column.
    public init(yaml: String, file: String) throws(DataFileError) {
        var reading = YAMLReading(file: file)
        let root = try reading.document(yaml)
        var exchanges: [AWSExchange] = []
        if let fields = reading.fields(root, of: "a cassette", keys: ["exchanges"]) {
            if let list = fields["exchanges"] {
                exchanges = reading.elements(list, of: "'exchanges'").compactMap { reading.exchange($0) }
            } else {
                reading.report("'exchanges' is missing", at: root)
            }
        }
        try reading.finish()
        self.init(exchanges: exchanges)
    }
}

extension YAMLReading {
    fileprivate mutating func exchange(_ node: Node) -> AWSExchange? {
        let keys = ["service", "operation", "region", "parameters", "result", "failure", "body", "body_base64"]
        guard let fields = fields(node, of: "an exchange", keys: keys) else { return nil }
        let service = text(fields["service"], "service", in: node)
        let operation = text(fields["operation"], "operation", in: node)
        let region = fields["region"].flatMap { text($0, "region", in: node) }
        let parameters = fields["parameters"].flatMap { record($0, "'parameters'") }
        guard let answer = answer(fields, in: node), let service, let operation else { return nil }
        return AWSExchange(service, operation, region: region, parameters: parameters, answer: answer)
    }

    private mutating func answer(_ fields: [String: Node], in node: Node) -> Result<AWSResponse, AWSFailure>? {
        let body = body(fields)
        let result = fields["result"].flatMap { value($0) }
        let isSuccess = fields["result"] != nil || fields["body"] != nil || fields["body_base64"] != nil
        switch (fields["failure"], isSuccess) {
        case (let failing?, false):
            return failure(failing).map { .failure($0) }
        case (nil, true):
            return .success(AWSResponse(result: result ?? .record([:]), body: body))
        case (_?, true):
            report(
                "an exchange has either 'failure' or an answer ('result', 'body', 'body_base64'), not both",
                at: node
            )
            return nil
        case (nil, false):
            report("an exchange needs one of 'result', 'failure', 'body', 'body_base64'", at: node)
            return nil
        }
    }

    private mutating func body(_ fields: [String: Node]) -> [UInt8] {
        if let node = fields["body_base64"] {
            if fields["body"] != nil { report("only one of 'body' and 'body_base64' may be given", at: node) }
            guard case .scalar(let scalar) = node,
                let data = Data(base64Encoded: scalar.string, options: .ignoreUnknownCharacters)
            else {
                report("'body_base64' must be base64", at: node)
                return []
            }
            return Array(data)
        }
        guard let node = fields["body"] else { return [] }
        guard case .scalar(let scalar) = node else {
            report("'body' must be a text", at: node)
            return []
        }
        return Array(scalar.string.utf8)
    }

    private mutating func failure(_ node: Node) -> AWSFailure? {
        guard let fields = fields(node, of: "'failure'", keys: ["kind", "code", "detail"]),
            let name = text(fields["kind"], "kind", in: node)
        else { return nil }
        let code = fields["code"].flatMap { text($0, "code", in: node) }
        let detail = fields["detail"].flatMap { text($0, "detail", in: node) }
        guard let kind = AWSFailure.Kind(rawValue: name) else {
            let kinds = AWSFailure.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            report("there is no kind of failure '\(name)'; there are \(kinds)", at: fields["kind"] ?? node)
            return nil
        }
        return AWSFailure(kind, code: code, detail: detail ?? "")
    }
}
