import AWS
import Actions
import BundledPrompts
import Dialogue
import Foundation
import Intents
import Testing
import Transcripts

/// A golden transcript gone through as a session: its events, and the state after each of them.
private struct LiveSession {
    let flow: Flow
    var events: [Event] = []
    var states: [String] = []

    /// The flow with other texts.
    static func compile(changing change: (String) -> String) throws -> Flow {
        let files = BundledPrompts.files.map { FlowSource.File(path: $0.path, text: change($0.text)) }
        return try FlowCompiler(actions: ActionRegistry.all.signatures, entities: AWSEntities.registry).compile(
            FlowSource("model-evaluation", files: files)
        )
    }

    init(_ name: String) async throws {
        let file = GoldenTranscriptTests.folder + "/" + name
        let transcript = try GoldenTranscriptTests.load(file)
        flow = try BundledFlow.compiled(entry: transcript.field("entry"))
        let world = try BundledFlow.world(of: transcript)
        let runner = ActionRegistry.all.runner(in: world.world)
        var state = flow.initialState
        var replies = transcript.entries.compactMap { entry in
            if case .user(let reply) = entry.kind { reply.sent } else { nil }
        }[...]
        var event: Event? = .started(hints: [:])
        while let current = event {
            state = try await flow.drive(state, on: current) { event, transition in
                events.append(event)
                states.append(transition.state.canonicalJSON)
                guard case .action(let call) = transition.next else { return nil }
                return try await runner.run(call) { _ in }
            }.state
            event = replies.popFirst().map { flow.admit($0, in: state) }
        }
    }
}

@Suite("A session is rebuilt out of its events")
struct SessionReplayTests {
    private static let names = GoldenTranscriptTests.files.map {
        String($0.dropFirst(GoldenTranscriptTests.folder.count + 1))
    }

    @Test(
        "The states are those it had, byte for byte, and its transcript is replayed without the world",
        arguments: names
    )
    func golden(name: String) async throws {
        let live = try await LiveSession(name)
        let replay = try SessionReplay(live.events, flow: live.flow)
        let turns = replay.turns
        #expect(turns.last?.events.upperBound == live.events.count)
        for turn in turns { #expect(turn.state.canonicalJSON == live.states[turn.events.upperBound - 1]) }
        // The first events alone give the same state as all of them did at that place.
        for end in [1, live.events.count / 2, live.events.count - 1] where end > 0 {
            let prefix = Array(live.events.prefix(end))
            #expect(try SessionReplay(prefix, flow: live.flow).turns.last?.state.canonicalJSON == live.states[end - 1])
            #expect(live.flow.fold(prefix).canonicalJSON == live.states[end - 1])
        }
        // A secret is kept nowhere, so nothing can take its place.
        guard !live.events.contains(where: { if case .refused(.secret) = $0.kind { true } else { false } }) else {
            return
        }
        let text = replay.transcript(upTo: turns.count, flow: live.flow).text
        let result = try await TranscriptRunner(flow: live.flow).run(
            try TranscriptParser.parse(text, file: name),
            on: TranscriptStage()
        )
        #expect(result.broken.isEmpty, "\(result.broken)")
        #expect(result.difference.isEmpty, "\(result.difference)")
    }

    @Test("A transcript may stop at any turn")
    func upToTurn() async throws {
        let live = try await LiveSession("model-evaluation/happy/group-name.transcript")
        let replay = try SessionReplay(live.events, flow: live.flow)
        let opening = replay.transcript(upTo: 0, flow: live.flow)
        #expect(opening.text.contains("bot: What was the model fine-tuned to do?"))
        #expect(!opening.text.contains("user:"))
        #expect(opening.text.contains("expect: step task"))
        for turn in replay.turns {
            let replies = replay.transcript(upTo: turn.number, flow: live.flow).entries.count { entry in
                if case .user = entry.kind { true } else { false }
            }
            #expect(replies == turn.number)
        }
    }

    @Test("Events that cannot be there are refused at their place")
    func misfits() async throws {
        let live = try await LiveSession("model-evaluation/happy/group-name.transcript")
        let end = Event.actionFinished(id: 99, result: ActionResult(outcome: "none"))
        let cases: [([Event], Int, String)] = [
            ([.reply("yes")], 0, "begins with 'started'"),
            (Array(live.events.prefix(2)) + [.started(hints: [:])], 2, "starts only once"),
            (Array(live.events.prefix(2)) + [end], 2, "action 99 is not waited for"),
            ([live.events[0], .reply("yes")], 1, "action 1 (read_prior_context) is missing"),
            ([live.events[0], .refused(.notText)], 1, "is missing"),
        ]
        for (events, place, words) in cases {
            let misfit = #expect(throws: SessionReplay.Misfit.self) { try SessionReplay(events, flow: live.flow) }
            #expect(misfit?.event == place)
            #expect(misfit?.description.contains(words) == true, "\(misfit?.description ?? "")")
        }
        #expect(try SessionReplay([], flow: live.flow).turns.isEmpty)
    }

    @Test("The first turn that differs in another version is found, with what differs")
    func difference() async throws {
        let live = try await LiveSession("model-evaluation/happy/group-name.transcript")
        #expect(try ReplayDifference.first(in: live.events, from: live.flow, to: live.flow) == nil)
        let reworded = try LiveSession.compile {
            $0.replacingOccurrences(of: "Where in Amazon S3 is the evaluation dataset?", with: "Where is the dataset?")
        }
        let found = try #require(try ReplayDifference.first(in: live.events, from: live.flow, to: reworded))
        #expect(found.turn == 1)
        #expect(found.reply.first?.hasPrefix("user: ") == true)
        #expect(found.lines.contains("- bot: Where in Amazon S3 is the evaluation dataset?"))
        #expect(found.lines.contains("+ bot: Where is the dataset?"))
        #expect(!found.lines.contains { $0.contains("slot ") })
    }

    @Test(
        "A reply comes back as it was, whatever stands in it",
        arguments: [
            "yes", "", "a\n\n  b", "žluť 👍", " yes", "a\u{0}", "a\r\nb", "a\r", "a\n\\\nb", "bot: x", "x\nuser: y",
        ]
    )
    func exactReplies(text: String) throws {
        let reply = Transcript.Reply.text(text)
        let file = Transcript(file: "", header: [], entries: [Transcript.Entry(.user(reply))]).text
        #expect(try TranscriptParser.parse(file, file: "t").entries.map(\.kind) == [.user(reply)])
    }
}
