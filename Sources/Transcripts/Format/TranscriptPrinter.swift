internal import Foundation
internal import Intents

extension Transcript {
    /// The transcript as a file, without what it includes.
    ///
    /// What was parsed is printed with the same bytes.
    public var text: String { text(of: 0) }

    /// The file of an origin: 0 for the transcript's own, n for the n-th that was included.
    func text(of origin: Int) -> String {
        let header = origin == 0 ? header : inclusions[origin - 1].header
        var result = ""
        for line in header { Self.append(line.source ?? Substring(line.text + "\n"), to: &result) }
        for entry in entries where entry.origin == origin {
            if let source = entry.source {
                Self.append(source, to: &result)
            } else {
                for line in entry.lines { Self.append(Substring(line + "\n"), to: &result) }
            }
        }
        return result
    }

    /// Only the last line of a file may lack its end.
    private static func append(_ lines: Substring, to result: inout String) {
        if let last = result.utf8.last, last != UInt8(ascii: "\n") { result += "\n" }
        result += lines
    }
}

extension Transcript.Entry {
    /// The lines of the entry as they stand in its file.
    var writtenLines: [String] { source.map { SourceLine.all(in: $0).map { String($0.text) } } ?? lines }

    /// The lines of the entry in a file, with the values of variables where it names any.
    public var lines: [String] {
        switch kind {
        case .remark(let text): [text]
        case .include(let path): ["include: \(path)"]
        case .bot(let text): Self.text("bot", text)
        case .pattern(let pattern): Self.block("bot~", pattern.lines)
        case .user(.text(let text)): Self.text("user", text)
        case .user(.bytes(let bytes)):
            [
                "user-hex: "
                    + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
            ]
        case .user(.repeated(let count, let text)): Self.block("user-repeat", Self.plain("\(count) \(text)"))
        case .action(let name, let outcome, let values):
            ["do: \(name) -> \(outcome)" + (values?.isEmpty == true ? " (recorded)" : "")]
                + (values ?? [:]).sorted { $0.key < $1.key }.map { "  \($0.key): \(Self.json($0.value))" }
        case .expect(let expectation): Self.block("expect", Self.plain("\(expectation)"))
        }
    }

    /// A text that is read back as it is: plain where that is possible, else with marks.
    private static func text(_ word: String, _ text: String) -> [String] {
        guard TextForm.needsMarks(text) else { return block(word, plain(text)) }
        let lines = text.utf8Split(UInt8(ascii: "\n")).enumerated()
        return block(word + "~", lines.map { TextForm.marking($0.element, isFirst: $0.offset == 0) })
    }

    private static func plain(_ text: String) -> [String] {
        text.utf8Split(UInt8(ascii: "\n")).map { TextForm.escapingVariables($0) }
    }

    static func block(_ word: String, _ lines: [String]) -> [String] {
        guard let first = lines.first else { return ["\(word):"] }
        return [first.isEmpty ? "\(word):" : "\(word): \(first)"]
            + lines.dropFirst().map { line in
                line.utf8.allSatisfy { $0 == UInt8(ascii: "\\") } ? "  \(line)\\" : "  \(line)"
            }
    }

    private static func json(_ value: Value) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
