import CLibedit

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The owner of one libedit editor: keys, history and the terminal's mode.
///
/// libedit calls back into it while ``readLine(prompt:)`` runs, on the same thread; nothing else enters it meanwhile.
/// It reads the terminal itself (libedit's own reader gives up on signals and knows no pastes).
///
/// - Note: Source: editline(3), editrc(5).
final class EditLine {
    private let editor: OpaquePointer
    private let history: OpaquePointer
    private let callbacks: UnsafeMutablePointer<usher_callbacks>
    private let reader: ByteReader
    private let output: FileDescriptorSink
    private let limit: Int
    private let completions: @Sendable (_ line: String, _ utf8Cursor: Int) -> [Completion]

    /// The prompt as libedit wants it: scalars that end in 0, escape sequences between two U+0001.
    private var prompt: UnsafeMutablePointer<UInt32>
    /// Why the line ends without Return, where it does.
    private var ending: Input?
    /// What makes the terminal mark pastes, and stop it; nothing for one that would show it.
    private let pasteModeOn: String
    private let pasteModeOff: String
    private var lastEntry: String?

    /// Makes an editor on a terminal; `nil` where libedit cannot.
    init?(
        input: Int32,
        output: Int32,
        wake: WakePipe,
        limit: Int,
        completions: @escaping @Sendable (_ line: String, _ utf8Cursor: Int) -> [Completion]
    ) {
        CharacterEncoding.useUTF8()
        guard let editor = usher_el_init("usher", input, output) else { return nil }
        guard let history = history_winit() else {
            usher_el_end(editor)
            return nil
        }
        self.editor = editor
        self.history = history
        self.reader = ByteReader(descriptor: input, wake: wake)
        self.output = FileDescriptorSink(descriptor: output)
        self.limit = limit
        self.completions = completions
        let terminal = getenv("TERM").map { String(cString: $0) } ?? "dumb"
        pasteModeOn = terminal == "dumb" ? "" : "\u{1B}[?2004h"
        pasteModeOff = terminal == "dumb" ? "" : "\u{1B}[?2004l"
        callbacks = .allocate(capacity: 1)
        prompt = LibeditText.scalars("")
        // SAFETY: the editor, which holds these pointers, ends in deinit: before the object and the callbacks go.
        callbacks.initialize(
            to: usher_callbacks(
                context: Unmanaged.passUnretained(self).toOpaque(),
                read: { context, scalar in EditLine.from(context)?.readScalar(into: scalar) ?? 0 },
                prompt: { context in UnsafePointer(EditLine.from(context)?.prompt) },
                complete: { context in EditLine.from(context)?.complete() ?? UInt8(CC_ERROR) },
                paste: { context in EditLine.from(context)?.paste() ?? UInt8(CC_ERROR) }
            )
        )
        usher_el_set_callbacks(editor, callbacks)
        usher_el_set_emacs(editor)
        usher_history_set_size(history, 1000)
        usher_el_set_history(editor, history)
        LibeditKeys.bind(in: editor)
    }

    deinit {
        usher_el_end(editor)
        history_wend(history)
        callbacks.deallocate()
        prompt.deallocate()
    }

    /// Edits one line; blocks until it ends.
    func readLine(prompt: DisplayText) -> Input {
        show(prompt)
        ending = nil
        // libedit shows the prompt before it takes the terminal over: keys pressed at once would be lost or echoed.
        usher_el_prepare_terminal(editor, 1)
        output.write(pasteModeOn)
        var count: Int32 = 0
        let line = usher_el_gets(editor, &count)
        output.write(pasteModeOff)
        if let ending {
            output.write(ending == .interrupted ? "^C\n" : "\n")
            return ending
        }
        guard let line, count > 0 else {
            output.write("\n")
            return .endOfInput
        }
        var bytes = LibeditText.utf8(line, count: Int(count))
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes.count <= limit ? .line(bytes) : .tooLong(byteCount: bytes.count)
    }

    /// Puts an entry at the end of the history; `false` where it is the same as the last, and is not put there.
    @discardableResult
    func remember(_ entry: String) -> Bool {
        guard entry != lastEntry else { return false }
        lastEntry = entry
        let scalars = LibeditText.scalars(entry)
        usher_history_enter(history, scalars)
        scalars.deallocate()
        return true
    }

