import Diagnostics
import Foundation
import Testing
import Transcripts

@Suite("What is wrong with a transcript is said with its place")
struct TranscriptDiagnosticsTests {
    private static let forms =
        "expected 'slot NAME = VALUE', 'slot NAME unknown', 'step ID', 'intent NAME', 'why RULE', 'prompt NAME', "
        + "'file PATH', 'file PATH contains TEXT', 'no file PATH', 'end OUTCOME' or 'paused'"
    private static let start = "expected 'user:', 'bot:', 'do:', 'expect:' or 'include:'"

    @Test(
        "Each mistake has its sentence",
        arguments: [
            ("flow: tea\nbot Which tea?\n", ["t:2:1: error: expected a header field such as 'flow: NAME', or a turn"]),
            ("tag: a\n", ["t:1:1: error: 'tag:' means nothing here; did you mean 'tags:'?"]),
            ("usr: a\n", ["t:1:1: error: 'usr:' means nothing here; did you mean 'user:'?"]),
            ("bot: Hello\n    \nnonsense\n", ["t:3:1: error: \(start)"]),
            ("bot: Hello\nbott: x\n", ["t:2:1: error: \(start); did you mean 'bot:'?"]),
            ("bot: a\ntags: b\n", ["t:2:1: error: the header field 'tags:' stands before the first entry of the file"]),
            (
                "bot: Hello\n\n continued\n",
                ["t:3:1: error: this line continues nothing; a text goes on in lines that begin with two spaces"]
            ),
            ("do: brew\n", ["t:1:5: error: expected 'do: ACTION -> OUTCOME'"]),
            ("do: brew -> \n", ["t:1:5: error: expected 'do: ACTION -> OUTCOME'"]),
            (
                "do: brew -> done\n  left: many\n",
                ["t:2:9: error: this value is not JSON; put texts in double quotes"]
            ),
            ("do: brew -> done\n  left 7\n", ["t:2:3: error: expected 'name: value' with the value as JSON"]),
            ("do: brew -> done\n  a: 7\n  a: 8\n", ["t:3:3: error: the value 'a' is there twice"]),
            ("user-hex: ff fg\n", ["t:1:15: error: expected pairs of hexadecimal digits, such as 'ff fe'"]),
            ("user-hex: f\n", ["t:1:12: error: the last pair of hexadecimal digits lacks its second"]),
            ("user-repeat: x y\n", ["t:1:14: error: expected a count and a text, such as '5000 x'"]),
            ("user-repeat: 0 y\n", ["t:1:14: error: expected a count and a text, such as '5000 x'"]),
            ("user-repeat: 10000000 abc\n", ["t:1:14: error: this reply would be longer than 16777216 bytes"]),
            (
                "user-repeat: 9223372036854775807 abc\n",
                ["t:1:14: error: this reply would be longer than 16777216 bytes"]
            ),
            ("expect: something else\n", ["t:1:9: error: \(forms)"]),
            ("expect: slot a\n", ["t:1:9: error: \(forms)"]),
            ("expect: stpe pay\n", ["t:1:9: error: there is no expectation 'stpe'; did you mean 'step'?"]),
            ("include:\n", ["t:1:9: error: expected 'include: PATH', relative to this file"]),
            ("bot: äb\u{0}c\n", ["t:1:8: error: there is a NUL byte; write such replies with 'user-hex:'"]),
            ("var: 1 = a\n", ["t:1:5: error: expected 'var: NAME = VALUE'; a name has letters, digits, '_' and '-'"]),
            ("var: a = 1\nvar: a = 2\n", ["t:2:6: error: the variable 'a' is declared twice"]),
            ("var: name = 1\nuser: ä ${nam}\n", ["t:2:9: error: there is no variable 'nam'; did you mean '${name}'?"]),
            (
                "user: ${a}\n",
                [
                    "t:1:7: error: there is no variable 'a'; declare it by 'var: a = …' in the header, or write "
                        + "'$${a}' for the text itself"
                ]
            ),
            (
                "bot~: a [...]\n",
                [
                    "t:1:9: error: '[...]' stands for whole lines, alone in its line; '[..]' leaves out a part of one"
                ]
            ),
            (
                "bot~: a\n  (re) (b\n",
                ["t:2:10: error: the pattern does not compile: missing closing parenthesis"]
            ),
            (
                "user~: a\\q\n",
                [
                    "t:1:9: error: there is no escape '\\q'; there are \\\\ \\[ \\( \\$ \\r \\t and \\u{…}"
                ]
            ),
            ("user~: a\\\n", ["t:1:9: error: a backslash ends this line; write '\\\\' for one"]),
            (
                "user~: \\u{110000}\n",
                ["t:1:8: error: expected a Unicode scalar in hexadecimal, such as '\\u{20}'"]
            ),
            (
                "do: a\nexpect: b\n\nuser-hex: z\n",
                [
                    "t:1:5: error: expected 'do: ACTION -> OUTCOME'", "t:2:9: error: \(forms)",
                    "t:4:11: error: expected pairs of hexadecimal digits, such as 'ff fe'",
                ]
            ),
        ]
    )
    func mistakes(text: String, messages: [String]) {
        let error = #expect(throws: DiagnosticsError.self) { try TranscriptParser.parse(text, file: "t") }
        #expect(error?.diagnostics.map(\.description) == messages)
    }

    @Test("What is too large is refused")
    func large() {
        func message(_ text: String) -> String? {
            let error = #expect(throws: DiagnosticsError.self) { try TranscriptParser.parse(text, file: "t") }
            return error?.diagnostics.first?.description
        }
        let long = String(repeating: "x", count: 1_048_577)
        #expect(
            message("bot: a\nuser: \(long)\n")
                == "t:2:1: error: the line is longer than 1048576 bytes; write long replies with 'user-repeat:'"
        )
        #expect(
            message(String(repeating: "#\n", count: 2_097_153)) == "t:1:1: error: the file is larger than 4194304 bytes"
        )
    }

    @Test("Of many mistakes the first hundred are said")
    func many() throws {
        let error = #expect(throws: DiagnosticsError.self) {
            try TranscriptParser.parse(String(repeating: "do: a\n", count: 50_000), file: "t")
        }
        #expect(error?.diagnostics.count == 101)
        #expect(
            error?.diagnostics.last?.message
                == "there is more wrong with this file; correct what was found so far first"
        )
    }

    @Test("A file that is no text names the first byte that is none")
    func noText() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "a.transcript").path
        try Data("bot: a\nuser: \u{e4}".utf8 + [0xFF, 0x0A]).write(to: URL(filePath: file))
        let error = #expect(throws: TranscriptFiles.Failure.self) { try TranscriptFiles.read(file) }
        #expect(
            error?.description
                == "\(file):2:8: error: the file is not text in UTF-8; write such replies with 'user-hex:'"
        )
        #expect(throws: TranscriptFiles.Failure.self) { try TranscriptFiles.read(folder.path) }
        #expect(throws: TranscriptFiles.Failure.self) { try TranscriptFiles.read("/dev/zero") }
    }
}
