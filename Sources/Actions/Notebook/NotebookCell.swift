/// One cell of a notebook that is written.
struct NotebookCell: Sendable, Hashable {
    enum Kind: String, Sendable {
        case markdown, code
    }

    var kind: Kind
    /// Its text, without a newline at the end.
    var source: String

    /// The cell in the notebook format.
    ///
    /// - Parameter id: Its identifier, for formats from 4.5 on; earlier ones forbid it.
    /// - Returns: An object with exactly the keys that the format's schema requires.
    func json(id: String?) -> JSON {
        var members = [JSON.Member("cell_type", .string(kind.rawValue))]
        if kind == .code { members.append(JSON.Member("execution_count", .null)) }
        if let id { members.append(JSON.Member("id", .string(id))) }
        members.append(JSON.Member("metadata", [:]))
        if kind == .code { members.append(JSON.Member("outputs", [])) }
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        let sourceLines = lines.enumerated().map { index, line in
            JSON.string(index == lines.count - 1 ? String(line) : line + "\n")
        }
        members.append(JSON.Member("source", .array(sourceLines)))
        return .object(members)
    }

    /// Whether a cell of a file has this kind and text, whatever its identifier, metadata and outputs are.
    ///
    /// - Note: Source: nbformat 4 schema, `multiline_string`: a text, or a list of texts that are joined.
    func isWritten(in cell: JSON) -> Bool {
        let text = cell["source"]?.string ?? cell["source"]?.array?.compactMap(\.string).joined()
        return cell["cell_type"]?.string == kind.rawValue && text?.utf8.elementsEqual(source.utf8) == true
    }

    /// An identifier that depends only on the cell and its place, and is none of those in use.
    ///
    /// - Note: Source: nbformat 4.5 schema, `cell_id`: 1 to 64 of `[a-zA-Z0-9-_]`. The hash is 64-bit FNV-1a.
    func identifier(at index: Int, avoiding used: Set<String>) -> String {
        var attempt = 0
        while true {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in "\(attempt) \(index) \(kind.rawValue) \(source)".utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            let digits = String(hash, radix: 16)
            let id = String(repeating: "0", count: 16 - digits.count) + digits
            if !used.contains(id) { return id }
            attempt += 1
        }
    }
}
