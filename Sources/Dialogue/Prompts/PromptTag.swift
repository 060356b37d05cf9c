/// A tag of a template, for checking: what it names and how.
struct PromptTag: Sendable, Hashable {
    /// What a tag does.
    enum Kind: Sendable, Hashable {
        /// `{{name}}`: the value stands here.
        case value
        /// `{{#name}}`: what follows is there where there is a value.
        case section
        /// `{{^name}}`: what follows is there where there is none.
        case inverted
        /// `{{/name}}`.
        case end
    }

    /// What it does.
    let kind: Kind
    /// The name as written; a function around it is taken off.
    let name: String
    /// Whether a function of Mustache's stands around the name, as in `{{uppercased(name)}}`.
    let isTransformed: Bool
    /// Which of all `{{` of the text it is, counted from 0.
    let ordinal: Int

    /// The tags of a template that parses, without comments.
    ///
    /// - Returns: `nil` where the text brings delimiters or blocks of its own, so that its tags cannot be told this way.
    static func scan(_ text: Substring) -> [PromptTag]? {
        var tags: [PromptTag] = []
        var rest = text
        var ordinal = 0
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            var body = rest[open.upperBound..<close.lowerBound]
            rest = rest[close.upperBound...]
            defer { ordinal += 1 + body.ranges(of: "{{").count }
            let kind: Kind
            switch body.first {
            case "#": kind = .section
            case "^": kind = .inverted
            case "/": kind = .end
            case "!", "%", ">": continue
            case "=", "<", "$": return nil
            default: kind = .value
            }
            if kind != .value || body.first == "{" || body.first == "&" { body.removeFirst() }
            let inner = body.lastIndex(of: "(").map { body[body.index(after: $0)...].prefix { $0 != ")" } }
            let name = (inner ?? body).filter { !$0.isWhitespace }
            tags.append(PromptTag(kind: kind, name: String(name), isTransformed: inner != nil, ordinal: ordinal))
        }
        return tags
    }
}
