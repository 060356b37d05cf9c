internal import Sessions
import Synchronization
public import Terminal

/// What Tab offers: slash commands, the choices of the open question, and file paths.
public final class ConsoleMenu: Sendable {
    /// The slash commands; each is also understood as a word of its own.
    public static let commands = [
        "/help", "/status", "/back", "/why", "/undo", "/redo", "/restart", "/save", "/quit", "/skip", "/cancel",
    ]

    private let choices = Mutex<[String]>([])
    private let paths: PathCompletion

    /// Makes a menu.
    ///
    /// - Parameter paths: Completes file paths.
    public init(paths: PathCompletion) { self.paths = paths }

    /// Takes over the choices of the open question.
    func update(_ conversation: Conversation) async {
        let names = await conversation.openChoices
        choices.withLock { $0 = names }
    }

    /// What can follow in a line.
    public func completions(_ line: String, _ utf8Cursor: Int) -> [Completion] {
        if line.hasPrefix("/") {
            let commands = Completion.words(Self.commands, line: line, utf8Cursor: utf8Cursor)
            if !commands.isEmpty { return commands }
        }
        let named = Completion.words(choices.withLock { $0 }, line: line, utf8Cursor: utf8Cursor)
        return named.isEmpty ? paths.completions(line: line, utf8Cursor: utf8Cursor) : named
    }
}
