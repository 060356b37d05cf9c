import Dispatch
import Synchronization

/// Lines that a person types at a terminal, with editing, history and completion.
///
/// Keys are those of emacs: Ctrl-A and Ctrl-E, Ctrl-B and Ctrl-F, Ctrl-K, Ctrl-U, Ctrl-W, Ctrl-Y, Up and Down for the
/// history, Ctrl-R to search it, Tab to complete, Ctrl-L to clear the screen, Ctrl-D on an empty line to end. A paste of
/// several lines arrives as one line with line feeds in it, where the terminal marks pastes (nearly all do).
///
/// It edits with libedit, on a thread of its own; the terminal is in its usual mode while no line is read.
public final class LineEditor: LineSource {
    private let editor: Mutex<EditLine>
    private let wake: WakePipe
    private let interrupts: InterruptSource
    private let history: HistoryFile?
    private let problem: Mutex<HistoryFailure?>
    private let queue = DispatchQueue(label: "usher.line-editor")

    /// Makes an editor; `nil` where the two are no terminals or libedit cannot work there: use ``PlainInput`` then.
    ///
    /// The locale of the process becomes the user's, or a UTF-8 one where that is none.
    ///
    /// - Parameters:
    ///   - input: The terminal to read; standard input where nothing is said.
    ///   - output: The terminal to write; standard output where nothing is said.
    ///   - interrupts: Where Ctrl-C comes from.
    ///   - history: Where entries are kept; without it they live as long as the editor.
    ///   - limit: The most bytes of a line.
    ///   - completions: What Tab offers for a line and a cursor in it (a UTF-8 offset). It runs while the user waits.
    public init?(
        input: Int32 = 0,
        output: Int32 = 1,
        interrupts: InterruptSource,
        history: HistoryFile? = nil,
        limit: Int = 1024 * 1024,
        completions: @escaping @Sendable (_ line: String, _ utf8Cursor: Int) -> [Completion] = { _, _ in [] }
    ) {
        guard TerminalSize.isTerminal(input), TerminalSize.isTerminal(output), let wake = WakePipe(),
            let editor = EditLine(input: input, output: output, wake: wake, limit: limit, completions: completions)
        else { return nil }
        var problem: HistoryFailure?
        do throws(HistoryFailure) {
            for entry in try history?.load() ?? [] { editor.remember(entry) }
        } catch {
            problem = error
        }
        self.editor = Mutex(editor)
        self.wake = wake
        self.interrupts = interrupts
        self.history = history
        self.problem = Mutex(problem)
    }

    /// The first thing that went wrong with the history file; the history in memory works all the same.
    public var historyFailure: HistoryFailure? {
        problem.withLock { $0 }
    }

    /// Waits for the next line, on a thread of its own.
    ///
    /// - Parameter prompt: What stands before the line. Of several lines, the last is the prompt.
    /// - Returns: The line, or why there is none.
    @concurrent public func readLine(prompt: DisplayText) async -> Input {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.waitForLine(prompt: prompt)) }
        }
    }

    /// Waits for the next line, on this thread.
    public func waitForLine(prompt: DisplayText) -> Input {
        interrupts.beginReading(wake)
        defer { interrupts.endReading(wake) }
        return editor.withLock { $0.readLine(prompt: prompt) }
    }

    /// Puts a line into the history and its file, unless it is empty or the same as the one before.
    ///
    /// Nothing gets there without this call: the caller leaves out what is secret.
    public func remember(_ line: String) {
        guard !line.isEmpty, !line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return }
        guard editor.withLock({ $0.remember(line) }) else { return }
        do throws(HistoryFailure) {
            try history?.append(line)
        } catch {
            problem.withLock { $0 = $0 ?? error }
        }
    }
}