    // MARK: Callbacks

    private static func from(_ context: UnsafeMutableRawPointer?) -> EditLine? {
        // SAFETY: the context is the object that made the callbacks, and it outlives its editor.
        context.map { Unmanaged<EditLine>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Reads one scalar for libedit: 1, or 0 at the end of the input, or -1 to end the line as ``ending`` says.
    private func readScalar(into scalar: UnsafeMutablePointer<UInt32>?) -> Int32 {
        var decoder = ScalarDecoder()
        while true {
            switch reader.next() {
            case .byte(let byte):
                switch decoder.take(byte) {
                case .needsMore:
                    continue
                case .scalar(let decoded):
                    scalar?.pointee = decoded.value
                case .wrongBefore:
                    reader.stepBack()
                    scalar?.pointee = 0xFFFD
                }
                return 1
            case .end:
                ending = .endOfInput
                return 0
            case .signal(SIGINT):
                interrupt()
                return -1
            case .signal(SIGCONT):
                // Whoever had the terminal meanwhile left it in its own mode.
                usher_el_prepare_terminal(editor, 0)
                usher_el_prepare_terminal(editor, 1)
                output.write(pasteModeOn)
                usher_el_refresh(editor)
            case .signal(SIGWINCH):
                el_resize(editor)
            case .signal:
                continue
            }
        }
    }

    private func interrupt() {
        reader.discardBuffer()
        ending = .interrupted
        // What is written next belongs below the whole line, not below the cursor.
        var count: Int32 = 0
        var cursor: Int32 = 0
        _ = usher_el_line(editor, &count, &cursor)
        _ = el_cursor(editor, count - cursor)
        usher_el_refresh(editor)
        errno = EINTR
    }

    private func complete() -> UInt8 {
        var count: Int32 = 0
        var cursor: Int32 = 0
        let scalars = usher_el_line(editor, &count, &cursor)
        let bytes = LibeditText.utf8(scalars, count: Int(count))
        let utf8Cursor = LibeditText.utf8(scalars, count: Int(cursor)).count
        let line = String(decoding: bytes, as: UTF8.self)
        switch CompletionStep(completions(line, utf8Cursor), line: line, utf8Cursor: utf8Cursor) {
        case .nothing:
            return UInt8(CC_ERROR)
        case .replace(let utf8Start, let text):
            let typed = String(decoding: bytes[utf8Start..<utf8Cursor], as: UTF8.self)
            el_deletestr(editor, Int32(typed.unicodeScalars.count))
            return insert(text)
        case .list(let labels):
            let width = TerminalSize.columns(of: output.descriptor)
            let lines = CompletionStep.columns(of: labels, width: width)
            output.write("\n" + lines.joined(separator: "\n") + "\n")
            return UInt8(CC_REDISPLAY)
        }
    }

    /// Takes what stands between the start and the end of a bracketed paste into the line, line feeds and all.
    private func paste() -> UInt8 {
        var paste = Paste(limit: limit)
        while !paste.isWhole {
            switch reader.next() {
            case .byte(let byte):
                paste.take(byte)
            case .end:
                ending = .endOfInput
                return UInt8(CC_EOF)
            case .signal(SIGINT):
                interrupt()
                return UInt8(CC_EOF)
            case .signal:
                continue
            }
        }
        guard let text = paste.text else {
            ending = .tooLong(byteCount: paste.byteCount)
            return UInt8(CC_EOF)
        }
        return text.isEmpty ? UInt8(CC_NORM) : insert(text)
    }

    private func insert(_ text: String) -> UInt8 {
        let scalars = LibeditText.scalars(text)
        defer { scalars.deallocate() }
        return usher_el_insert(editor, scalars) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
    }

    // MARK: Prompt

    /// Takes the last line of a prompt for libedit; lines above it are written at once.
    private func show(_ text: DisplayText) {
        var lines = text.terminalString.split(separator: "\n", omittingEmptySubsequences: false)
        let last = lines.popLast() ?? ""
        for line in lines { output.write(line + "\n") }
        prompt.deallocate()
        prompt = LibeditText.scalars(LibeditText.prompt(String(last)))
    }
}
