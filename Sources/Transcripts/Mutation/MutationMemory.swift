internal import Dialogue

/// Decides what of an earlier run still holds.
struct MutationMemory: Sendable {
    private let flow: String
    private let suite: String
    private let versions: [String: String]
    /// The cases and, behind them, the tables by their files.
    private let indices: [String: Int]
    private let tables: [String]
    private let caseCount: Int

    init(_ suite: MutationSuite, engine: String) {
        flow = MutationSuite.digest([suite.flow.digest, engine])
        self.suite = suite.fingerprint
        versions = Dictionary(suite.versions.map { ($0.file, $0.fingerprint) }) { first, _ in first }
        indices = Dictionary(suite.versions.enumerated().map { ($1.file, $0) }) { first, _ in first }
        self.tables = suite.tables.map(\.file)
        caseCount = suite.cases.count
    }

    /// The verdict on a mutant, where it is known.
    func verdict(on mutant: Mutant, _ state: MutationState) -> MutationRun.Verdict? {
        guard let entry = state.entries[mutant.id], entry.flow == flow else { return nil }
        switch entry.verdict {
        case "stillborn": return .stillborn
        case "example": return entry.by.map { .killedByExample($0) }
        case "survived": return entry.suite == suite ? .survived : nil
        case "phrasing":
            guard let by = entry.by, let index = indices[by], index >= caseCount, versions[by] == entry.version,
                let row = entry.row
            else { return nil }
            return .killedByPhrasing(MutationSuite.Row(table: index - caseCount, row: row))
        default:
            guard let by = entry.by, let index = indices[by], versions[by] == entry.version else { return nil }
            return .killedByTranscript(index)
        }
    }

    /// Where to begin with a mutant: what killed it before, and the cases that it has not yet been held against.
    func start(for mutant: Mutant, _ state: MutationState) -> (killer: Int?, only: Set<Int>?) {
        guard let entry = state.entries[mutant.id] else { return (nil, nil) }
        let killer = entry.by.flatMap { indices[$0] }.flatMap { $0 < caseCount ? $0 : nil }
        guard entry.verdict == "survived", entry.flow == flow, let survived = entry.suite.flatMap({ state.suites[$0] })
        else { return (killer, nil) }
        return (nil, Set(indices.filter { survived[$0.key] != versions[$0.key] }.values))
    }

    /// Keeps a verdict.
    func keep(_ verdict: MutationRun.Verdict, on mutant: Mutant, in state: inout MutationState) {
        var entry = MutationState.Entry(verdict: "survived", flow: flow)
        switch verdict {
        case .killedByTranscript(let index):
            entry.verdict = "killed"
            entry.by = indices.first { $0.value == index }?.key
            entry.version = entry.by.flatMap { versions[$0] }
        case .killedByPhrasing(let row):
            entry.verdict = "phrasing"
            entry.by = tables[row.table]
            entry.row = row.row
            entry.version = versions[tables[row.table]]
        case .killedByExample(let example):
            entry.verdict = "example"
            entry.by = example
        case .stillborn: entry.verdict = "stillborn"
        case .survived:
            entry.suite = suite
            state.suites[suite] = versions
        }
        state.entries[mutant.id] = entry
    }

    /// Forgets mutants that are no more.
    func close(_ state: inout MutationState, all: [Mutant]) {
        let ids = Set(all.map(\.id))
        state.entries = state.entries.filter { ids.contains($0.key) }
        state.tidy()
    }
}
