internal import Foundation
internal import Intents

extension Transcript {
    /// The transcript as a file.
    ///
    /// What was parsed is printed with the same bytes, apart from white space that means nothing.
    public var text: String {
        var lines = header.map(\.text)
        for entry in entries { lines += entry.lines }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Transcript.Entry {
    /// The lines of the entry in a file.
    public var lines: [String] {
        switch kind {
        case .remark(let text): return [text]
        case .bot(let text): return Self.block("bot", text)
        case .user(.text(let text)): return Self.block("user", text)
        case .user(.bytes(let bytes)):
            return [
                "user-hex: "
                    + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
            ]
        case .user(.repeated(let count, let text)): return ["user-repeat: \(count) \(text)"]
        case .action(let name, let outcome, let values):
            let fields = (values ?? [:]).sorted { $0.key < $1.key }.map { "  \($0.key): \(Self.json($0.value))" }
            return ["do: \(name) -> \(outcome)" + (values?.isEmpty == true ? " (recorded)" : "")] + fields
        case .expect(let expectation): return ["expect: \(expectation)"]
        }
    }

    private static func block(_ word: String, _ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines.first.map(String.init) ?? ""
        return [first.isEmpty ? "\(word):" : "\(word): \(first)"]
            + lines.dropFirst().map { $0.isEmpty ? "  \\" : "  \($0)" }
    }

    private static func json(_ value: Value) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension Transcript.Expectation: CustomStringConvertible {
    /// As it stands after `expect:`.
    public var description: String {
        switch self {
        case .slot(let name, let value?): "slot \(name) = \(value)"
        case .slot(let name, nil): "slot \(name) unknown"
        case .step(let id): "step \(id)"
        case .file(let path): "file \(path)"
        case .fileContains(let path, let text): "file \(path) contains \(text)"
        case .ended(let outcome): "end \(outcome)"
        case .paused: "paused"
        }
    }
}
