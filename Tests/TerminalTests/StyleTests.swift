import Terminal
import Testing

struct StyleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var environment: [String: String]
        var isTerminal: Bool
        var isEnabled: Bool
        var testDescription: String { "\(environment) terminal: \(isTerminal)" }
    }

    @Test(arguments: [
        Case(environment: ["TERM": "xterm"], isTerminal: true, isEnabled: true),
        Case(environment: ["TERM": "xterm"], isTerminal: false, isEnabled: false),
        Case(environment: ["TERM": "dumb"], isTerminal: true, isEnabled: false),
        Case(environment: [:], isTerminal: true, isEnabled: false),
        Case(environment: ["TERM": "xterm", "NO_COLOR": "1"], isTerminal: true, isEnabled: false),
        Case(environment: ["TERM": "xterm", "NO_COLOR": ""], isTerminal: true, isEnabled: true),
        Case(environment: ["TERM": "xterm", "CLICOLOR": "0"], isTerminal: true, isEnabled: false),
        Case(environment: ["CLICOLOR_FORCE": "1"], isTerminal: false, isEnabled: true),
        Case(environment: ["CLICOLOR_FORCE": "0", "TERM": "xterm"], isTerminal: false, isEnabled: false),
        Case(environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], isTerminal: true, isEnabled: false),
        Case(environment: ["CLICOLOR_FORCE": "1", "CLICOLOR": "0"], isTerminal: true, isEnabled: true),
    ])
    func `the environment decides`(_ test: Case) {
        #expect(Style(environment: test.environment, isTerminal: test.isTerminal).isEnabled == test.isEnabled)
    }

    @Test func `looks are switched on and off again`() {
        let style = Style(isEnabled: true)
        #expect(style.bold("Yes").terminalString == "\u{1B}[1mYes\u{1B}[22m")
        #expect(style(.bold, .red, text: "No").terminalString == "\u{1B}[1;31mNo\u{1B}[39;22m")
        #expect(
            style.bold("a" + style(.red, text: "b") + "c").terminalString
                == "\u{1B}[1ma\u{1B}[31mb\u{1B}[39mc\u{1B}[22m"
        )
    }

    @Test func `without looks the text is as it was`() {
        #expect(Style(isEnabled: false)(.bold, .red, text: "No").terminalString == "No")
        #expect(Style(isEnabled: true)(text: "No").terminalString == "No")
        #expect(Style(isEnabled: true).bold(.empty).terminalString.isEmpty)
    }

    @Test func `what users say cannot style anything`() {
        let text = Style(isEnabled: true).bold(DisplayText("\u{1B}[2J"))
        #expect(text.terminalString == "\u{1B}[1m␛[2J\u{1B}[22m")
        #expect(text.columns == 4)
    }
}
