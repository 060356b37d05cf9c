/// What is said about a transcript that failed, as lines of words with looks; whoever shows them encodes them.
public enum FailureText {
    /// How words look.
    public enum Look: Sendable, Hashable {
        case plain, strong, faint
        /// Of a line that went, and the words in it that did.
        case removed, removedWord
        /// Of a line that came, and the words in it that did.
        case added, addedWord
    }

    /// Words of one look.
    public struct Span: Sendable, Hashable {
        /// How they look.
        public let look: Look
        /// The words, as they come from files and users.
        public let text: String
    }

    /// A line.
    public typealias Line = [Span]

    /// How many of the differences that may follow from the first are named.
    private static let consequenceLimit = 10

    /// All about a transcript that did not go as written: the first turn that differs in full, later ones in a line each.
    public static func lines(for result: TranscriptResult) -> [Line] {
        var lines: [Line] = []
        var turn = -1
        var said: Set<String> = []
        for mismatch in result.mismatches where !mismatch.isConsequence {
            // What is the same for all of a turn is said with its first.
            if mismatch.turn != turn { said = [] }
            turn = mismatch.turn
            lines += Self.lines(for: mismatch, omitting: &said)
        }
        let consequences = result.mismatches.filter(\.isConsequence)
        if !consequences.isEmpty {
            lines.append([Span(look: .faint, text: "what comes after it, and may follow from it:")])
        }
        for mismatch in consequences.prefix(consequenceLimit) {
            lines.append([Span(look: .faint, text: "  \(mismatch.file):\(mismatch.line): \(mismatch.difference)")])
        }
        if consequences.count > consequenceLimit {
            lines.append([Span(look: .faint, text: "  and \(consequences.count - consequenceLimit) more")])
        }
        return lines
    }

    /// All about one difference.
    public static func lines(for mismatch: Mismatch) -> [Line] {
        var said: Set<String> = []
        return lines(for: mismatch, omitting: &said)
    }

    private static func lines(for mismatch: Mismatch, omitting said: inout Set<String>) -> [Line] {
        var lines: [Line] = [
            [
                Span(look: .plain, text: "\(mismatch.file):\(mismatch.line): "),
                Span(look: .strong, text: "\(mismatch.difference)"),
            ]
        ]
        var notes: [String] = []
        if let reply = mismatch.reply {
            var note = "after '\(shortened(reply))'"
            if let intent = mismatch.intent { note += ", understood as \(intent)" }
            if !mismatch.rules.isEmpty { note += " by \(mismatch.rules.joined(separator: ", "))" }
            notes.append(note)
        }
        notes += mismatch.places.map { "\($0.kind.words) '\($0.name)' at \($0.location)" }
        lines += notes.filter { said.insert($0).inserted }.map { [Span(look: .faint, text: "  " + $0)] }
        lines += texts(mismatch.expectedText, mismatch.actualText).map { [Span(look: .plain, text: "  ")] + $0 }
        return lines
    }

    private static func shortened(_ text: String) -> String {
        let line = text.utf8Split(UInt8(ascii: "\n")).first.map(String.init) ?? ""
        return line.count > 60 || line.utf8.count < text.utf8.count ? line.prefix(60) + "…" : line
    }

    /// Two texts, lines that only one has marked, and in lines that are alike the words.
    static func texts(_ old: String?, _ new: String?) -> [Line] {
        guard old != nil || new != nil else { return [] }
        let before = old.map { $0.utf8Split(UInt8(ascii: "\n")).map(String.init) } ?? []
        let after = new.map { $0.utf8Split(UInt8(ascii: "\n")).map(String.init) } ?? []
        let lines = LineDifference.between(before, after)
        var result: [Line] = []
        var index = 0
        while index < lines.count {
            guard lines[index].utf8.first == UInt8(ascii: "-") else {
                let isAdded = lines[index].utf8.first == UInt8(ascii: "+")
                result.append([Span(look: isAdded ? .added : .faint, text: lines[index])])
                index += 1
                continue
            }
            let gone = lines[index...].prefix { $0.utf8.first == UInt8(ascii: "-") }
            let came = lines[gone.endIndex...].prefix { $0.utf8.first == UInt8(ascii: "+") }
            let pairs = zip(gone, came).map { WordDifference(String($0.dropFirst(2)), String($1.dropFirst(2))) }
            result += Self.side(Array(gone), pairs.map(\.old), sign: "- ", .removed, .removedWord)
            result += Self.side(Array(came), pairs.map(\.new), sign: "+ ", .added, .addedWord)
            index = came.endIndex
        }
        return result
    }

    /// The lines that went or came: word by word where a line stands against one of the other side.
    private static func side(
        _ lines: [String],
        _ words: [[WordDifference.Run]],
        sign: String,
        _ look: Look,
        _ wordLook: Look
    ) -> [Line] {
        lines.enumerated().map { offset, line in
            guard offset < words.count else { return [Span(look: look, text: line)] }
            return [Span(look: look, text: sign)]
                + words[offset].map { Span(look: $0.isChanged ? wordLook : look, text: $0.text) }
        }
    }
}

extension Mismatch.Place.Kind {
    /// How it is called.
    fileprivate var words: String {
        switch self {
        case .prompt: "prompt"
        case .expectedPrompt: "expected prompt"
        case .action: "action"
        case .step: "step"
        case .expectedStep: "expected step"
        case .rule: "rule"
        }
    }
}
