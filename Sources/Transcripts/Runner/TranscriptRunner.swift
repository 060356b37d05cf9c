public import Dialogue
internal import Intents

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
    ///   - transcript: What should happen, as a ``TranscriptLoader`` read it where it includes other files.
    ///   - stage: What it happens in.
    /// - Returns: What did happen, written as a transcript, and what differs.
    /// - Throws: Only what is thrown by an action that is defective, or `CancellationError`.
    public func run(_ transcript: Transcript, on stage: TranscriptStage) async throws -> TranscriptResult {
        var play = Play(flow: flow, transcript: transcript, stage: stage)
        try await play.perform()
        return play.result
    }
}

/// One replay in the making.
private struct Play {
    let flow: Flow
    let stage: TranscriptStage
    let transcript: Transcript
    var state: State
    var turns: [PlayedTurn] = []
    /// The entries so far as they went, from the first turn on that went another way.
    var merged: [Transcript.Entry]?
    var changes: [TextChange] = []
    var mismatches: [Mismatch] = []
    var isPaused = false
    var trace: [Transition.Trace] = []
    var events: [Event] = []
    /// The recorded actions of the turn at hand, in their order, those used already before `used`.
    var recorded: [Transcript.Kind] = []
    var used = 0

    init(flow: Flow, transcript: Transcript, stage: TranscriptStage) {
        self.flow = flow
        self.transcript = transcript
        self.stage = stage
        state = flow.initialState
    }

    var result: TranscriptResult {
        var actual = transcript
        if let merged { actual.entries = merged }
        return TranscriptResult(
            expected: transcript,
            actual: actual,
            mismatches: mismatches,
            changes: changes,
            turns: turns,
            trace: trace,
            events: events
        )
    }

    mutating func perform() async throws {
        let entries = transcript.entries
        var start = 0
        var event: Event = .started(hints: [:])
        while true {
            let body = start == 0 && turns.isEmpty ? start : start + 1
            let end = entries[body...].firstIndex { if case .user = $0.kind { true } else { false } } ?? entries.count
            var turn = PlayedTurn(number: turns.count, start: start, end: end)
            recorded = entries[body..<end].compactMap { if case .action = $0.kind { $0.kind } else { nil } }
            used = 0
            isPaused = false
            if case .refused = event.kind { turn.isRefused = true }
            try await take(event, &turn)
            turn.step = flow.stepID(of: state)
            trace += turn.trace
            compare(&turn)
            turns.append(turn)
            guard end < entries.count, case .user(let reply) = entries[end].kind else { return }
            // What is too long need not be made to be refused.
            let isTooLong = reply.length > flow.replyLimit(in: state)
            event = flow.admit(isTooLong ? [] : reply.sent, length: reply.length, in: state)
            start = end
        }
    }

    private mutating func take(_ event: Event, _ turn: inout PlayedTurn) async throws {
        state = try await flow.drive(state, on: event) { event, transition in
            events.append(event)
            turn.trace += transition.trace
            if let understanding = transition.understanding { turn.understanding = understanding }
            turn.happenings += transition.messages.map { .said($0) }
            switch transition.next {
            case .reply: return nil
            case .end(let ending):
                isPaused = ending == .paused
                return nil
            case .action(let call):
                let (result, values) = try await answer(call)
                turn.happenings.append(.ran(call, outcome: result.outcome, values: values))
                return result
            }
        }.state
    }

    /// The transcript's own answer where it has one, else the stage's.
    private mutating func answer(_ call: ActionCall) async throws -> (ActionResult, [String: Value]?) {
        let written = used < recorded.count ? recorded[used] : nil
        used += 1
        if case .action(call.name, let outcome, let values) = written, values != nil || stage.runner == nil {
            return (ActionResult(outcome: outcome, values: values ?? [:]), values)
        }
        guard let runner = stage.runner else { return (ActionResult(outcome: "not recorded"), nil) }
        return (try await runner.run(call) { _ in }, nil)
    }

