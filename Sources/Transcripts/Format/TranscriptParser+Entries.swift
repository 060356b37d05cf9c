internal import Diagnostics
internal import Foundation
internal import Intents

extension TranscriptParser {
    /// The words that entries begin with.
    static let words = ["user", "user~", "user-hex", "user-repeat", "bot", "bot~", "do", "expect", "include"]
    /// Those whose text goes on in indented lines.
    private static let blockWords: Set<Substring> = [
        "user", "user~", "user-hex", "user-repeat", "bot", "bot~", "do", "expect",
    ]

    /// The word that a line begins an entry with.
    static func word(of line: Substring) -> Substring? {
        guard let first = line.utf8.first, "ubdei".utf8.contains(first),
            let colon = line.utf8.prefix(12).firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let word = line[..<colon]
        return words.contains { $0.utf8.elementsEqual(word.utf8) } ? word : nil
    }

    /// A line of a text, and the line of the file that it is a part of.
    struct BodyLine {
        var text: Substring
        var line: SourceLine

        /// The column of a byte of it.
        func column(_ offset: Int) -> Int {
            line.column(
                of: text.utf8.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
            )
        }
    }

    /// Reads the entry that begins at a line, and goes on past it.
    mutating func readEntry(_ lines: [SourceLine], _ index: inout Int) -> Transcript.Entry? {
        let line = lines[index]
        index += 1
        if line.text.isEmpty || line.text.utf8.first == UInt8(ascii: "#") {
            var entry = Transcript.Entry(.remark(String(line.text)), line: line.number)
            entry.source = line.whole
            return entry
        }
        guard let word = Self.word(of: line.text) else {
            reportStray(line)
            return nil
        }
        let afterWord = line.text.utf8[word.endIndex...].dropFirst().drop { $0 == UInt8(ascii: " ") }
        var body = [BodyLine(text: Substring(afterWord), line: line)]
        if Self.blockWords.contains(word) {
            while index < lines.count, let text = lines[index].text.dropping("  ") {
                // A line of backslashes stands for one fewer, so that an empty line and a backslash can be written.
                let isMark = !text.isEmpty && text.utf8.allSatisfy { $0 == UInt8(ascii: "\\") }
                body.append(BodyLine(text: isMark ? text.dropLast() : text, line: lines[index]))
                index += 1
            }
        }
        let start = line.whole.startIndex
        var usesVariables = false
        guard let kind = kind(String(word), body, &usesVariables) else { return nil }
        var entry = Transcript.Entry(kind, line: line.number)
        // The first line of a file may begin with a byte order mark, which its text leaves out.
        entry.source = line.whole.base[start..<lines[index - 1].whole.endIndex]
        entry.usesVariables = usesVariables
        return entry
    }

    private mutating func reportStray(_ line: SourceLine) {
        guard let first = line.text.unicodeScalars.first, !first.properties.isWhitespace else {
            report("this line continues nothing; a text goes on in lines that begin with two spaces", line.number)
            return
        }
        var message = "expected 'user:', 'bot:', 'do:', 'expect:' or 'include:'"
        if let colon = line.text.utf8.prefix(32).firstIndex(of: UInt8(ascii: ":")) {
            let word = String(line.text[..<colon])
            if Transcript.fields.contains(word) {
                message = "the header field '\(word):' stands before the first entry of the file"
            } else {
                message += NearestWord.hint(for: word, among: Self.words) { "\($0):" }
            }
        }
        report(message, line.number)
    }

    private mutating func kind(_ word: String, _ body: [BodyLine], _ uses: inout Bool) -> Transcript.Kind? {
        switch word {
        case "user": return text(body, .plain, &uses).map { .user(.text($0)) }
        case "user~": return text(body, .marked, &uses).map { .user(.text($0)) }
        case "bot": return text(body, .plain, &uses).map { .bot($0) }
        case "bot~": return pattern(body, &uses)
        case "user-hex": return bytes(body)
        case "user-repeat": return repeated(body, &uses)
        case "do": return action(body)
        case "include":
            let path = String(body[0].text.spaceTrimmed)
            guard !path.isEmpty else {
                report("expected 'include: PATH', relative to this file", body[0].line.number, body[0].column(0))
                return nil
            }
            return .include(path)
        default: return expectation(body, &uses)
        }
    }

    /// A text with its variables filled in.
    private mutating func text(_ body: [BodyLine], _ mode: TextForm.Mode, _ uses: inout Bool) -> String? {
        let needsReading = mode != .plain || body.contains { $0.text.utf8.contains(UInt8(ascii: "$")) }
        guard needsReading else {
            return body.count == 1 ? String(body[0].text) : body.map(\.text).joined(separator: "\n")
        }
        var lines: [String] = []
        var isSound = true
        for line in body {
            do throws(TextForm.Problem) {
                var result = ""
                for part in try TextForm.parts(of: line.text, mode) {
                    switch part {
                    case .literal(let literal): result += literal
                    case .variable(let name, let offset):
                        uses = true
                        result += try value(of: name, at: offset)
                    case .anything, .digits: break
                    }
                }
                lines.append(result)
            } catch {
                report(error.message, line.line.number, line.column(error.offset))
                isSound = false
            }
        }
        return isSound ? lines.joined(separator: "\n") : nil
    }

