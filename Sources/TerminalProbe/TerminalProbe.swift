import Terminal

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A program for `Tests/RealParts/terminal_probe.py`, which drives it through a pseudo-terminal.
///
/// It shows each reply as `reply: [bytes] text`. It is no product. `work` starts an action that lasts until Ctrl-C;
/// `hang` one that listens to nothing; `secret…` stays out of the history. Arguments: a history file, a folder.
@main
enum TerminalProbe {
    static func main() async {
        let arguments = CommandLine.arguments
        let screen = Screen(environment: ["TERM": "xterm"])
        guard let interrupts = InterruptSource() else { return screen.note("no descriptors") }
        let folder = arguments.count > 2 ? arguments[2] : "."
        let paths = PathCompletion(home: folder, workingFolder: folder)
        let history = arguments.count > 1 ? HistoryFile(path: arguments[1]) : nil
        let editor = LineEditor(interrupts: interrupts, history: history) { line, cursor in
            line.hasPrefix("/") && !line.dropFirst().contains("/")
                ? Completion.words(["/help", "/history", "/quit"], line: line, utf8Cursor: cursor)
                : paths.completions(line: line, utf8Cursor: cursor)
        }
        let source: any LineSource
        if TerminalSize.isTerminal(0), let editor {
            source = editor
        } else {
            source = PlainInput(interrupts: interrupts)
        }
        screen.say(DisplayText("width: \(TerminalSize.columns(of: 1))"))
        if let failure = editor?.historyFailure { screen.note(DisplayText("\(failure)")) }
        var reader = ReplyReader(source: source)
        while true {
            let prompt = screen.style(.bold, .green, text: "probe>") + " "
            switch await reader.nextReply(prompt: prompt) {
            case .line(let bytes):
                let text = String(decoding: bytes, as: UTF8.self)
                if text == "work" { await work(screen, interrupts) }
                if text == "hang" { hang() }
                screen.say(DisplayText("reply: [\(bytes.count)] " + Sanitizer.displayableLine(text)))
                if !text.hasPrefix("secret") { editor?.remember(text) }
            case .tooLong(let byteCount):
                screen.say(DisplayText("too long: \(byteCount)"))
            case .interrupted:
                screen.say("interrupted")
            case .endOfInput:
                return screen.say("bye")
            }
        }
    }

    /// Waits for Ctrl-C under a spinner.
    private static func work(_ screen: Screen, _ interrupts: InterruptSource) async {
        await screen.spinner.spin("working") {
            screen.say("work begins")
            for await _ in interrupts.presses() { break }
        }
        screen.say("work cancelled")
    }

    /// Listens to nothing for ever.
    private static func hang() {
        while true { pause() }
    }
}