    private mutating func compare(_ turn: inout PlayedTurn) {
        let entries = transcript.entries[turn.start..<turn.end]
        let isAsWritten = turn.goesAsWritten(entries)
        var broken: [Mismatch] = []
        for entry in entries {
            guard case .expect(let expectation) = entry.kind, let difference = problem(with: expectation, turn) else {
                continue
            }
            broken.append(mismatch(difference, at: entry, turn))
        }
        if isAsWritten {
            merged?.append(contentsOf: entries)
        } else {
            var rest = TurnMerge(transcript: transcript, entries: entries, happenings: turn.happenings)
            if merged == nil { merged = Array(transcript.entries[..<turn.start]) }
            merged?.append(contentsOf: rest.merge())
            for change in rest.changes {
                changes.append(
                    TextChange(
                        file: change.place.map(transcript.file(of:)) ?? transcript.file,
                        line: change.place?.line ?? 1,
                        old: change.written?.writtenLines ?? [],
                        new: change.replacement?.writtenLines ?? []
                    )
                )
                let explained = Explanation(flow: flow, turn: turn).explain(change)
                broken += explained.map { found in
                    var found = found
                    found.file = change.place.map(transcript.file(of:)) ?? transcript.file
                    found.line = change.place?.line ?? 1
                    return found
                }
            }
        }
        guard !broken.isEmpty else { return }
        let follows = mismatches.contains { !$0.difference.isOnlyWords }
        mismatches += broken.enumerated()
            .sorted { ($0.element.difference.rank, $0.offset) < ($1.element.difference.rank, $1.offset) }
            .map { found in
                var mismatch = found.element
                mismatch.isConsequence = follows
                mismatch.reply = reply(of: turn)
                return mismatch
            }
    }

    private func reply(of turn: PlayedTurn) -> String? {
        guard turn.number > 0, case .user(let reply) = transcript.entries[turn.start].kind else { return nil }
        switch reply {
        case .text(let text): return text
        case .bytes(let bytes): return "\(bytes.count) bytes"
        case .repeated(let count, let text): return "\(count) times '\(text)'"
        }
    }

    private func mismatch(_ difference: Difference, at entry: Transcript.Entry, _ turn: PlayedTurn) -> Mismatch {
        var result = Explanation(flow: flow, turn: turn).mismatch(difference, isExpectation: true)
        result.file = transcript.file(of: entry)
        result.line = entry.line
        return result
    }

    private func problem(with expectation: Transcript.Expectation, _ turn: PlayedTurn) -> Difference? {
        switch expectation {
        case .slot(let name, let wanted):
            let value = flow.value(of: name, in: state)?.displayText
            return value == wanted ? nil : .slot(name: name, expected: wanted, actual: value)
        case .step(let id): return turn.step == id ? nil : .step(expected: id, actual: turn.step)
        case .intent(let name):
            let intent = turn.intent(in: flow)
            return intent == name ? nil : .intent(expected: name, actual: intent)
        case .why(let rule): return turn.rules.contains(rule) ? nil : .rule(expected: rule, actual: turn.rules)
        case .prompt(let name):
            let prompts = turn.happenings.compactMap { if case .said(let message) = $0 { message.prompt } else { nil } }
            return prompts.contains(name) ? nil : .prompt(expected: name, actual: prompts.last)
        case .file(let path): return stage.file(path) == nil ? .file(path: path, problem: .missing) : nil
        case .noFile(let path): return stage.file(path) == nil ? nil : .file(path: path, problem: .present)
        case .fileContains(let path, let text):
            guard let content = stage.file(path) else { return .file(path: path, problem: .missing) }
            return content.contains(text) ? nil : .file(path: path, problem: .lacks(text))
        case .ended(let wanted):
            guard case .ended(let outcome) = state.situation.pending else { return .end(expected: wanted, actual: nil) }
            return outcome == wanted ? nil : .end(expected: wanted, actual: outcome)
        case .paused: return isPaused ? nil : .pause
        }
    }
}

extension PlayedTurn {
    /// Whether the turn went as it is written, word by word.
    fileprivate func goesAsWritten(_ entries: ArraySlice<Transcript.Entry>) -> Bool {
        var next = 0
        for entry in entries where entry.isAnswer {
            guard next < happenings.count, entry.matches(happenings[next]) else { return false }
            next += 1
        }
        return next == happenings.count
    }
}

extension Transcript.Entry {
    /// Whether it is something that the bot says or does.
    var isAnswer: Bool {
        switch kind {
        case .bot, .pattern, .action: true
        case .user, .expect, .include, .remark: false
        }
    }

    /// Whether it went as this entry says.
    func matches(_ happening: PlayedTurn.Happening) -> Bool {
        switch (kind, happening) {
        case (.bot(let text), .said(let message)): text == message.shownText
        case (.pattern(let pattern), .said(let message)): pattern.matches(message.shownText)
        case (.action(let name, let outcome, _), .ran(let call, let actual, _)):
            name == call.name && outcome == actual
        default: false
        }
    }
}