    private func value(of name: String, at offset: Int) throws(TextForm.Problem) -> String {
        if let value = variables[name] { return value }
        guard knowsAllVariables else { return "${\(name)}" }
        let ways = "declare it by 'var: \(name) = …' in the header, or write '$${\(name)}' for the text itself"
        let hint = NearestWord.hint(for: name, among: variables.keys, otherwise: ways) { "${\($0)}" }
        throw TextForm.Problem(message: "there is no variable '\(name)'" + hint, offset: offset)
    }

    private mutating func pattern(_ body: [BodyLine], _ uses: inout Bool) -> Transcript.Kind? {
        do throws(MessagePattern.Problem) {
            var used = false
            let parser = self
            let pattern = try MessagePattern(body.map(\.text)) { (name, offset) throws(TextForm.Problem) -> String in
                used = true
                return try parser.value(of: name, at: offset)
            }
            uses = used
            return pattern.fixedText.map { .bot($0) } ?? .pattern(pattern)
        } catch {
            let line = body[error.line]
            report(error.problem.message, line.line.number, line.column(error.problem.offset))
            return nil
        }
    }

    private mutating func bytes(_ body: [BodyLine]) -> Transcript.Kind? {
        var bytes: [UInt8] = []
        for line in body {
            var high: UInt8?
            for (offset, byte) in line.text.utf8.enumerated() where byte != UInt8(ascii: " ") {
                guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                    report(
                        "expected pairs of hexadecimal digits, such as 'ff fe'",
                        line.line.number,
                        line.column(offset)
                    )
                    return nil
                }
                if let first = high {
                    bytes.append(first << 4 | UInt8(digit))
                    high = nil
                } else {
                    high = UInt8(digit)
                }
            }
            if high != nil {
                let end = line.text.utf8.count
                report("the last pair of hexadecimal digits lacks its second", line.line.number, line.column(end))
                return nil
            }
        }
        return .user(.bytes(bytes))
    }

    private mutating func repeated(_ body: [BodyLine], _ uses: inout Bool) -> Transcript.Kind? {
        let place = (body[0].line.number, body[0].column(0))
        guard let text = text(body, .plain, &uses) else { return nil }
        guard let (digits, rest) = text.utf8Cut(" "), let count = Int(digits), count >= 1, !rest.isEmpty else {
            report("expected a count and a text, such as '5000 x'", place.0, place.1)
            return nil
        }
        let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: rest.utf8.count)
        guard !isTooMuch, bytes <= Self.repeatLimit else {
            report("this reply would be longer than \(Self.repeatLimit) bytes", place.0, place.1)
            return nil
        }
        return .user(.repeated(count, String(rest)))
    }

    private mutating func action(_ body: [BodyLine]) -> Transcript.Kind? {
        let parts = body[0].text.utf8Cut("->").map { ($0.before.spaceTrimmed, $0.after.spaceTrimmed) }
        guard let (name, outcome) = parts, !name.isEmpty, !outcome.isEmpty else {
            report("expected 'do: ACTION -> OUTCOME'", body[0].line.number, body[0].column(0))
            return nil
        }
        if let recorded = outcome.droppingLast("(recorded)") {
            return .action(name: String(name), outcome: String(recorded.spaceTrimmed), values: [:])
        }
        guard body.count > 1 else { return .action(name: String(name), outcome: String(outcome), values: nil) }
        var values: [String: Value] = [:]
        for field in body.dropFirst() where !field.text.isEmpty {
            guard let (key, json) = field.text.utf8Cut(":") else {
                report("expected 'name: value' with the value as JSON", field.line.number, field.column(0))
                return nil
            }
            guard let value = try? JSONDecoder().decode(Value.self, from: Data(json.utf8)) else {
                let column = field.line.column(of: json.spaceTrimmed.startIndex)
                report("this value is not JSON; put texts in double quotes", field.line.number, column)
                return nil
            }
            guard values.updateValue(value, forKey: String(key.spaceTrimmed)) == nil else {
                report("the value '\(key.spaceTrimmed)' is there twice", field.line.number, field.column(0))
                return nil
            }
        }
        return .action(name: String(name), outcome: String(outcome), values: values)
    }

    private mutating func expectation(_ body: [BodyLine], _ uses: inout Bool) -> Transcript.Kind? {
        guard let text = text(body, .plain, &uses) else { return nil }
        if let expectation = Transcript.Expectation(text) { return .expect(expectation) }
        let word = text.utf8Cut(" ").map { String($0.before) } ?? text
        let words = Transcript.Expectation.words
        let hint = words.contains(word) ? "" : NearestWord.hint(for: word, among: words)
        report(
            hint.isEmpty ? "expected \(Transcript.Expectation.forms)" : "there is no expectation '\(word)'" + hint,
            body[0].line.number,
            body[0].column(0)
        )
        return nil
    }
}
