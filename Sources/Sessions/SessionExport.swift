public import Diagnostics
internal import Dialogue
internal import Foundation

/// A session as JSON, an object a line: who it is, then its events, the oldest first.
///
/// `docs/replay.md` describes the format. The same session gives the same bytes.
public enum SessionExport {
    /// The line, from 1, of the event at a position, from 0.
    public static func line(ofEvent event: Int) -> Int { event + 2 }

    /// A session as lines.
    public static func text(of session: SessionRecord) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func line(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        }
        let head = Head(
            session: session.id,
            flow: session.flow,
            entry: session.entry,
            digest: session.digest
        )
        return try line(head) + session.events.map(line).joined()
    }

    /// Reads a session.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - file: Its path, for messages.
    /// - Returns: The session with its events.
    /// - Throws: ``DiagnosticsError`` with everything that is wrong, each with its line.
    public static func read(_ text: String, file: String) throws(DiagnosticsError) -> SessionRecord {
        var diagnostics = DiagnosticList()
        // A CRLF is one character, so lines are cut by scalars.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let head = lines.isEmpty ? nil : Self.head(lines[0], file, &diagnostics)
        if lines.isEmpty { diagnostics.error(Self.expectedHead, at: Location(file: file, line: 1, column: 1)) }
        var events: [Event] = []
        for (index, line) in lines.enumerated().dropFirst() {
            if let event = Self.event(line, file, index + 1, &diagnostics) { events.append(event) }
        }
        try diagnostics.throwIfErrors()
        guard let head else { throw DiagnosticsError(diagnostics.diagnostics) }
        return SessionRecord(
            id: head.session,
            flow: head.flow,
            entry: head.entry,
            digest: head.digest,
            events: events
        )
    }

    private struct Head: Codable {
        var format = "usher-session"
        var version = 1
        var session: String
        var flow: String
        var entry: String
        var digest: String
    }

    private static let expectedHead =
        "expected the line that a session begins with, such as "
        + #"{"digest":"…","entry":"…","flow":"…","format":"usher-session","session":"…","version":1}"#

    private static func head(_ line: String, _ file: String, _ diagnostics: inout DiagnosticList) -> Head? {
        guard let node = JSONNode(line, file: file, diagnostics: &diagnostics) else { return nil }
        guard node["format"]?.text == "usher-session" else {
            diagnostics.error(expectedHead, at: node.location)
            return nil
        }
        guard case .number("1")? = node["version"]?.content else {
            diagnostics.error(
                "only version 1 of the format is known; this may be from a newer usher",
                at: node["version"]?.location ?? node.location
            )
            return nil
        }
        var values: [String: String] = [:]
        for key in ["session", "flow", "entry", "digest"] {
            values[key] = node[key]?.text
            if values[key] == nil { diagnostics.error("'\(key)' is missing, or no text", at: node.location) }
        }
        guard let session = values["session"], let flow = values["flow"], let entry = values["entry"],
            let digest = values["digest"]
        else { return nil }
        return Head(session: session, flow: flow, entry: entry, digest: digest)
    }

    private static let fields = [
        "started": [], "reply": ["text"], "refused": ["reason"], "action_finished": ["id", "outcome"],
    ]

    private static func event(
        _ line: String,
        _ file: String,
        _ number: Int,
        _ diagnostics: inout DiagnosticList
    ) -> Event? {
        guard let node = JSONNode(line, file: file, line: number, diagnostics: &diagnostics) else { return nil }
        guard case .object = node.content else {
            diagnostics.error("an event is an object, not \(node.kind)", at: node.location)
            return nil
        }
        let known = Self.fields.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        guard let word = node["event"]?.text, let needed = Self.fields[word] else {
            diagnostics.error("'event' is one of \(known)", at: node["event"]?.location ?? node.location)
            return nil
        }
        let missing = needed.filter { node[$0] == nil }
        guard missing.isEmpty else {
            diagnostics.error("'\(word)' needs '\(missing.joined(separator: "' and '"))'", at: node.location)
            return nil
        }
        do {
            return try JSONDecoder().decode(Event.self, from: Data(line.utf8))
        } catch {
            diagnostics.error(Self.explain(error), at: Self.place(of: error, in: node))
            return nil
        }
    }

    private static func context(of error: any Error) -> DecodingError.Context? {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
            context
        default: nil
        }
    }

    private static func explain(_ error: any Error) -> String {
        let key = context(of: error)?.codingPath.first?.stringValue
        if case DecodingError.keyNotFound(let key, _) = error { return "'\(key.stringValue)' is missing" }
        return key.map { "'\($0)' is not of the kind that it must be" } ?? "this is no event"
    }

    private static func place(of error: any Error, in node: JSONNode) -> Location {
        guard let key = context(of: error)?.codingPath.first?.stringValue else { return node.location }
        return node[key]?.location ?? node.location
    }
}
