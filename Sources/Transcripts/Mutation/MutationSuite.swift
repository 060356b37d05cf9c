internal import Diagnostics
public import Dialogue
internal import Intents

/// The transcripts and the phrasings that mutants are held against.
public struct MutationSuite: Sendable {
    /// A transcript with what it takes place in.
    public struct Case: Sendable {
        /// What should happen.
        public let transcript: Transcript
        /// The flow that it goes through.
        public let flow: Flow
        /// Tells versions of the transcript, and of the files that it names, apart.
        public let fingerprint: String
        /// Sets its stage up afresh.
        public let stage: @Sendable () throws -> TranscriptStage

        /// Makes a case.
        public init(
            _ transcript: Transcript,
            flow: Flow,
            fingerprint: String,
            stage: @escaping @Sendable () throws -> TranscriptStage
        ) {
            self.transcript = transcript
            self.flow = flow
            self.fingerprint = fingerprint
            self.stage = stage
        }
    }

    /// A table of phrasings in its flow.
    public struct Table: Sendable {
        /// The file.
        public let file: String
        /// Its rows, and what understands them.
        public let listener: PhrasingListener
        /// Tells versions of the table apart.
        public let fingerprint: String

        /// Makes a table.
        public init(_ table: PhrasingTable, in flow: Flow) throws {
            file = table.file
            listener = try PhrasingListener(table, in: flow)
            fingerprint = MutationSuite.digest([table.text])
        }
    }

    /// Why a suite is of no use for mutation.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The transcripts that fail as it is, or the rule's examples that do.
        public let description: String
    }

    /// The flow that is changed.
    public let flow: Flow
    let cases: [Case]
    let tables: [Table]
    let plan: CoveragePlan
    /// By case: what moved the session, what was to be seen of each event, and what was covered.
    let baselines: [Baseline]
    /// Each reply once, normalised, with the cases that it is in and the rows that say it.
    let replies: [Reply]

    /// A reply with who says it.
    struct Reply: Sendable {
        var text: String
        var cases: Set<Int> = []
        var rows: [Row] = []
    }

    /// A row of a table.
    struct Row: Sendable, Hashable {
        var table: Int
        var row: Int
    }

    /// How a conversation goes when nothing is wrong.
    struct Baseline: Sendable {
        var events: [Event]
        var glimpses: [Glimpse]
        var covered: Set<Int>
    }

    /// What a transcript can see of one event: what was said and done, and what expectations may ask.
    struct Glimpse: Sendable, Hashable {
        var messages: [Message]
        var next: Next
        var decision: Decision?
        var rules: [String]
        var slots: [Value?]
        var pending: Pending

        init(_ transition: Transition) {
            messages = transition.messages
            next = transition.next
            decision = transition.understanding?.decision
            rules = (transition.understanding?.evidence ?? []).compactMap { evidence in
                if case .lost = evidence.verdict { nil } else { evidence.source }
            }
            slots = transition.state.situation.slots.map { $0?.value }
            pending = transition.state.situation.pending
        }
    }

    /// Replays the transcripts once as they are.
    ///
    /// - Parameters:
    ///   - flow: The flow that is changed; cases go through it or through it with another entry.
    ///   - source: The files that it was compiled from.
    ///   - cases: The transcripts.
    ///   - tables: Tables of phrasings.
    /// - Throws: ``Failure`` where one fails as it is: then nothing would be learned.
    public init(_ flow: Flow, source: FlowSource, cases: [Case], tables: [Table] = []) async throws {
        self.flow = flow
        self.cases = cases
        self.tables = tables
        var collector = CoverageCollector(flow, source)
        plan = collector.plan
        var baselines: [Baseline] = []
        var failures = flow.rules.flatMap(\.brokenExamples).map(\.description)
        var cited: [String: Reply] = [:]
        for (index, one) in cases.enumerated() {
            let result = try await TranscriptRunner(flow: one.flow).run(one.transcript, on: one.stage())
            if !result.isPassed { failures.append("\(one.transcript.file) fails as it is") }
            collector.add(result, of: one.flow)
            baselines.append(
                Baseline(
                    events: result.events,
                    glimpses: Self.glimpses(of: result.events, one.flow),
                    covered: collector.covered(by: result.events, of: one.flow)
                )
            )
            for case .reply(let text) in result.events.map(\.kind) {
                let text = Utterance(text).text
                cited[text, default: Reply(text: text)].cases.insert(index)
            }
        }
        for (index, table) in tables.enumerated() {
            for (row, reply) in table.listener.rows.enumerated() {
                if !table.listener.isRight(row) {
                    failures.append("\(table.file):\(reply.location.line) fails as it is")
                }
                let text = Utterance(reply.text).text
                cited[text, default: Reply(text: text)].rows.append(Row(table: index, row: row))
            }
        }
        guard failures.isEmpty else {
            throw Failure(
                description: "before mutants are tried, these have to be put right:\n  "
                    + failures.joined(separator: "\n  ")
            )
        }
        self.baselines = baselines
        replies = cited.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func glimpses(of events: [Event], _ flow: Flow) -> [Glimpse] {
        var state = flow.initialState
        return events.map { event in
            let transition = flow.advance(state, on: event)
            state = transition.state
            return Glimpse(transition)
        }
    }

    /// Whether a changed flow shows anything else in a conversation, as far as its recorded events go.
    func differs(_ changed: Flow, in index: Int) -> Bool {
        var state = changed.initialState
        for (event, glimpse) in zip(baselines[index].events, baselines[index].glimpses) {
            let transition = changed.advance(state, on: event)
            state = transition.state
            if Glimpse(transition) != glimpse { return true }
        }
        return false
    }

    /// The digest of all cases together.
    var fingerprint: String { Self.digest(versions.map { $0.file + "\0" + $0.fingerprint }) }

    /// What there is, cases first, then tables: the file and what tells its versions apart.
    var versions: [(file: String, fingerprint: String)] {
        cases.map { ($0.transcript.file, $0.fingerprint) } + tables.map { ($0.file, $0.fingerprint) }
    }

    /// What names a row in reports: the file and the line.
    func name(of row: Row) -> String {
        "\(tables[row.table].file):\(tables[row.table].listener.rows[row.row].location.line)"
    }

    /// FNV-1a over texts: 64 bits, in hexadecimal; it tells versions apart and is no defence against forgery.
    public static func digest(_ texts: [String]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
