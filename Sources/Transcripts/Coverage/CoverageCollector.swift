internal import Diagnostics
public import Dialogue
internal import Intents
internal import Patterns

/// Collects what transcripts cover of a flow.
///
/// It goes through the events of each conversation once more, beside the flow's own files, so that a replay costs nothing
/// where no coverage is wanted. Collectors of the same flow can work side by side and be merged; the order does not matter.
///
/// ```swift
/// var collector = CoverageCollector(flow, source)
/// collector.add(try await TranscriptRunner(flow: flow).run(transcript, on: stage), of: flow)
/// let report = CoverageReport([collector])
/// ```
public struct CoverageCollector: Sendable {
    let plan: CoveragePlan
    /// By item, the transcripts that cover it.
    private(set) var transcripts: [Int: Set<String>] = [:]
    /// By item, how many rows of tables of phrasings cover it.
    private(set) var phrasings: [Int: Int] = [:]

    /// Begins with nothing covered.
    ///
    /// - Parameters:
    ///   - flow: The flow; transcripts may go through any of its folder's flows.
    ///   - source: The files it was compiled from.
    /// - Complexity: Compiles every rule's pattern a second time: some tens of milliseconds for the bundled flow.
    public init(_ flow: Flow, _ source: FlowSource) { plan = CoveragePlan(flow, source) }

    /// Takes in what one conversation covers.
    ///
    /// - Parameters:
    ///   - result: What came of a replay.
    ///   - flow: The flow it went through: that of this collector, or the same with another entry.
    public mutating func add(_ result: TranscriptResult, of flow: Flow) {
        for item in covered(by: result.events, of: flow) {
            transcripts[item, default: []].insert(result.expected.file)
        }
    }

    /// Takes in what a row of a table of phrasings covers, where it means what the table says.
    ///
    /// It is an example of the rules that it was understood by, as those are that stand in the rules' own files.
    public mutating func add(_ verdict: PhrasingVerdict) {
        guard case .passed = verdict.outcome, let understanding = verdict.understanding else { return }
        var covered: Set<Int> = []
        hear(Utterance(verdict.reply.text).text, understanding, &covered)
        for item in covered { phrasings[item, default: 0] += 1 }
    }

    /// Takes in what another collector of the same flow has collected.
    public mutating func merge(_ other: CoverageCollector) {
        transcripts.merge(other.transcripts) { $0.union($1) }
        phrasings.merge(other.phrasings, uniquingKeysWith: +)
    }

    /// The items that a conversation covers.
    func covered(by events: [Event], of flow: Flow) -> Set<Int> {
        var covered: Set<Int> = []
        var state = flow.initialState
        let index = Dictionary(flow.steps.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for event in events {
            let (transition, passedOver) = flow.observe(state, on: event)
            for visit in transition.trace {
                guard let step = index[visit.step] else { continue }
                covered.insert(plan.stepItems[step])
                leave(step, by: StepTransitions.condition.holds, &covered)
                if let outcome = visit.outcome { leave(step, by: outcome, &covered) }
            }
            for step in passedOver { leave(step, by: StepTransitions.condition.fails, &covered) }
            if case .reply(let text) = event.kind, let understanding = transition.understanding {
                if case .reply(let step, let asking) = state.situation.pending,
                    let exit = StepTransitions.way(
                        of: flow.steps[step],
                        asked: asking,
                        by: understanding.decision,
                        in: flow,
                        isStillThere: transition.state.situation.pending == state.situation.pending
                    )
                {
                    leave(step, by: exit, &covered)
                }
                hear(Utterance(text).text, understanding, &covered)
            }
            state = transition.state
        }
        return covered
    }

    private func leave(_ step: Int, by outcome: String, _ covered: inout Set<Int>) {
        for (exit, item) in plan.exits[step] where exit.outcomes.contains(outcome) { covered.insert(item) }
    }

    /// Which rules a reply was understood by, and on which way.
    private func hear(_ text: String, _ understanding: Understanding, _ covered: inout Set<Int>) {
        for evidence in understanding.evidence where evidence.verdict.countsAsCovered {
            guard let item = plan.ruleItems[evidence.source] else { continue }
            covered.insert(item)
            take(evidence.source, in: text, at: evidence.range, &covered)
        }
        // A topic that is not the whole reply counts because of a sign of a question, which the evidence leaves out.
        guard case .topic = understanding.decision else { return }
        for assembly in plan.catalog.assemblies
        where assembly.rule.kind == .mark && assembly.rule.intent == Polarity.Sign.question.rawValue {
            let taken = plan.instrumented[assembly.rule.name]?.taken(in: text) ?? []
            if !taken.isEmpty, let item = plan.ruleItems[assembly.rule.name] { covered.insert(item) }
            covered.formUnion(taken.compactMap { plan.alternativeItems[$0] })
        }
    }

    private func take(_ rule: String, in text: String, at range: Range<Int>, _ covered: inout Set<Int>) {
        let whole = 0..<text.utf8.count
        let taken =
            plan.instrumented[rule]?.taken(in: text) { match in
                match.range == range || match.range(named: "slot") == range || (range == whole && match.range == whole)
            } ?? []
        covered.formUnion(taken.compactMap { plan.alternativeItems[$0] })
    }
}

extension Evidence.Verdict {
    /// Whether a piece of evidence with this verdict had a part in the decision.
    fileprivate var countsAsCovered: Bool {
        switch self {
        case .decided, .counted, .lost(.doubtBeatsConsent): true
        case .lost: false
        }
    }
}
