import Actions
import ArgumentParser
import Console
import Dialogue
import Foundation
import Sessions
import Terminal
import Transcripts

/// What a chat takes place in, as the command line and the environment say.
struct ChatStage {
    private let command: ChatCommand
    private let stateFolder: StateFolder
    private let runner: any ActionRunner
    /// The flow of the transcript whose answers are used, and the runner that gives them; `nil` where the world answers.
    let recorded: (flow: Flow, runner: TranscriptActions)?

    init(_ command: ChatCommand) throws {
        self.command = command
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "/"
        stateFolder = StateFolder(environment: environment)
        if let file = command.record {
            let folder = URL(filePath: file).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("--record \(file): its folder is not there or cannot be written to")
            }
        }
        recorded = try command.answers.map { try Self.recorded($0, command.options) }
        if let recorded {
            runner = recorded.runner
        } else {
            runner = ActionRegistry.all.runner(in: try Self.world(of: command, home: home))
        }
    }

    private static func recorded(_ file: String, _ options: FlowOptions) throws -> (Flow, TranscriptActions) {
        let root = try TranscriptRoot.containing([file])
        let transcript = try TranscriptLoader(root: root).load(file)
        let (flow, stage) = try TranscriptStages(options: options, root: root).prepare(transcript)
        return (flow, TranscriptActions(transcript, on: stage))
    }

    private static func world(of command: ChatCommand, home: String) throws -> World {
        let source = try command.options.source()
        let aws: any AWSClient =
            command.aws.offline
            ? OfflineAWS()
            : CLIAWSClient(settings: .init(profile: command.aws.profile, region: command.aws.region))
        let files: LocalFiles
        do {
            files = try LocalFiles(root: command.workspace, home: home)
        } catch {
            let reason = FileFailure(error.kind, path: "", detail: error.detail)
            throw ValidationError("--workspace \(command.workspace): \(reason)")
        }
        return World(aws: aws, files: files, data: source.data)
    }

    var history: HistoryFile { HistoryFile(path: stateFolder.history) }

    var paths: PathCompletion {
        PathCompletion(home: ProcessInfo.processInfo.environment["HOME"], workingFolder: command.workspace)
    }

    /// The store of sessions; one in memory where none can be written, which is said.
    func openStore(_ screen: Screen) -> (any SessionStore, isKept: Bool) {
        do {
            return (try SQLiteSessionStore(path: stateFolder.sessions), true)
        } catch {
            screen.note(DisplayText("Sessions cannot be saved: \(error)"))
            screen.note("This conversation will be gone when it ends.")
            return (MemorySessionStore(), false)
        }
    }

    /// The session to go on with, or a new one.
    func conversation(_ flow: Flow, _ store: any SessionStore) async throws -> Conversation {
        if command.resume {
            let record = try await recordToResume(flow, store)
            if record.digest == flow.digest {
                return Conversation.resume(record, flow: flow, store: store, runner: runner)
            }
            let id = SessionVersion.next(after: record.id, among: try await store.list())
            return try await Conversation.migrate(record, to: id, flow: flow, store: store, runner: runner)
        }
        if let name = command.session {
            return try await Conversation.begin(name, flow: flow, store: store, runner: runner)
        }
        let taken = Set(try await store.list())
        let number = (1...).first { !taken.contains("\(flow.name)-\($0)") } ?? 1
        return try await Conversation.begin("\(flow.name)-\(number)", flow: flow, store: store, runner: runner)
    }

    private func recordToResume(_ flow: Flow, _ store: any SessionStore) async throws -> SessionRecord {
        let entry = flow.flows[flow.entry].name
        if let name = command.session {
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
    func write(_ recorder: ConsoleRecorder?) throws {
        guard let recorder, let file = command.record else { return }
        do {
            try recorder.text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw ValidationError(
                "--record \(file): the transcript could not be written (\(error.localizedDescription))"
            )
        }
    }
}
