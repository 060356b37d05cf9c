public import Dialogue

/// What came of replaying a transcript.
public struct TranscriptResult: Sendable {
    /// What should have happened.
    public let expected: Transcript
    /// What happened, written into the same transcript: replies, comments, expectations, includes, and patterns that
    /// still match are kept.
    public let actual: Transcript
    /// All that went another way: turn by turn, in each the most significant first.
    public let mismatches: [Mismatch]
    /// The lines that would have to change, in the order of the conversation.
    public let changes: [TextChange]
    /// The turns as they went, the opening first.
    public let turns: [PlayedTurn]
    /// The steps that were come to and how those ended that did, in order.
    public let trace: [Transition.Trace]
    /// What moved the session, in order: a fold over it gives the same states and messages.
    public let events: [Event]

    init(
        expected: Transcript,
        actual: Transcript,
        mismatches: [Mismatch],
        changes: [TextChange],
        turns: [PlayedTurn],
        trace: [Transition.Trace],
        events: [Event]
    ) {
        self.expected = expected
        self.actual = actual
        self.mismatches = mismatches
        self.changes = changes
        self.turns = turns
        self.trace = trace
        self.events = events
    }

    /// Whether it went as written.
    public var isPassed: Bool { mismatches.isEmpty && changes.isEmpty }

    /// Expectations that did not hold, each with its line and what was there instead.
    public var broken: [String] {
        mismatches.filter(\.isExpectation).map { "\($0.file):\($0.line): \($0.difference)" }
    }

    /// The lines that differ, as a unified difference; empty where nothing differs.
    public var difference: [String] { changes.flatMap { LineDifference.between($0.old, $0.new) } }

    /// The files that would have to change for the transcript to be right, with their new texts: the transcript itself
    /// and what it includes.
    public var revisions: [Revision] {
        guard !changes.isEmpty else { return [] }
        return (0...expected.inclusions.count).compactMap { origin in
            let original = expected.text(of: origin)
            let text = actual.text(of: origin)
            guard text != original else { return nil }
            let file = origin == 0 ? expected.file : expected.inclusions[origin - 1].file
            return Revision(file: file, original: original, text: text)
        }
    }
}

extension Transcript.Entry {
    /// Whether a run is compared with it; remarks are the author's own.
    var isCompared: Bool {
        switch kind {
        case .remark, .include: false
        case .user, .bot, .pattern, .action, .expect: true
        }
    }
}

/// Lines of a transcript that are not as it went.
public struct TextChange: Sendable, Hashable {
    /// The file.
    public let file: String
    /// The line of the entry that is replaced, or after which the new one stands; from 1.
    public let line: Int
    /// What is written; empty where something is missing there.
    public let old: [String]
    /// What should stand there instead; empty where nothing should.
    public let new: [String]
}
