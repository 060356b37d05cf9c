public import Diagnostics

/// What may stand before a table of labelled replies: fields, one a line, and remarks.
///
/// ```text
/// # What opens a gate, and what does not.
/// question: gate
/// ```
///
/// A line with a tab ends it: that one names the columns.
public struct PhrasingHeader: Sendable, Hashable {
    /// A line `name: value`.
    public struct Field: Sendable, Hashable {
        /// What stands before the colon.
        public var name: String
        /// What stands behind it, without white space around it.
        public var value: String
        /// Where the line is.
        public var location: Location
    }

    /// The fields in their order.
    public let fields: [Field]
    /// How many lines it has, remarks and empty ones too.
    public let lineCount: Int

    /// Reads what stands before the table.
    ///
    /// - Parameters:
    ///   - table: The file's text.
    ///   - file: Its path, for places.
    public init(_ table: String, file: String) {
        var fields: [Field] = []
        var count = 0
        for line in table.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if !line.isBlank, line.first != UInt8(ascii: "#") {
                guard !line.contains(UInt8(ascii: "\t")), let colon = line.firstIndex(of: UInt8(ascii: ":"))
                else { break }
                fields.append(
                    Field(
                        name: String(Substring(line[..<colon])),
                        value: String(Substring(line[line.index(after: colon)...].trimmed)),
                        location: Location(file: file, line: count + 1, column: 1)
                    )
                )
            }
            count += 1
        }
        self.fields = fields
        lineCount = count
    }
}

extension Substring.UTF8View {
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// Whether there is nothing but white space.
    var isBlank: Bool { allSatisfy(Self.isSpace) }

    /// The same without white space at both ends.
    fileprivate var trimmed: Substring.UTF8View {
        guard let start = firstIndex(where: { !Self.isSpace($0) }), let end = lastIndex(where: { !Self.isSpace($0) })
        else { return self[endIndex...] }
        return self[start...end]
    }
}
