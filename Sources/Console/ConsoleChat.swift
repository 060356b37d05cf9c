internal import Dialogue
internal import Intents
public import Sessions
public import Terminal
internal import Transcripts

/// A conversation at a terminal, or through a pipe: shows what the bot says, takes replies, and stops without losing
/// anything.
public struct ConsoleChat: Sendable {
    /// How the chat came to its end.
    public enum Outcome: Sendable, Hashable {
        /// The flow ended.
        case completed(outcome: String)
        /// It was left where it is and can go on later.
        case paused
        /// There were no more replies.
        case endOfInput
    }

    private let conversation: Conversation
    private let screen: Screen
    private let editor: LineEditor?
    private let interrupts: InterruptSource?
    private let recorder: ConsoleRecorder?
    private let echoes: Bool

    /// Makes a chat.
    ///
    /// - Parameters:
    ///   - conversation: What is talked to.
    ///   - screen: Where it is shown.
    ///   - editor: The line editor, where a person types; it gets the replies that may be remembered.
    ///   - interrupts: Ctrl-C, where it is caught.
    ///   - recorder: Writes the conversation as a transcript.
    ///   - echoes: Whether replies are shown too, since nobody sees them being typed.
    public init(
        conversation: Conversation,
        screen: Screen,
        editor: LineEditor? = nil,
        interrupts: InterruptSource? = nil,
        recorder: ConsoleRecorder? = nil,
        echoes: Bool = false
    ) {
        self.conversation = conversation
        self.screen = screen
        self.editor = editor
        self.interrupts = interrupts
        self.recorder = recorder
        self.echoes = echoes
    }

    /// Talks until the conversation ends, pauses or runs out of replies.
    ///
    /// - Parameters:
    ///   - source: Where replies come from.
    ///   - menu: Told after each turn what can be said next, for completion.
    /// - Returns: How it came to its end.
    /// - Throws: What a store throws beside ``SessionStoreError``.
    public func run(from source: any LineSource, menu: ConsoleMenu? = nil) async throws -> Outcome {
        var reader = ReplyReader(source: source, limit: 1 << 20)
        var rest = try await turn { try await conversation.open(show: $0) }
        var presses = 0
        while true {
            switch rest {
            case .ended(.completed(let outcome)): return .completed(outcome: outcome)
            case .ended(.paused): return .paused
            case .waiting, .working: break
            }
            await menu?.update(conversation)
            let input = await reader.nextReply(prompt: screen.style.bold(">") + " ")
            let bytes: [UInt8]
            let length: Int?
            switch input {
            case .endOfInput: return .endOfInput
            case .interrupted:
                presses += 1
                if presses > 1 { return .paused }
                screen.note("Press Ctrl-C once more to stop; everything is saved.")
                continue
            case .tooLong(let count):
                bytes = []
                length = count
            case .line(let line):
                bytes = line
                length = nil
            }
            presses = 0
            let event = await conversation.flow.admit(bytes, length: length, in: conversation.state)
            if case .reply(let text) = event.kind {
                editor?.remember(text)
                if echoes { screen.say("> " + DisplayText(text)) }
                if let request = ConsoleExplanation(text) {
                    let replies = await conversation.recentReplies
                    screen.say(request.text(for: replies, in: conversation.flow, style: screen.style))
                    // A number makes it a question to the console alone.
                    if !request.isReply { continue }
                }
            }
            recorder?.user(event)
            rest = try await turn { try await conversation.reply(bytes, length: length, show: $0) }
        }
    }

    /// One turn: shown as it happens; Ctrl-C stops a running action, and what could not be saved is said.
    private func turn(
        _ body: @escaping @Sendable (@escaping @Sendable (Conversation.Show) -> Void) async throws -> SessionRest
    ) async throws -> SessionRest {
        let work = Task { try await body(present) }
        // Ends with the turn: cancelled below.
        let watch = Task { [interrupts] in
            guard let interrupts else { return }
            for await _ in interrupts.presses() { work.cancel() }
        }
        defer { watch.cancel() }
        do {
            return try await screen.spinner.spin("…") { try await work.value }
        } catch is CancellationError {
            screen.note("Stopped. The step is taken up again when you go on.")
            return .ended(.paused)
        } catch let error as SessionStoreError {
            screen.note(screen.errorStyle.bold("Not saved: ") + DisplayText(error.message))
            screen.note("Nothing said before is lost. Mend that and send your reply again, or stop with Ctrl-D.")
            return .waiting
        }
    }

    private func present(_ show: Conversation.Show) {
        switch show {
        case .message(let message):
            screen.say(layout(message))
            recorder?.message(message)
        case .began(let call): screen.spinner.update(call.name.replacing("_", with: " ") + " …")
        case .progress(let text): screen.spinner.update(text)
        case .finished(let call, let result): recorder?.action(call, result)
        case .defect(let detail): screen.note(screen.errorStyle.dim(DisplayText(detail)))
        }
    }

    /// A message as it is shown: in a pipe, the text that a transcript holds.
    private func layout(_ message: Message) -> DisplayText {
        guard editor != nil else { return DisplayText(message.shownText) }
        var text = DisplayText(message.text)
        for (index, option) in message.options.enumerated() {
            text += "\n  " + DisplayText("\(index + 1). \(option.name)")
        }
        return text
    }
}
