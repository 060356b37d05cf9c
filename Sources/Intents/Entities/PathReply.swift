/// The path of a local file or folder that a user gives: `/data/x.json`, `~/x.json`, `./x`, or `metrics.json`.
///
/// Nothing is expanded, resolved or looked up here: that is for whoever may touch the file system.
public struct PathReply: Entity, CustomStringConvertible {
    /// Where a path begins.
    public enum Base: Sendable, Hashable {
        /// At the root: `/…`.
        case root
        /// At the user's home directory: `~` or `~/…`.
        case home
        /// At the working directory: all others.
        case workingDirectory
    }

    /// The path as it was written, without quotes.
    public let path: String

    /// Where it begins.
    public var base: Base {
        if path.hasPrefix("/") { return .root }
        return path == "~" || path.hasPrefix("~/") ? .home : .workingDirectory
    }

    /// The path.
    public var description: String { path }

    /// Reads a path that is the whole text; any text without control characters is one.
    ///
    /// - Throws: ``EntityProblem``: empty, longer than 4096 bytes (Linux `PATH_MAX`), NUL or another control character,
    ///   or the address of something that is no local file.
    public init(parsing text: String) throws(EntityProblem) {
        guard !text.allBytes(ByteClass.isSpace) else { throw EntityProblem(.empty, "There is no path here.") }
        if let control = text.firstControl {
            throw EntityProblem(.forbiddenCharacter, "A path cannot contain \(control.shown).")
        }
        guard text.utf8.count <= 4_096 else {
            throw EntityProblem(.wrongLength, "A path has at most 4096 bytes; this one has \(text.utf8.count).")
        }
        let lowercased = text.asciiLowercased
        if lowercased.hasPrefix("file://") {
            throw EntityProblem(
                .wrongForm,
                "Give the path of the file without file://.",
                suggestion: Self.path(ofFileAddress: text)
            )
        }
        if Self.addresses.contains(where: lowercased.hasPrefix) {
            throw EntityProblem(
                .wrongForm,
                "This is an address and not the path of a local file. Save it on this machine and give its path."
            )
        }
        path = text
    }

    /// The path in `file:///path` or `file://localhost/path`; `nil` if it names another machine.
    ///
    /// - Note: Source: RFC 8089 section 2.
    private static func path(ofFileAddress text: String) -> String? {
        let rest = text.dropFirst(7)
        let path = rest.asciiLowercased.hasPrefix("localhost/") ? rest.dropFirst(9) : rest
        guard path.hasPrefix("/"), let decoded = PercentEncoding.decoded(path) else { return nil }
        return (try? PathReply(parsing: decoded))?.path
    }

    private static let addresses = ["s3://", "http://", "https://", "arn:"]

    /// Finds paths in a sentence.
    ///
    /// A path begins with `/`, `~/`, `./` or `../`, or it ends with a file extension of a data or code file. One with
    /// spaces is found between quotes or backticks. A single word after a slash (`/help`) is a command of a chat and
    /// needs an extension or another slash; "and/or" and "3.5" are no paths.
    ///
    /// - Complexity: O(n), n = bytes of the text; texts without a slash or period are not copied.
    public static func findAll(in text: String) -> [Found<PathReply>] {
        guard text.hasByte(where: isPathSign) else { return [] }
        let reply = ReplyBytes(text)
        var found: [Found<PathReply>] = []
        var offset = 0
        while offset < reply.count {
            guard canBegin(at: offset, in: reply) else {
                offset += 1
                continue
            }
            let quote = reply.closingQuote(ofValueAt: offset)
            let range = offset..<(quote ?? max(offset, reply.endOfValue(from: offset)))
            let bytes = reply.bytes[range]
            if bytes.contains(where: isPathSign), isPath(reply.text(range), isQuoted: quote != nil) {
                found.append(Found(range: range, result: reading(reply.text(range))))
                offset = range.upperBound + 1
            } else if quote == nil, bytes.contains(UInt8(ascii: ":")) || !bytes.contains(UInt8(ascii: "=")) {
                // An address is passed over whole, a part of it is no path; "path=x.json" is looked into.
                offset = max(offset + 1, range.upperBound)
            } else {
                offset += 1
            }
        }
        return found
    }

    private static func reading(_ value: String) -> Result<PathReply, EntityProblem> {
        do throws(EntityProblem) { return .success(try PathReply(parsing: value)) } catch { return .failure(error) }
    }

    /// A path begins after white space, a quote, an opening bracket, or "path=".
    private static func canBegin(at offset: Int, in reply: ReplyBytes) -> Bool {
        guard reply.spaceLength(at: offset) == 0, !"\"'`(<[{=".utf8.contains(reply.bytes[offset]) else { return false }
        guard offset > 0 else { return true }
        return reply.hasSpace(before: offset) || "\"'`(<[{=".utf8.contains(reply.bytes[offset - 1])
    }

    /// Whether a byte is one of those without which a text is no path.
    private static func isPathSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") }

    private static func isPath(_ value: String, isQuoted: Bool) -> Bool {
        let lowercased = value.asciiLowercased
        if lowercased.hasPrefix("file://") { return true }
        guard !value.contains("://"), !lowercased.hasPrefix("arn:") else { return false }
        let hasExtension = hasKnownExtension(lowercased)
        if ["./", "../", "~/"].contains(where: value.hasPrefix) { return value.utf8.count > 2 }
        if value.hasPrefix("/") {
            return value.utf8.count > 1 && (isQuoted || hasExtension || value.dropFirst().contains("/"))
        }
        return hasExtension && !lowercased.hasPrefix("//") && !lowercased.contains(":")
    }

    private static func hasKnownExtension(_ value: String) -> Bool {
        guard let dot = value.utf8.lastIndex(of: UInt8(ascii: ".")), dot > value.startIndex else { return false }
        return extensions.contains(String(value[value.utf8.index(after: dot)...]))
    }

    private static let extensions: Set<String> = Set(
        """
        arrow bz2 cfg csv gz html ipynb json jsonl log md ndjson parquet pdf pkl py sh tar tgz toml tsv txt xlsx xml yaml \
        yml zip zst
        """.split(separator: " ").map(String.init)
    )
}
