internal import Diagnostics
internal import Dialogue
internal import Intents

/// Every mistake that is tried on a flow.
struct MutantCatalog: Sendable {
    /// In the order of the files, those of the resolver last.
    let mutants: [Mutant]

    init(_ flow: Flow, _ plan: CoveragePlan) {
        let written = PatternMutator(plan).mutants() + StepMutator(flow, plan).mutants()
        let ordered = written.enumerated().sorted { first, second in
            let (one, other) = (first.element.location, second.element.location)
            return (one.file, one.line, one.column, first.offset) < (
                other.file, other.line, other.column, second.offset
            )
        }.map(\.element)
        let resolver = ResolverDeviation.allCases.map { deviation in
            Mutant(
                id: "resolver: \(deviation.rawValue)",
                kind: .resolver,
                owner: "resolver",
                location: Location(file: "\(flow.name)/flow.yaml", line: 1, column: 1),
                change: deviation.rawValue,
                effect: .resolver(deviation),
                items: nil
            )
        }
        mutants = ordered + resolver
    }

    /// A part of them, drawn by a seed: the same seed draws the same ones, in the order of the whole.
    ///
    /// - Note: Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (SplitMix64).
    static func sample(_ mutants: [Mutant], count: Int, seed: UInt64) -> [Mutant] {
        guard count < mutants.count else { return mutants }
        var state = seed
        func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
        let keys = mutants.indices.map { (key: next(), index: $0) }
        let chosen = keys.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.prefix(max(0, count)).map(\.index)
        return chosen.sorted().map { mutants[$0] }
    }
}
