public import Dialogue
internal import Intents

/// What a transcript's conversation takes place in: who runs its actions, and what files there are.
public struct TranscriptStage: Sendable {
    /// Runs the actions whose answers the transcript does not hold itself; `nil` where there is none.
    public var runner: (any ActionRunner)?
    /// The text of a file in the workspace, or `nil` where there is none.
    public var file: @Sendable (String) -> String?

    /// Makes a stage.
    public init(runner: (any ActionRunner)? = nil, file: @escaping @Sendable (String) -> String? = { _ in nil }) {
        self.runner = runner
        self.file = file
    }
}

/// Replays transcripts against a flow.
///
/// Nothing in it depends on time, order of files or anything outside.
public struct TranscriptRunner: Sendable {
    private let flow: Flow

    /// Makes a runner for a flow.
    public init(flow: Flow) { self.flow = flow }

    /// Replays a transcript.
    ///
    /// - Parameters:
    ///   - transcript: What should happen.
    ///   - stage: What it happens in.
    /// - Returns: What did happen, written as a transcript, and what differs.
    /// - Throws: Only what is thrown by an action that is defective, or `CancellationError`.
    public func run(_ transcript: Transcript, on stage: TranscriptStage) async throws -> TranscriptResult {
        var play = Play(flow: flow, transcript: transcript, stage: stage)
        try await play.perform()
        return TranscriptResult(expected: transcript, actual: play.actual, broken: play.broken, trace: play.trace)
    }
}

/// What came of replaying a transcript.
public struct TranscriptResult: Sendable {
    /// What should have happened.
    public let expected: Transcript
    /// What happened: the same replies and remarks, with what the bot said and did.
    public let actual: Transcript
    /// Expectations that did not hold, each with its line and what was there instead.
    public let broken: [String]
    /// The steps that were come to and how those ended that did, in order.
    public let trace: [Transition.Trace]

    /// Whether it went as written.
    public var isPassed: Bool { broken.isEmpty && difference.isEmpty }

    /// The lines that differ, as a unified difference without context; empty where nothing differs.
    public var difference: [String] {
        LineDifference.between(
            expected.entries.filter(\.isCompared).flatMap(\.lines),
            actual.entries.filter(\.isCompared).flatMap(\.lines)
        )
    }
}

extension Transcript.Entry {
    /// Whether a run is compared with it; remarks are the author's own.
    var isCompared: Bool {
        if case .remark = kind { false } else { true }
    }
}

/// One replay in the making.
private struct Play {
    let flow: Flow
    let stage: TranscriptStage
    let transcript: Transcript
    var state: State
    var actual: Transcript
    var broken: [String] = []
    var isPaused = false
    var trace: [Transition.Trace] = []
    /// The recorded actions of the turn at hand, in their order.
    var recorded: [Transcript.Kind] = []

    init(flow: Flow, transcript: Transcript, stage: TranscriptStage) {
        self.flow = flow
        self.transcript = transcript
        self.stage = stage
        state = flow.initialState
        actual = Transcript(file: transcript.file, header: transcript.header, entries: [])
    }

    mutating func perform() async throws {
        var index = 0
        var event: Event = .started(hints: [:])
        while true {
            let end = transcript.entries[index...].firstIndex { if case .user = $0.kind { true } else { false } }
            let turn = transcript.entries[index..<(end ?? transcript.entries.count)]
            recorded = turn.map(\.kind).filter { if case .action = $0 { true } else { false } }
            var leading = turn.prefix { entry in if case .remark = entry.kind { true } else { false } }
            if index == 0 { actual.entries += leading } else { leading = [] }
            try await take(event)
            for entry in turn.dropFirst(leading.count) {
                switch entry.kind {
                case .remark: actual.entries.append(entry)
                case .expect(let expectation):
                    check(expectation, line: entry.line)
                    actual.entries.append(entry)
                case .bot, .action, .user: break
                }
            }
            guard let end, case .user(let reply) = transcript.entries[end].kind else { return }
            if let last = actual.entries.last, last.isCompared {
                actual.entries.append(Transcript.Entry(.remark("")))
            }
            actual.entries.append(transcript.entries[end])
            isPaused = false
            event = flow.admit(reply.sent, in: state)
            index = end + 1
        }
    }

    private mutating func take(_ event: Event) async throws {
        let transition = flow.advance(state, on: event)
        state = transition.state
        trace += transition.trace
        for effect in transition.effects {
            switch effect {
            case .say(let message): actual.entries.append(Transcript.Entry(.bot(message.shownText)))
            case .wait: break
            case .end(let ending): isPaused = ending == .paused
            case .run(let call):
                let (result, values) = try await answer(call)
                actual.entries.append(
                    Transcript.Entry(.action(name: call.name, outcome: result.outcome, values: values))
                )
                return try await take(.actionFinished(id: call.id, result: result))
            }
        }
    }

    /// The transcript's own answer where it has one, else the stage's.
    private mutating func answer(_ call: ActionCall) async throws -> (ActionResult, [String: Value]?) {
        let next = recorded.isEmpty ? nil : recorded.removeFirst()
        if case .action(call.name, let outcome, let values) = next, values != nil || stage.runner == nil {
            return (ActionResult(outcome: outcome, values: values ?? [:]), values)
        }
        guard let runner = stage.runner else {
            return (ActionResult(outcome: "not recorded"), nil)
        }
        return (try await runner.run(call) { _ in }, nil)
    }

    private mutating func check(_ expectation: Transcript.Expectation, line: Int) {
        let problem: String?
        switch expectation {
        case .slot(let name, let wanted):
            let value = flow.value(of: name, in: state)?.displayText
            problem = value == wanted ? nil : value.map { "it is \($0)" } ?? "it has no value"
        case .step(let id):
            let step = flow.stepID(of: state)
            problem = step == id ? nil : "the step is \(step ?? "none")"
        case .file(let path): problem = stage.file(path) == nil ? "there is no such file" : nil
        case .fileContains(let path, let text):
            if let content = stage.file(path) {
                problem = content.contains(text) ? nil : "the file does not hold that text"
            } else {
                problem = "there is no such file"
            }
        case .ended(let wanted):
            if case .ended(let outcome) = state.situation.pending {
                problem = outcome == wanted ? nil : "it ended with \(outcome)"
            } else {
                problem = "it has not ended"
            }
        case .paused: problem = isPaused ? nil : "it does not pause"
        }
        if let problem { broken.append("\(transcript.file):\(line): expected \(expectation), but \(problem)") }
    }
}

extension Message {
    /// The text with its options as numbered lines below: how a message reads where there are no buttons.
    public var shownText: String {
        options.enumerated().reduce(text) { $0 + "\n\($1.offset + 1). \($1.element.name)" }
    }
}
