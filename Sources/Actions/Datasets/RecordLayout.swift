/// How records stand in a text.
package enum RecordLayout: Sendable, Hashable {
    /// One on each line: JSON Lines, the layout that evaluation takes.
    case lines
    /// As the elements of one JSON array.
    case array
    /// One after another, over several lines each.
    case spread
}

/// What the first bytes of a dataset tell about it.
///
/// - Note: Sources of the magic numbers: RFC 1952 (gzip), RFC 8878 (Zstandard), the formats' own specifications (ZIP,
///   bzip2, xz, Parquet). That JSON Lines has no byte order mark: jsonlines.org.
struct DatasetHead: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Nothing but white space.
        case empty
        /// Compressed, by this program.
        case compressed(String)
        /// Not UTF-8 text; what it is instead, where that is known.
        case notText(String)
        /// Text with records.
        case text(RecordLayout)
    }

    let kind: Kind
    /// Whether the text begins with U+FEFF.
    let hasByteOrderMark: Bool
    /// Whether the first lines look like a table with commas, semicolons or tabs.
    let looksLikeTable: Bool

    /// Looks at the first bytes.
    ///
    /// - Parameters:
    ///   - bytes: The beginning; a character or a record may be cut at the end.
    ///   - isWhole: Whether there is nothing after them.
    init(_ bytes: [UInt8], isWhole: Bool) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        hasByteOrderMark = bytes.starts(with: mark)
        let start = hasByteOrderMark ? 3 : 0
        let first = bytes[start...].firstIndex { !Self.isSpace($0) }
        if let name = Self.compression(of: bytes) {
            kind = .compressed(name)
        } else if let reason = Self.reasonNotText(bytes, from: first ?? start, isWhole: isWhole) {
            kind = .notText(reason)
        } else if let first {
            kind = .text(Self.layout(of: bytes, from: first, isWhole: isWhole))
        } else {
            kind = .empty
        }
        looksLikeTable = first.map { Self.looksLikeTable(bytes[$0...]) } ?? false
    }

    /// White space of JSON.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func compression(of bytes: [UInt8]) -> String? {
        let magic: [(String, [UInt8])] = [
            ("gzip", [0x1F, 0x8B]), ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD]), ("ZIP", [0x50, 0x4B, 0x03, 0x04]),
            ("bzip2", [0x42, 0x5A, 0x68]), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        ]
        return magic.first { bytes.starts(with: $0.1) }?.0
    }

    private static func reasonNotText(_ bytes: [UInt8], from first: Int, isWhole: Bool) -> String? {
        if bytes.starts(with: Array("PAR1".utf8)) { return "Parquet" }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16 text" }
        let sample = bytes.prefix(1 << 16)
        if sample.contains(0) { return "binary data or UTF-16 text" }
        // One wrong line among others is a problem of that line; a wrong first line is another encoding.
        let end = bytes[first...].firstIndex(of: 0x0A)
        var line = bytes[first..<(end ?? bytes.endIndex)]
        if end == nil, !isWhole { line = line.dropLast(cutCharacterLength(of: line)) }
        return String(validating: line, as: UTF8.self) == nil ? "text in another encoding than UTF-8" : nil
    }

    /// How many bytes at the end are the beginning of a character whose rest is missing.
    private static func cutCharacterLength(of bytes: ArraySlice<UInt8>) -> Int {
        for length in 1...3 where bytes.count >= length {
            let byte = bytes[bytes.endIndex - length]
            if byte & 0xC0 == 0x80 { continue }
            let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return needed > length ? length : 0
        }
        return 0
    }

    private static func layout(of bytes: [UInt8], from first: Int, isWhole: Bool) -> RecordLayout {
        guard bytes[first] == UInt8(ascii: "[") || bytes[first] == UInt8(ascii: "{") else { return .lines }
        let newline = bytes[first...].firstIndex(of: 0x0A)
        let hasMore = newline.map { bytes[$0...].contains { !isSpace($0) } } ?? false
        guard let newline, hasMore else {
            return bytes[first] == UInt8(ascii: "[") ? .array : .lines
        }
        if (try? JSONParser.parse(bytes, in: first..<newline)) != nil { return .lines }
        if bytes[first] == UInt8(ascii: "[") { return .array }
        do throws(JSONError) {
            // A value that goes on over the end of the first line.
            return try JSONParser.endOfFirstValue(bytes, from: first) > newline ? .spread : .lines
        } catch {
            return error.isCut && !isWhole ? .spread : .lines
        }
    }

    private static func looksLikeTable(_ bytes: ArraySlice<UInt8>) -> Bool {
        let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: true).prefix(2)
        guard lines.count == 2, let first = lines.first, let last = lines.last else { return false }
        guard let byte = first.first, byte != UInt8(ascii: "{"), byte != UInt8(ascii: "[") else { return false }
        return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains { separator in
            let columns = first.count { $0 == separator }
            return columns > 0 && last.count { $0 == separator } >= columns
        }
    }
}
