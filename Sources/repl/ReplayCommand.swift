import ArgumentParser
import Dialogue
import Foundation
import Sessions
import Transcripts

/// `usher replay`: rebuild a session out of its events.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Rebuild a session at any of its turns out of its events; no action is run.",
        discussion: """
            Prints the conversation as a transcript, with where it stands as expectations. The events come from a file \
            that --export wrote, or with --session from where usher chat keeps its sessions.
            """
    )

    @Argument(help: "A file of events (JSON lines).")
    var events: String?

    @Option(help: ArgumentHelp("A session that usher chat kept.", valueName: "name"))
    var session: String?

    @Option(help: ArgumentHelp("The file that sessions are kept in, where it is not the usual one.", valueName: "file"))
    var store: String?

    @Option(name: .customLong("to"), help: ArgumentHelp("The last turn; 0 is the opening.", valueName: "turn"))
    var turn: Int?

    @Flag(help: "Print the state as JSON instead.")
    var json = false

    @Option(help: ArgumentHelp("Write the session's events to a file instead (JSON lines).", valueName: "file"))
    var export: String?

    @Option(help: ArgumentHelp("Show the first turn that differs with this folder of prompts.", valueName: "dir"))
    var diff: String?

    @Option(help: ArgumentHelp("A folder of prompts to use instead of the bundled one.", valueName: "dir"))
    var prompts: String?

    @Flag(help: "Replay even where the events are of another version of the flow.")
    var anyVersion = false

    func validate() throws {
        guard (events == nil) != (session == nil) else {
            throw ValidationError("give a file of events, or --session with a name")
        }
        guard store == nil || session != nil else { throw ValidationError("--store goes with --session") }
        guard turn.map({ $0 >= 0 }) ?? true else { throw ValidationError("--to is 0 for the opening, or more") }
        let wanted = [json ? "--json" : nil, export.map { _ in "--export" }, diff.map { _ in "--diff" }].compactMap(
            \.self
        )
        guard wanted.count < 2 else { throw ValidationError("\(wanted.joined(separator: " and ")) exclude each other") }
    }

    func run() async throws {
        let record = try await load()
        if let export { return try write(try SessionExport.text(of: record), to: export) }
        let flow = try compile(record, prompts)
        guard record.digest == flow.digest || anyVersion else {
            throw ValidationError(
                "\(name): these events are of another version of the flow '\(record.flow)'; give that version with "
                    + "--prompts, or --any-version to replay them all the same"
            )
        }
        let replay = try located { () throws(SessionReplay.Misfit) in try SessionReplay(record.events, flow: flow) }
        let last = replay.turns.count - 1
        let turn = self.turn ?? last
        guard turn <= last else {
            throw ValidationError("\(name): there is no turn \(turn); the last one is \(last)")
        }
        if let diff {
            let end = replay.turns.isEmpty ? 0 : replay.turns[turn].events.upperBound
            return try compare(Array(record.events.prefix(end)), flow, try compile(record, diff), turns: turn)
        }
        if json {
            print(replay.turns.isEmpty ? flow.initialState.canonicalJSON : replay.turns[turn].state.canonicalJSON)
        } else {
            print(replay.transcript(upTo: turn, flow: flow).text, terminator: "")
        }
    }

    private var name: String { events ?? "session '\(session ?? "")'" }

    private func load() async throws -> SessionRecord {
        if let events, !FileManager.default.fileExists(atPath: events) {
            throw ValidationError("\(events): there is no such file; a session is named by --session \(events)")
        }
        if let events { return try SessionExport.read(try TranscriptFiles.read(events), file: events) }
        let path = store ?? StateFolder().sessions
        // Opening a store would make it.
        guard FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("\(path): there is no such file; no session was kept there")
        }
        guard let session, let record = try await SQLiteSessionStore(path: path).load(session) else {
            throw ValidationError("\(path): there is no session '\(session ?? "")'")
        }
        return record
    }

    private func compile(_ record: SessionRecord, _ prompts: String?) throws -> Flow {
        var options = FlowOptions()
        options.flow = record.flow
        options.entry = record.entry
        options.prompts = prompts
        return try options.compile()
    }

    private func located<T>(_ body: () throws(SessionReplay.Misfit) -> T) throws -> T {
        do {
            return try body()
        } catch {
            let place = events.map { "\($0):\(SessionExport.line(ofEvent: error.event)):1: error: " }
            throw ValidationError((place ?? "\(name), event \(error.event + 1): ") + error.description)
        }
    }

    private func compare(_ events: [Event], _ old: Flow, _ new: Flow, turns: Int) throws {
        let found = try located { () throws(SessionReplay.Misfit) in
            try ReplayDifference.first(in: events, from: old, to: new)
        }
        guard let found else {
            print("no difference up to turn \(turns)")
            return
        }
        print("turn \(found.turn) differs")
        for line in found.reply { print("  " + line) }
        for line in found.lines { print("  " + line) }
        throw ExitCode.failure
    }

    private func write(_ text: String, to file: String) throws {
        do {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw ValidationError("--export \(file): it could not be written (\(error.localizedDescription))")
        }
    }
}
