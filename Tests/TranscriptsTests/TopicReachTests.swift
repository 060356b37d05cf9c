import Actions
import BundledPrompts
import Dialogue
import Foundation
import Intents
import Testing
import Transcripts

/// The bundled flow at each of its questions, as a golden transcript comes past them.
private struct Stops {
    let flow: Flow
    var states: [State] = []

    init(_ name: String) async throws {
        flow = try BundledFlow.compiled()
        let file = GoldenTranscriptTests.folder + "/model-evaluation/" + name
        let transcript = try GoldenTranscriptTests.load(file)
        let stage = try BundledFlow.world(of: transcript)
        let runner = ActionRegistry.all.runner(in: stage.world)
        var state = flow.initialState
        var event: Event? = .started(hints: [:])
        var replies = transcript.entries.compactMap { entry in
            if case .user(let reply) = entry.kind { String(decoding: reply.sent, as: UTF8.self) } else { nil }
        }[...]
        while let next = event {
            state = try await flow.drive(state, on: next) { _, transition in
                guard case .action(let call) = transition.next else { return nil }
                return try await runner.run(call) { _ in }
            }.state
            guard case .reply = state.situation.pending else { break }
            states.append(state)
            event = replies.popFirst().map(Event.reply)
        }
    }
}

@Suite("Every topic can be asked about at every step")
struct TopicReachTests {
    @Test(
        "Each example of each topic is answered, and the question comes back",
        arguments: ["happy/group-name.transcript", "metrics/custom-built.transcript", "model/search.transcript"]
    )
    func everywhere(name: String) async throws {
        let stops = try await Stops(name)
        let flow = stops.flow
        #expect(stops.states.count > 10)
        for state in stops.states {
            let step = flow.stepID(of: state) ?? ""
            for (index, topic) in flow.topics.enumerated() where topic.steps == nil {
                let examples = flow.rules.filter { $0.kind == .topic && $0.intent == topic.name }.flatMap(
                    \.examples.matches
                )
                for example in examples {
                    let transition = flow.advance(state, on: .reply(example))
                    #expect(transition.understanding?.decision == .topic(index), "'\(example)' at \(step)")
                }
            }
        }
    }
}
