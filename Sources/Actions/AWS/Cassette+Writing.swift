import Foundation
import Intents
import Yams

extension Cassette {
    /// Writes the cassette as YAML that ``init(yaml:file:)`` reads back equal: keys of results sorted, texts of several
    /// lines as blocks, bodies as text where they are text.
    public func yaml() throws -> String {
        let list = Node(exchanges.map(Self.node), .implicit, exchanges.isEmpty ? .flow : .block)
        let root = Node([(Node("exchanges"), list)], .implicit, .block)
        return try Yams.serialize(node: root, indent: 2, width: -1, allowUnicode: true)
    }

    private static func node(_ exchange: AWSExchange) -> Node {
        var pairs: [(Node, Node)] = [
            (Node("service"), node(exchange.service)), (Node("operation"), node(exchange.operation)),
        ]
        if let region = exchange.region { pairs.append((Node("region"), node(region))) }
        if let parameters = exchange.parameters { pairs.append((Node("parameters"), node(.record(parameters)))) }
        switch exchange.answer {
        case .success(let response):
            if response.body.isEmpty || response.result != .record([:]) {
                pairs.append((Node("result"), node(response.result)))
            }
            if !response.body.isEmpty { pairs.append(body(response.body)) }
        case .failure(let failure):
            var fields: [(Node, Node)] = [(Node("kind"), node(failure.kind.rawValue))]
            if let code = failure.code { fields.append((Node("code"), node(code))) }
            if !failure.detail.isEmpty { fields.append((Node("detail"), node(failure.detail))) }
            pairs.append((Node("failure"), Node(fields, .implicit, .block)))
        }
        return Node(pairs, .implicit, .block)
    }

    private static func body(_ bytes: [UInt8]) -> (Node, Node) {
        if let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.allSatisfy(isPlain) {
            return (Node("body"), node(text))
        }
        return (Node("body_base64"), Node(Data(bytes).base64EncodedString(), .implicit, .plain))
    }

    /// Whether a character may stand in a body written as text; a byte order mark must stay visible as bytes.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\t"
            || (scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0xFEFF)
    }

    private static func node(_ value: Value) -> Node {
        switch value {
        case .text(let text): return node(text)
        case .number(let number): return Node(String(number), .implicit, .plain)
        case .flag(let flag): return Node(flag ? "true" : "false", .implicit, .plain)
        case .list(let list): return Node(list.map(node), .implicit, list.isEmpty ? .flow : .block)
        case .record(let record):
            let pairs = record.sorted { $0.key < $1.key }.map { (node($0.key), node($0.value)) }
            return Node(pairs, .implicit, pairs.isEmpty ? .flow : .block)
        }
    }

    /// A text, quoted where a reader of YAML could take it for a number, a date, a flag or nothing.
    private static func node(_ text: String) -> Node {
        if text.contains("\n") { return Node(text, .implicit, .literal) }
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"]
        let first = text.unicodeScalars.first ?? "0"
        let isAmbiguous =
            words.contains(text.lowercased()) || ("0"..."9").contains(first) || "+-.".contains(Character(first))
        return Node(text, .implicit, isAmbiguous ? .doubleQuoted : .any)
    }
}
