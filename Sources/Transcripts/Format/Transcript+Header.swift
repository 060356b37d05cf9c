extension Transcript {
    /// The header fields that mean something.
    static let fields = ["flow", "entry", "aws", "workspace", "offline", "tags", "var"]
    /// The fields that an included file hands on to the one that includes it, where that has none of its own.
    static let inheritedFields = ["flow", "entry", "aws", "workspace", "offline"]
    /// The fields of these that hold paths.
    static let pathFields = ["aws", "workspace"]

    /// A header field's value, or `nil` where it is missing.
    ///
    /// What is missing here comes from the files that are included, paths made relative to this file.
    public func field(_ name: String) -> String? {
        for line in header {
            if let field = line.field, field.name == name { return field.value }
        }
        return inherited[name]
    }

    /// The line of a header field, from 1; 1 where it is missing here.
    public func line(ofField name: String) -> Int {
        header.first { $0.field.map { $0.name == name } ?? false }?.number ?? 1
    }

    /// A header field's values, separated by commas.
    public func list(_ name: String) -> [String] {
        (field(name) ?? "").utf8Split(UInt8(ascii: ",")).map { String($0.spaceTrimmed) }.filter { !$0.isEmpty }
    }

    /// The words that it is chosen by.
    public var tags: [String] { list("tags") }
}

extension Transcript.Line {
    /// The line's name and value, where it is a field: `name: value`.
    var field: (name: Substring, value: String)? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return nil }
        let name = text[..<colon]
        let isName = name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "-" || $0 == "_" }
        guard isName else { return nil }
        return (name, String(text[text.utf8.index(after: colon)...].spaceTrimmed))
    }
}
