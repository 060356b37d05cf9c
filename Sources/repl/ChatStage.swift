import Actions
import ArgumentParser
import Console
import Dialogue
import Foundation
import Sessions
import Terminal

/// A chat at the console: its actions, its store and its conversation.
struct ChatStage {
    private let flow: Flow
    private let runner: any ActionRunner
    private let options: ChatOptions
    private let state: StateFolder
    private let workspace: String
    private let command: (_ resuming: String) -> String

    /// Makes a stage.
    ///
    /// - Parameters:
    ///   - flow: The flow to go through.
    ///   - runner: Runs the flow's actions.
    ///   - options: The session, and where a transcript of it goes.
    ///   - state: The folder that keeps sessions.
    ///   - workspace: The folder that paths are completed in.
    ///   - command: Takes the options that name a session, and returns the command that resumes it.
    /// - Throws: `ValidationError` where the transcript could not be written.
    init(
        flow: Flow,
        runner: any ActionRunner,
        options: ChatOptions,
        state: StateFolder,
        workspace: String,
        command: @escaping (_ resuming: String) -> String
    ) throws {
        self.flow = flow
        self.runner = runner
        self.options = options
        self.state = state
        self.workspace = workspace
        self.command = command
        if let file = options.record {
            let folder = URL(filePath: file).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("--record \(file): its folder is not there or cannot be written to")
            }
        }
    }

    /// The files of a workspace.
    static func files(in workspace: String, home: String) throws -> LocalFiles {
        do {
            return try LocalFiles(root: workspace, home: home)
        } catch {
            let reason = FileFailure(error.kind, path: "", detail: error.detail)
            throw ValidationError("--workspace \(workspace): \(reason)")
        }
    }

    /// Makes a stage and talks on it, until the conversation ends, pauses or runs out of replies.
    ///
    /// - Throws: `ExitCode` when what went wrong was said.
    static func run(on screen: Screen, opening: String? = nil, _ make: () throws -> ChatStage) async throws {
        do {
            let stage = try make()
            if let opening { screen.note(DisplayText(opening + "\n")) }
            try await stage.talk(screen)
        } catch {
            screen.note(DisplayText("\(error)"))
            throw ExitCode.failure
        }
    }

    private func talk(_ screen: Screen) async throws {
        let (store, isKept) = openStore(screen)
        let interrupts = InterruptSource()
        let home = ProcessInfo.processInfo.environment["HOME"]
        let menu = ConsoleMenu(paths: PathCompletion(home: home, workingFolder: workspace))
        let editor = interrupts.flatMap {
            LineEditor(
                interrupts: $0,
                history: HistoryFile(path: state.history),
                completions: menu.completions
            )
        }
        let source: any LineSource = editor ?? PlainInput(interrupts: interrupts)
        let recorder = options.record.map { _ in ConsoleRecorder(flow: flow) }
        do {
            let conversation = try await conversation(store)
            let chat = ConsoleChat(
                conversation: conversation,
                screen: screen,
                editor: editor,
                interrupts: interrupts,
                recorder: recorder,
                echoes: editor == nil
            )
            let outcome = try await chat.run(from: source, menu: menu)
            if isKept, outcome.isUnfinished {
                let command = command(" --resume --session \(conversation.id)")
                screen.note(screen.errorStyle.dim(DisplayText("Go on with: \(command)")))
            }
        } catch {
            try write(recorder)
            throw error
        }
        try write(recorder)
    }

    /// The store of sessions; one in memory where none can be written, which is said.
    private func openStore(_ screen: Screen) -> (any SessionStore, isKept: Bool) {
        do {
            return (try SQLiteSessionStore(path: state.sessions), true)
        } catch {
            screen.note(DisplayText("Sessions cannot be saved: \(error)"))
            screen.note("This conversation will be gone when it ends.")
            return (MemorySessionStore(), false)
        }
    }

    /// The session to go on with, or a new one.
    private func conversation(_ store: any SessionStore) async throws -> Conversation {
        if options.resume {
            let record = try await recordToResume(store)
            if record.digest == flow.digest {
                return Conversation.resume(record, flow: flow, store: store, runner: runner)
            }
            let id = SessionVersion.next(after: record.id, among: try await store.list())
            return try await Conversation.migrate(record, to: id, flow: flow, store: store, runner: runner)
        }
        if let name = options.session {
            return try await Conversation.begin(name, flow: flow, store: store, runner: runner)
        }
        let taken = Set(try await store.list())
        let number = (1...).first { !taken.contains("\(flow.name)-\($0)") } ?? 1
        return try await Conversation.begin("\(flow.name)-\(number)", flow: flow, store: store, runner: runner)
    }

    private func recordToResume(_ store: any SessionStore) async throws -> SessionRecord {
        let entry = flow.flows[flow.entry].name
        if let name = options.session {
            let latest = SessionVersion.latest(of: name, among: try await store.list())
            guard let record = try await store.load(latest), record.owner.isEmpty else {
                throw ValidationError("there is no session '\(name)'")
            }
            guard record.flow == flow.name, record.entry == entry else {
                throw ValidationError(
                    "the session '\(name)' belongs to the flow '\(record.entry)' of '\(record.flow)'; name it with --flow and --entry"
                )
            }
            return record
        }
        for name in try await store.list(owner: "") {
            if let record = try await store.load(name), record.flow == flow.name, record.entry == entry {
                return record
            }
        }
        throw ValidationError("there is no session of '\(flow.name)' to resume")
    }

    /// Writes the transcript, where one is recorded.
    private func write(_ recorder: ConsoleRecorder?) throws {
        guard let recorder, let file = options.record else { return }
        do {
            try recorder.text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw ValidationError(
                "--record \(file): the transcript could not be written (\(error.localizedDescription))"
            )
        }
    }
}

extension ConsoleChat.Outcome {
    /// A flag that says that the conversation can go on later.
    fileprivate var isUnfinished: Bool { if case .completed = self { false } else { true } }
}
