/// A JSON array or object inside a reply, with or without a Markdown fence and text around it.
///
/// Brackets, braces, strings and escapes are balanced; values inside are not read, so a JSON parser has the last word.
///
/// - Note: Source: RFC 8259 sections 4, 5 and 7.
public struct JSONBlock: Entity, CustomStringConvertible {
    /// The JSON text, from its first bracket or brace to its last.
    public let text: String

    /// Whether it is an array; else it is an object.
    public var isArray: Bool { text.utf8.first == UInt8(ascii: "[") }

    /// The JSON text.
    public var description: String { text }

    /// Reads a text that is one array or object, with white space around it at most.
    public init(parsing text: String) throws(EntityProblem) {
        let reply = ReplyBytes(text)
        let whole = reply.trimmedRange
        guard let first = whole.first, reply.bytes[first] == 0x5B || reply.bytes[first] == 0x7B else {
            throw EntityProblem(.malformed, "JSON for this begins with [ or {. Please paste it whole.")
        }
        let end = try JSONBalance(reply).end(from: first)
        guard end == whole.upperBound else {
            throw EntityProblem(
                .malformed,
                "There is more text after the end of the JSON (line \(reply.line(of: end)))."
            )
        }
        self.text = reply.text(whole)
    }

    /// Finds the JSON arrays and objects that are in no other.
    ///
    /// A bracket opens JSON only if what follows could be JSON: "[see below]" and "{{prompt}}" are prose. One that is
    /// not closed is a problem that says where it opens, and ends the search, as all that follows may belong to it.
    ///
    /// - Complexity: O(n), n = bytes of the text; texts without a bracket or brace are not copied.
    public static func findAll(in text: String) -> [Found<JSONBlock>] {
        guard text.hasByte(where: { $0 == 0x5B || $0 == 0x7B }) else { return [] }
        let reply = ReplyBytes(text)
        let balance = JSONBalance(reply)
        var found: [Found<JSONBlock>] = []
        var offset = 0
        while offset < reply.count {
            guard balance.canBegin(at: offset) else {
                offset += 1
                continue
            }
            do throws(EntityProblem) {
                let end = try balance.end(from: offset)
                found.append(
                    Found(range: offset..<end, result: .success(JSONBlock(balanced: reply.text(offset..<end))))
                )
                offset = end
            } catch {
                found.append(Found(range: offset..<reply.trimmedRange.upperBound, result: .failure(error)))
                break
            }
        }
        return found
    }

    private init(balanced text: String) { self.text = text }
}
