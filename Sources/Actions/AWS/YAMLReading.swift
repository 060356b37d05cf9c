import Intents
import Yams

/// Reads a YAML data file and collects everything that is wrong with it, each with its place.
struct YAMLReading {
    let file: String
    private(set) var problems: [DataFileError.Problem] = []

    init(file: String) {
        self.file = file
    }

    /// Parses a text into one document.
    ///
    /// - Throws: ``DataFileError`` where it is no YAML or empty.
    func document(_ text: String) throws(DataFileError) -> Node {
        do {
            if let node = try Yams.compose(yaml: text) { return node }
        } catch let error as YamlError {
            throw DataFileError(problems: [problem(of: error)])
        } catch {
            throw DataFileError(problems: [problem(1, 1, "this is no YAML: \(error)")])
        }
        throw DataFileError(problems: [problem(1, 1, "the file is empty")])
    }

    mutating func report(_ message: String, at node: Node) {
        problems.append(problem(node.mark?.line ?? 1, node.mark?.column ?? 1, message))
    }

    /// - Throws: ``DataFileError`` where anything was reported.
    func finish() throws(DataFileError) {
        if !problems.isEmpty { throw DataFileError(problems: problems) }
    }

    /// The fields of a mapping whose keys are among `keys`; reports other keys and what is no mapping.
    mutating func fields(_ node: Node, of what: String, keys: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            report("\(what) must be a mapping with \(listed(keys))", at: node)
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let name) = key, keys.contains(name.string) else {
                report("\(what) has no '\(key.string ?? "?")'; it has \(listed(keys))", at: key)
                continue
            }
            fields[name.string] = value
        }
        return fields
    }

    /// The elements of a sequence; reports what is none.
    mutating func elements(_ node: Node, of what: String) -> [Node] {
        guard case .sequence(let sequence) = node else {
            report("\(what) must be a list", at: node)
            return []
        }
        return Array(sequence)
    }

    /// A text that is not empty; reports a missing one (at `parent`), an empty one, and what is no scalar.
    mutating func text(_ node: Node?, _ what: String, in parent: Node) -> String? {
        guard let node else {
            report("'\(what)' is missing", at: parent)
            return nil
        }
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            report("'\(what)' must be a text", at: node)
            return nil
        }
        return scalar.string
    }

    /// Any value: plain `true`, `false` and whole numbers are what they look like, `null` is absent, and every other
    /// scalar is a text (also `yes`, dates and fractions).
    mutating func value(_ node: Node) -> Value? {
        switch node {
        case .scalar(let scalar): return Self.value(scalar)
        case .sequence(let sequence): return .list(sequence.compactMap { value($0) })
        case .mapping: return record(node, "this").map { .record($0) }
        case .alias:
            report("an alias stands before its anchor", at: node)
            return nil
        }
    }

    /// A mapping with values of any kind.
    mutating func record(_ node: Node, _ what: String) -> [String: Value]? {
        guard case .mapping(let mapping) = node else {
            report("\(what) must be a mapping", at: node)
            return nil
        }
        var record: [String: Value] = [:]
        for (key, node) in mapping {
            guard case .scalar(let name) = key else {
                report("a key must be a text", at: key)
                continue
            }
            record[name.string] = value(node)
        }
        return record
    }

    /// What a plain scalar means; a quoted one is a text.
    static func value(_ scalar: Node.Scalar) -> Value? {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return nil
        case "true": return .flag(true)
        case "false": return .flag(false)
        default:
            let digits = scalar.string.hasPrefix("-") ? scalar.string.dropFirst() : scalar.string[...]
            let isNumber =
                !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && (digits.count == 1 || digits.first != "0")
            if isNumber, let number = Int(scalar.string) { return .number(number) }
            return .text(scalar.string)
        }
    }

    private func problem(of error: YamlError) -> DataFileError.Problem {
        switch error {
        case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
            problem(mark.line, mark.column, text)
        case .duplicatedKeysInMapping(let duplicates, let context):
            problem(
                context.mark.line,
                context.mark.column,
                "a key stands twice: \(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))"
            )
        default:
            problem(1, 1, "this is no YAML: \(error)")
        }
    }

    private func problem(_ line: Int, _ column: Int, _ message: String) -> DataFileError.Problem {
        DataFileError.Problem(file: file, line: line, column: column, message: message)
    }

    private func listed(_ keys: [String]) -> String {
        keys.map { "'\($0)'" }.joined(separator: ", ")
    }
}
