/// Reads a mapping field by field, and reports what is missing, of the wrong kind, or not a field at all.
///
/// ```swift
/// var fields = YAMLFields(node, of: "a rule", diagnostics: &diagnostics)
/// let name = fields.requiredText("name", &diagnostics)
/// fields.finish(&diagnostics)      // every field that nobody asked for is an error, with the nearest known one
/// ```
public struct YAMLFields: Sendable {
    /// Where the mapping begins.
    public let location: Location
    private let owner: String
    private var entries: [String: YAMLNode.Entry] = [:]
    private var order: [String] = []
    private var asked: Set<String> = []

    /// Begins to read a mapping; anything else is reported and read as one without fields.
    ///
    /// - Parameters:
    ///   - node: What should be a mapping.
    ///   - owner: What it describes, with an article, e.g. `a step`; used in messages.
    ///   - diagnostics: Takes what is wrong.
    public init(_ node: YAMLNode, of owner: String, diagnostics: inout DiagnosticList) {
        location = node.location
        self.owner = owner
        guard case .mapping(let entries) = node.content else {
            if case .empty = node.content { return }
            diagnostics.error("\(owner) is written as 'key: value' lines", at: node.location)
            return
        }
        for entry in entries {
            self.entries[entry.key] = entry
            order.append(entry.key)
        }
    }

    /// Begins to read a mapping; `nil` for anything else, which is reported.
    ///
    /// - Parameters:
    ///   - node: What should be a mapping.
    ///   - owner: What it describes, with an article, e.g. `a step`; used in messages.
    ///   - diagnostics: Takes what is wrong.
    public init?(mapping node: YAMLNode, of owner: String, diagnostics: inout DiagnosticList) {
        guard case .mapping = node.content else {
            diagnostics.error("\(owner) is written as 'key: value' lines", at: node.location)
            return nil
        }
        self.init(node, of: owner, diagnostics: &diagnostics)
    }

    /// The fields' names in the order of the file.
    public var names: [String] { order }

    /// Where a field's key stands; the mapping's own place where it is missing.
    public func location(of name: String) -> Location { entries[name]?.keyLocation ?? location }

    /// The node of a field, if it is there and not empty.
    public mutating func node(_ name: String) -> YAMLNode? {
        asked.insert(name)
        guard let entry = entries[name] else { return nil }
        if case .empty = entry.value.content { return nil }
        return entry.value
    }

    /// Whether a field is there, even with nothing after its colon.
    public mutating func has(_ name: String) -> Bool {
        asked.insert(name)
        return entries[name] != nil
    }

    /// The text of a field that may be missing.
    public mutating func text(_ name: String, _ diagnostics: inout DiagnosticList) -> String? {
        guard let node = node(name) else { return nil }
        guard case .scalar(let text) = node.content else {
            diagnostics.error("'\(name)' of \(owner) is one text", at: node.location)
            return nil
        }
        return text
    }

    /// The node of a field that must be there and not empty.
    public mutating func requiredNode(_ name: String, _ diagnostics: inout DiagnosticList) -> YAMLNode? {
        guard has(name) else {
            diagnostics.error("\(owner) needs '\(name)'", at: location)
            return nil
        }
        guard let node = node(name) else {
            diagnostics.error("'\(name)' of \(owner) is empty", at: location(of: name))
            return nil
        }
        return node
    }

    /// The text of a field that must be there and not empty.
    public mutating func requiredText(_ name: String, _ diagnostics: inout DiagnosticList) -> String? {
        guard requiredNode(name, &diagnostics) != nil else { return nil }
        let text = text(name, &diagnostics)
        guard text != "" else {
            diagnostics.error("'\(name)' of \(owner) is empty", at: location(of: name))
            return nil
        }
        return text
    }

    /// The elements of a field that must be there and be a list, which may be empty.
    public mutating func requiredList(_ name: String, _ diagnostics: inout DiagnosticList) -> [YAMLNode] {
        guard let node = requiredNode(name, &diagnostics) else { return [] }
        guard case .sequence(let elements) = node.content else {
            diagnostics.error("'\(name)' of \(owner) is a list", at: node.location)
            return []
        }
        return elements
    }

    /// The texts of a field that holds a list or one text; empty where it is missing.
    public mutating func texts(_ name: String, _ diagnostics: inout DiagnosticList) -> [String] {
        guard let node = node(name) else { return [] }
        return node.texts(as: "'\(name)' of \(owner)", &diagnostics)
    }

    /// A yes or no; `false` where it is missing.
    public mutating func flag(_ name: String, _ diagnostics: inout DiagnosticList) -> Bool {
        guard let text = text(name, &diagnostics) else { return false }
        switch text {
        case "true", "yes": return true
        case "false", "no": return false
        default:
            diagnostics.error("'\(name)' of \(owner) is true or false, not '\(text)'", at: location(of: name))
            return false
        }
    }

    /// A whole number of a range.
    public mutating func number(
        _ name: String,
        in range: ClosedRange<Int>,
        _ diagnostics: inout DiagnosticList
    ) -> Int? {
        guard let text = text(name, &diagnostics) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            diagnostics.error(
                "'\(name)' of \(owner) is a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'",
                at: location(of: name)
            )
            return nil
        }
        return number
    }

    /// Reports every field that nobody asked for, with the nearest one that would have been understood.
    public func finish(_ diagnostics: inout DiagnosticList) {
        for name in order where !asked.contains(name) {
            let all = "it may have: \(asked.sorted().joined(separator: ", "))"
            diagnostics.error(
                "\(owner) has no field '\(name)'" + NearestWord.hint(for: name, among: asked, otherwise: all),
                at: location(of: name)
            )
        }
    }
}

extension YAMLNode {
    /// The texts of a list, or of a single text.
    public func texts(as what: String, _ diagnostics: inout DiagnosticList) -> [String] {
        switch content {
        case .empty: return []
        case .scalar(let text): return [text]
        case .sequence(let elements):
            return elements.compactMap { element in
                guard case .scalar(let text) = element.content else {
                    diagnostics.error("\(what) is a list of texts", at: element.location)
                    return nil
                }
                return text
            }
        case .mapping:
            diagnostics.error("\(what) is a list of texts", at: location)
            return []
        }
    }

    /// The elements of a list; one element where it is not a list; none where it is empty.
    public var elements: [YAMLNode] {
        switch content {
        case .empty: []
        case .sequence(let elements): elements
        default: [self]
        }
    }
}
