internal import Diagnostics
internal import HTTPTypes
internal import Hummingbird
internal import Intents

/// The fields of a body that is a JSON object; all mistakes are told at once.
struct RequestFields {
    private let entries: [JSONNode.Entry]
    private var mistakes: [Problem.Mistake] = []
    /// The fields that were asked for: a few.
    private var known: [String] = []

    /// Reads the body of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - limit: How many bytes there may be.
    ///   - time: How long they may take to arrive.
    /// - Throws: ``Problem``.
    init(_ request: Request, limit: Int, time: Duration) async throws {
        guard request.headers.hasMediaType(.applicationJson) else { throw Problem.wrongMediaType }
        guard let text = String(validating: try await request.bytes(upTo: limit, within: time), as: UTF8.self) else {
            throw Problem.badRequest("the body is not text in UTF-8")
        }
        var diagnostics = DiagnosticList()
        guard let node = JSONNode(text, file: "body", diagnostics: &diagnostics) else {
            let reason = diagnostics.diagnostics.first.map { " (line \($0.location.line): \($0.message))" } ?? ""
            throw Problem.badRequest("the body is not JSON" + reason)
        }
        guard case .object(let entries) = node.content else {
            throw Problem.badRequest("the body is not a JSON object")
        }
        self.entries = entries
    }

    /// A text, or `nil` where there is none.
    mutating func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        if node.text == nil { add(key, "this must be a text") }
        return node.text
    }

    /// A text that must be there.
    mutating func requiredText(_ key: String) -> String {
        if node(key) == nil { add(key, "this is missing") }
        return text(key) ?? ""
    }

    /// Named values; empty where there are none.
    mutating func values(_ key: String) -> [String: Value] {
        guard let node = node(key) else { return [:] }
        guard case .object(let entries) = node.content else {
            add(key, "this must be an object")
            return [:]
        }
        var values: [String: Value] = [:]
        for entry in entries {
            if let value = Value(entry.value) {
                values[entry.key] = value
            } else {
                add(key, "'\(entry.key)' must be a text, a whole number, true, false, or a list or object of these")
            }
        }
        return values
    }

    /// Tells all that was wrong.
    ///
    /// - Throws: ``Problem``.
    consuming func finish() throws {
        for entry in entries where !known.contains(entry.key) { add(entry.key, "there is no such field") }
        guard mistakes.isEmpty else { throw Problem.badRequest("the body has mistakes", mistakes: mistakes) }
    }

    private mutating func node(_ key: String) -> JSONNode? {
        known.append(key)
        guard let node = entries.first(where: { $0.key == key })?.value else { return nil }
        if case .null = node.content { return nil }
        return node
    }

    private mutating func add(_ key: String, _ detail: String) {
        let escaped = key.replacing("~", with: "~0").replacing("/", with: "~1")
        let mistake = Problem.Mistake(pointer: "/" + escaped, detail: detail)
        if !mistakes.contains(mistake) { mistakes.append(mistake) }
    }
}

extension Value {
    /// What a JSON value says; `nil` for `null` and for numbers that are not whole.
    fileprivate init?(_ node: JSONNode) {
        switch node.content {
        case .text(let text): self = .text(text)
        case .number(let digits):
            guard let number = Int(digits) else { return nil }
            self = .number(number)
        case .flag(let flag): self = .flag(flag)
        case .null: return nil
        case .list(let nodes):
            var list: [Value] = []
            for node in nodes {
                guard let value = Value(node) else { return nil }
                list.append(value)
            }
            self = .list(list)
        case .object(let entries):
            var record: [String: Value] = [:]
            for entry in entries {
                guard let value = Value(entry.value) else { return nil }
                record[entry.key] = value
            }
            self = .record(record)
        }
    }
}
