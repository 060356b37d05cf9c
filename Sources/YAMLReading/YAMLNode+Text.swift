public import Diagnostics
internal import Yams

extension YAMLNode {
    /// Reads a YAML text; `nil` where it is not YAML or is empty.
    ///
    /// - Parameters:
    ///   - text: The whole file; a byte order mark is taken off.
    ///   - file: Its path, for diagnostics.
    ///   - diagnostics: Takes syntax errors, with their place.
    public init?(_ text: String, file: String, diagnostics: inout DiagnosticList) {
        do {
            // The basic resolver gives no scalar a type: none is wanted here, and finding it out costs a regular
            // expression for each.
            let parser = try Parser(yaml: text, resolver: .basic)
            guard let node = try parser.singleRoot() else {
                diagnostics.error("the file is empty", at: Location(file: file, line: 1, column: 1))
                return nil
            }
            // The parser owns the anchors of its nodes.
            let converted = withExtendedLifetime(parser) {
                YAMLNode(node, file: file, depth: 0, diagnostics: &diagnostics)
            }
            guard let converted else { return nil }
            self = converted
        } catch let error as YamlError {
            let (message, mark) = Self.explain(error)
            diagnostics.error(
                "not valid YAML: \(message)",
                at: Location(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
            )
            return nil
        } catch {
            diagnostics.error("not valid YAML: \(error)", at: Location(file: file, line: 1, column: 1))
            return nil
        }
    }

    private static let maximumDepth = 64

    private init?(_ node: Node, file: String, depth: Int, diagnostics: inout DiagnosticList) {
        let location = Location(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        guard depth < Self.maximumDepth else {
            diagnostics.error("nested deeper than \(Self.maximumDepth) levels", at: location)
            return nil
        }
        guard !Self.isAnchored(node, at: location, &diagnostics) else { return nil }
        let isPlain = node.scalar.map { $0.style == .plain || $0.style == .any } ?? false
        let content: Content
        switch node {
        case .scalar(let scalar):
            content = isPlain && ["", "~", "null"].contains(scalar.string) ? .empty : .scalar(scalar.string)
        case .sequence(let sequence):
            var elements: [YAMLNode] = []
            for element in sequence {
                guard
                    let converted = YAMLNode(element, file: file, depth: depth + 1, diagnostics: &diagnostics)
                else { return nil }
                elements.append(converted)
            }
            content = .sequence(elements)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                let place = Location(file: file, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
                guard !Self.isAnchored(key, at: place, &diagnostics) else { return nil }
                guard case .scalar(let name) = key else {
                    diagnostics.error("a key must be a word, not a list or a mapping", at: place)
                    return nil
                }
                guard
                    let converted = YAMLNode(value, file: file, depth: depth + 1, diagnostics: &diagnostics)
                else { return nil }
                entries.append(Entry(key: name.string, keyLocation: place, value: converted))
            }
            content = .mapping(entries)
        case .alias:
            // Only documents that are made for writing have these.
            return nil
        }
        self.init(content: content, location: location, isPlain: isPlain)
    }

    /// Whether a node has an anchor, which is an error.
    ///
    /// An alias comes as its anchor's whole node, so a few lines of aliases can stand for billions.
    private static func isAnchored(_ node: Node, at location: Location, _ diagnostics: inout DiagnosticList) -> Bool {
        guard node.anchor != nil else { return false }
        diagnostics.error(
            "anchors (&name) and aliases (*name) are not supported here; write the value out",
            at: location
        )
        return true
    }

    private static func explain(_ error: YamlError) -> (String, Mark?) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            (context.map { "\($0.text.trimmedContext), \(problem)" } ?? problem, mark)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (
                "the mapping that begins here has a key twice: \(duplicates.sorted().joined(separator: ", "))",
                context.mark
            )
        default:
            ("\(error)", nil)
        }
    }
}

extension String {
    fileprivate var trimmedContext: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace || last == ":" { text.removeLast() }
        return String(text)
    }
}
