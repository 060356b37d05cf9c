internal import Diagnostics
internal import Dialogue

/// Mutation testing: makes small mistakes in a flow, one at a time, and looks whether its transcripts notice.
public struct MutationTest: Sendable {
    /// The transcripts.
    public let suite: MutationSuite
    /// How many mutants are tried side by side, 1 or more.
    public var jobs = 1
    /// How many are drawn; all where this is `nil`.
    public var sample: Int?
    /// What draws them.
    public var seed: UInt64 = 0
    /// Only mutants whose id contains this.
    public var filter: String?
    /// Mutants that are known to mean the same as the flow, and those that are knowingly left.
    public var equivalent = EquivalentMutants()
    /// What tells one build of Usher from another: another may understand replies otherwise.
    public var engine = ""

    /// Makes a test.
    public init(_ suite: MutationSuite) { self.suite = suite }

    /// Tries the mutants.
    ///
    /// The answer does not depend on how many are tried side by side.
    ///
    /// - Parameters:
    ///   - state: What earlier runs found out; what this one finds out is put there.
    ///   - progress: Takes how many are done, of how many.
    /// - Returns: What became of each.
    /// - Throws: `CancellationError` where the task was cancelled; `state` then holds what was found out so far.
    /// - Complexity: About a millisecond a mutant and transcript that may notice it.
    public func run(
        state: inout MutationState,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> MutationReport {
        let all = MutantCatalog(suite.flow, suite.plan).mutants
        var chosen = filter.map { filter in all.filter { $0.id.contains(filter) } } ?? all
        if let sample { chosen = MutantCatalog.sample(chosen, count: sample, seed: seed) }
        let memory = MutationMemory(suite, engine: engine)
        var verdicts: [MutationRun.Verdict?] = chosen.map { memory.verdict(on: $0, state) }
        let known = verdicts.count { $0 != nil }
        let open = verdicts.indices.filter { verdicts[$0] == nil }
        if !open.isEmpty {
            let run = MutationRun(suite)
            let snapshot = state
            try await withThrowingTaskGroup(of: (Int, MutationRun.Verdict).self) { group in
                var waiting = open.makeIterator()
                var done = 0
                func begin() {
                    guard let index = waiting.next() else { return }
                    let mutant = chosen[index]
                    group.addTask { @concurrent in
                        let (killer, only) = memory.start(for: mutant, snapshot)
                        return (index, try await run.judge(mutant, killer: killer, only: only))
                    }
                }
                for _ in 0..<max(1, jobs) { begin() }
                while let (index, verdict) = try await group.next() {
                    verdicts[index] = verdict
                    memory.keep(verdict, on: chosen[index], in: &state)
                    done += 1
                    progress(done, open.count)
                    begin()
                }
            }
        }
        memory.close(&state, all: all)
        return report(all, chosen, verdicts.map { $0 ?? .survived }, known: known)
    }

    private func report(
        _ all: [Mutant],
        _ chosen: [Mutant],
        _ verdicts: [MutationRun.Verdict],
        known: Int
    ) -> MutationReport {
        let missing = MissingTranscript(suite)
        var killed: [String: String] = [:]
        let outcomes = zip(chosen, verdicts).map { mutant, verdict in
            let fate: MutationReport.Fate
            switch verdict {
            case .killedByTranscript(let index):
                fate = .killedByTranscript(suite.cases[index].transcript.file)
                killed[mutant.id] = suite.cases[index].transcript.file
            case .killedByPhrasing(let row):
                fate = .killedByPhrasing(suite.name(of: row))
                killed[mutant.id] = suite.name(of: row)
            case .killedByExample(let example):
                fate = .killedByExample(example)
                killed[mutant.id] = "the example of \(example)"
            case .stillborn: fate = .stillborn
            case .survived: fate = equivalent.reason(for: mutant.id).map { .equivalent($0) } ?? .survived
            }
            return MutationReport.Outcome(
                mutant: mutant,
                fate: fate,
                suggestion: fate == .survived ? missing.suggestion(for: mutant) : nil,
                explanation: fate == .survived ? equivalent.explanation(for: mutant.id) : nil
            )
        }
        return MutationReport(
            flow: suite.flow.name,
            outcomes: outcomes,
            total: all.count,
            known: known,
            stale: equivalent.stale(among: all.map(\.id), killed: killed)
        )
    }
}
