import Synchronization
import Testing

@testable import Terminal

/// Keeps what is written.
final class Recorder: ByteSink {
    private let state = Mutex<[UInt8]>([])

    func write(_ bytes: [UInt8]) {
        state.withLock { $0 += bytes }
    }

    var text: String { String(decoding: state.withLock { $0 }, as: UTF8.self) }
}

@Suite
struct SpinnerTests {
    private let recorder = Recorder()

    /// A spinner that never ticks by itself.
    private func spinner(isEnabled: Bool = true, columns: Int = 80) -> Spinner {
        Spinner(sink: recorder, isEnabled: isEnabled, columns: { columns }) {
            try await Task.sleep(for: .seconds(3600))
        }
    }

    @Test func `each tick shows the next frame, and the end leaves nothing`() async {
        let spinner = spinner()
        let value = await spinner.spin("Checking") {
            spinner.tick()
            spinner.update("Reading")
            spinner.tick()
            return 7
        }
        #expect(value == 7)
        #expect(recorder.text == "\r\u{1B}[K⠋ Checking\r\u{1B}[K⠙ Reading\r\u{1B}[K")
    }

    @Test func `what is over before the first tick shows nothing`() async {
        await spinner().spin("Checking") {}
        #expect(recorder.text.isEmpty)
    }

    @Test func `an error ends it too`() async {
        struct Failure: Error {}
        let spinner = spinner()
        await #expect(throws: Failure.self) {
            try await spinner.spin("Checking") {
                spinner.tick()
                throw Failure()
            }
        }
        #expect(recorder.text.hasSuffix("\r\u{1B}[K"))
        spinner.tick()
        #expect(recorder.text == "\r\u{1B}[K⠋ Checking\r\u{1B}[K")
    }

    @Test func `anything else that is written finds a clear line`() async {
        let spinner = spinner()
        await spinner.spin("Checking") {
            spinner.cleared { recorder.write("before\n") }
            spinner.tick()
            spinner.cleared { recorder.write("between\n") }
            spinner.tick()
        }
        #expect(
            recorder.text == "before\n\r\u{1B}[K⠋ Checking\r\u{1B}[Kbetween\n\r\u{1B}[K⠙ Checking\r\u{1B}[K"
        )
    }

    @Test func `it keeps to one line, and cannot be made to command the terminal`() async {
        let spinner = spinner(columns: 10)
        await spinner.spin("日本語日本語\u{1B}[2J") { spinner.tick() }
        #expect(recorder.text == "\r\u{1B}[K⠋ 日本語\r\u{1B}[K")
    }

    @Test func `where there is no terminal it is silent`() async {
        let spinner = spinner(isEnabled: false)
        await spinner.spin("Checking") { spinner.tick() }
        #expect(recorder.text.isEmpty)
    }

    @Test func `the ticker drives it`() async {
        let (ticks, tick) = AsyncStream.makeStream(of: Void.self)
        let shown = AsyncStream.makeStream(of: Void.self)
        let iterator = Mutex<Int>(0)
        let spinner = Spinner(sink: recorder, isEnabled: true, columns: { 80 }) {
            if iterator.withLock({
                $0 += 1; return $0
            }) == 2 {
                shown.continuation.yield()
            }
            for await _ in ticks { return }
            throw CancellationError()
        }
        await spinner.spin("Checking") {
            tick.yield()
            for await _ in shown.stream { break }
        }
        #expect(recorder.text == "\r\u{1B}[K⠋ Checking\r\u{1B}[K")
    }
}

struct ScreenTests {
    private let output = Recorder()
    private let error = Recorder()

    @Test func `a terminal gets wrapped and styled text`() {
        let screen = Screen(
            output: output,
            error: error,
            style: Style(isEnabled: true),
            errorStyle: Style(isEnabled: false),
            outputColumns: { 10 },
            errorColumns: { 12 }
        )
        screen.say("one " + screen.style.bold("two") + " three")
        screen.note("one " + screen.errorStyle.bold("two") + " three")
        #expect(output.text == "one \u{1B}[1mtwo\u{1B}[22m\nthree\n")
        #expect(error.text == "one two\nthree\n")
    }

    @Test func `a file gets plain lines`() {
        let screen = Screen(
            output: output,
            error: error,
            style: Style(isEnabled: false),
            errorStyle: Style(isEnabled: false)
        )
        let long = String(repeating: "word ", count: 50) + "end"
        screen.say(DisplayText(long))
        #expect(output.text == long + "\n")
        #expect(error.text.isEmpty)
    }

    @Test func `a very wide terminal is not filled`() {
        let screen = Screen(
            output: output,
            error: error,
            style: Style(isEnabled: false),
            errorStyle: Style(isEnabled: false),
            outputColumns: { 300 }
        )
        screen.say(DisplayText(String(repeating: "word ", count: 50)))
        #expect(output.text.split(separator: "\n").allSatisfy { $0.count <= Screen.readableColumns })
    }

    @Test func `the spinner makes way`() async {
        let screen = Screen(
            output: output,
            error: output,
            style: Style(isEnabled: false),
            errorStyle: Style(isEnabled: false),
            isSpinning: true
        ) { try await Task.sleep(for: .seconds(3600)) }
        await screen.spinner.spin("Checking") {
            screen.spinner.tick()
            screen.say("found")
        }
        #expect(output.text == "\r\u{1B}[K⠋ Checking\r\u{1B}[Kfound\n")
    }
}

struct TerminalSizeTests {
    @Test(arguments: [(nil, 80), ("", 80), ("120", 120), ("0", 80), ("-3", 80), ("wide", 80)])
    func `COLUMNS counts where it is a number`(_ value: String?, _ columns: Int) {
        #expect(TerminalSize.columns(environmentValue: value) == columns)
    }
}
