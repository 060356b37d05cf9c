/// A value of a JSON text with its place: the way that JSON which others wrote is read here.
///
/// It is strict (RFC 8259): no comments, no trailing commas, no key twice, no half of a surrogate pair.
public struct JSONNode: Sendable {
    /// What a value is.
    public enum Content: Sendable {
        /// A text.
        case text(String)
        /// A number, as it is written.
        case number(String)
        /// `true` or `false`.
        case flag(Bool)
        /// `null`.
        case null
        /// Values in an order.
        case list([JSONNode])
        /// Named values in the order of the file.
        case object([Entry])
    }

    /// A key with its value.
    public struct Entry: Sendable {
        /// The key.
        public var key: String
        /// Where the key stands.
        public var keyLocation: Location
        /// The value.
        public var value: JSONNode
    }

    /// What stands here.
    public let content: Content
    /// Where it begins.
    public let location: Location

    init(content: Content, location: Location) {
        self.content = content
        self.location = location
    }

    /// Reads a JSON text; `nil` where it is none.
    ///
    /// - Parameters:
    ///   - text: The whole text; a byte order mark is taken off.
    ///   - file: The file's path, for diagnostics.
    ///   - line: The line of the file that the text begins at, from 1.
    ///   - diagnostics: Takes the first thing that is wrong, with its place.
    /// - Complexity: O(length).
    public init?(_ text: String, file: String, line: Int = 1, diagnostics: inout DiagnosticList) {
        var reader = JSONReader(text, file: file, line: line)
        do {
            self = try reader.document()
        } catch {
            diagnostics.error(error.message, at: error.location)
            return nil
        }
    }

    /// The value of a key, where this is an object that has it.
    public subscript(key: String) -> JSONNode? {
        guard case .object(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text, where this is one.
    public var text: String? { if case .text(let text) = content { text } else { nil } }

    /// The elements, where this is a list.
    public var elements: [JSONNode]? { if case .list(let elements) = content { elements } else { nil } }

    /// Whether there is nothing in it: `null`, or an empty text, list or object.
    public var isEmpty: Bool {
        switch content {
        case .null: true
        case .text(let text): text.isEmpty
        case .list(let elements): elements.isEmpty
        case .object(let entries): entries.isEmpty
        case .number, .flag: false
        }
    }

    /// What kind of value it is, with its article, for messages.
    public var kind: String {
        switch content {
        case .text: "a text"
        case .number: "a number"
        case .flag: "true or false"
        case .null: "null"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
