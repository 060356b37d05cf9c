internal import Diagnostics
internal import Dialogue
internal import Intents
internal import Patterns

/// Tries mutants, one after the other or side by side, each until something notices it.
struct MutationRun: Sendable {
    private let suite: MutationSuite
    /// The cases, those that cost least first.
    private let order: [Int]
    /// By rule: what it matches in each reply.
    private let matches: [String: [[PatternMatch]]]

    init(_ suite: MutationSuite) {
        self.suite = suite
        order = suite.cases.indices.sorted {
            (suite.baselines[$0].events.count, $0) < (suite.baselines[$1].events.count, $1)
        }
        matches = Dictionary(
            suite.flow.rules.map { rule in
                (rule.name, suite.replies.map { (try? rule.pattern.allMatches(in: $0.text)) ?? [] })
            }
        ) { first, _ in first }
    }

    /// What became of a mutant.
    enum Verdict: Sendable, Hashable {
        /// A transcript fails.
        case killedByTranscript(Int)
        /// A row of a table of phrasings is understood otherwise.
        case killedByPhrasing(MutationSuite.Row)
        /// A rule gets one of its own examples wrong.
        case killedByExample(String)
        /// The changed pattern does not compile: such a mistake never gets as far as a conversation.
        case stillborn
        case survived
    }

    /// Tries one mutant.
    ///
    /// - Parameters:
    ///   - mutant: The mutant.
    ///   - killer: The case that killed it before: it is tried first.
    ///   - only: The cases and, behind them, the tables to try; all that may notice it where this is `nil`.
    /// - Returns: Who noticed it first, or that nobody did.
    /// - Throws: `CancellationError`.
    func judge(_ mutant: Mutant, killer: Int? = nil, only: Set<Int>? = nil) async throws -> Verdict {
        var affected: Set<Int>
        var rows: [MutationSuite.Row] = []
        var rules: [String: Rule] = [:]
        var steps: [StepIndex: Step] = [:]
        var deviation: ResolverDeviation?
        switch mutant.effect {
        case .pattern(let text, let becomes):
            guard let changed = changedRules(text, becomes) else { return .stillborn }
            rules = changed
            for (_, rule) in rules.sorted(by: { $0.key < $1.key }) {
                if let broken = rule.brokenExamples.first { return .killedByExample("\(rule.name): \(broken.example)") }
            }
            (affected, rows) = casesWithOtherMatches(rules)
        case .step(let index, let step):
            steps[index] = step
            affected = Set(order.filter { mutant.items?.isDisjoint(with: suite.baselines[$0].covered) != true })
        case .resolver(let kind):
            deviation = kind
            affected = Set(order)
            rows = suite.replies.flatMap(\.rows)
        }
        if let only {
            affected.formIntersection(only)
            rows.removeAll { !only.contains(suite.cases.count + $0.table) }
        }
        var variants: [String: Flow] = [:]
        func variant(of own: Flow) -> Flow {
            let entry = own.flows[own.entry].name
            let variant =
                variants[entry] ?? own.variant(changedRules: rules, changedSteps: steps, deviation: deviation)
            variants[entry] = variant
            return variant
        }
        // A row costs less than a turn, and a transcript has several.
        var listeners: [Int: PhrasingListener] = [:]
        for row in rows {
            try Task.checkCancellation()
            let table = suite.tables[row.table].listener
            let listener = listeners[row.table] ?? table.inVariant(variant(of: table.flow))
            listeners[row.table] = listener
            guard listener.isRight(row.row) else { return .killedByPhrasing(row) }
        }
        for index in sorted(affected, killer, mutant.items) {
            try Task.checkCancellation()
            let variant = variant(of: suite.cases[index].flow)
            guard suite.differs(variant, in: index) else { continue }
            if try await fails(index, with: variant) { return .killedByTranscript(index) }
        }
        return .survived
    }

    private func fails(_ index: Int, with variant: Flow) async throws -> Bool {
        let one = suite.cases[index]
        do {
            return try await !TranscriptRunner(flow: variant).run(one.transcript, on: one.stage()).isPassed
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            // An action that was asked for what it cannot do is noticed as well.
            return true
        }
    }

    /// The killer first, then what touches the place, then the rest; each in the order of cost.
    private func sorted(_ cases: Set<Int>, _ killer: Int?, _ items: Set<Int>?) -> [Int] {
        func rank(_ index: Int) -> Int {
            if index == killer { return 0 }
            return items?.isDisjoint(with: suite.baselines[index].covered) == false ? 1 : 2
        }
        return order.filter(cases.contains).enumerated().sorted {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }.map(\.element)
    }

    /// The rules that use a text, compiled with another text in its place; `nil` where one does not compile.
    private func changedRules(_ text: Int, _ becomes: String) -> [String: Rule]? {
        var changed: [String: Rule] = [:]
        let owner = suite.plan.catalog.texts[text].owner
        for assembly in suite.plan.catalog.assemblies where assembly.used.contains(text) {
            var written = assembly.rule.written
            switch owner {
            case .rule: written.draft.pattern = becomes
            case .frame: written.frame = becomes
            case .fragment(let name, _): written.parts.fragments[name] = becomes
            }
            guard let rule = written.compiled() else { return nil }
            changed[rule.name] = rule
        }
        return changed
    }

    /// The cases with a reply in which a changed rule finds something else, and the rows: in no other can it make a
    /// difference.
    private func casesWithOtherMatches(_ rules: [String: Rule]) -> (Set<Int>, [MutationSuite.Row]) {
        var cases: Set<Int> = []
        var rows: Set<Int> = []
        for (name, rule) in rules {
            let scratch = MatchScratch(groupCapacity: (try? rule.pattern.groupNames.count) ?? 0)
            for (index, reply) in suite.replies.enumerated()
            where !reply.cases.isSubset(of: cases) || (!reply.rows.isEmpty && !rows.contains(index)) {
                let found = (try? rule.pattern.allMatches(in: reply.text, scratch: scratch)) ?? []
                let usual = matches[name]?[index] ?? []
                let isSame =
                    found.count == usual.count
                    && zip(found, usual).allSatisfy { one, other in
                        one.range == other.range && one.range(named: "slot") == other.range(named: "slot")
                            && one.range(named: "value") == other.range(named: "value")
                    }
                guard !isSame else { continue }
                cases.formUnion(reply.cases)
                if !reply.rows.isEmpty { rows.insert(index) }
            }
        }
        return (cases, rows.sorted().flatMap { suite.replies[$0].rows })
    }
}
