internal import Intents
internal import Patterns

/// A copy of a rule's pattern that tells which alternatives a match has taken.
///
/// An empty group stands at the beginning of each alternative. When the engine goes back on its steps it gives up the
/// groups that it set on the way, so after a match those are set that lie on the way to it; in a repetition, those of any
/// round. Named parts are written out where they are used, because what is captured in a call is lost. An empty group
/// changes nothing about what matches, or where.
struct InstrumentedRule: Sendable {
    /// The pattern with its probes.
    let pattern: Pattern
    /// For each capture group, the alternative that it stands for, by its place in the catalog.
    private let alternatives: [Int?]

    /// Why a rule cannot be watched.
    struct Refusal: Error, Sendable, Hashable {
        /// What stands in the way.
        var reason: String
    }

    /// Instruments a rule.
    ///
    /// - Throws: ``Refusal`` where its pattern refers to groups by number or calls itself.
    init(
        _ assembly: PatternCatalog.Assembly,
        in catalog: PatternCatalog,
        index: [PatternCatalog.Alternative: Int]
    )
        throws(Refusal)
    {
        var writer = ProbeWriter(catalog: catalog, assembly: assembly, index: index)
        var body = try writer.write(assembly.body)
        if let names = assembly.rule.written.slotNames {
            body = body.replacing("{slot}", with: "(?<slot>\(names))")
        }
        let frame: String
        if let text = assembly.frame {
            frame = try writer.write(text)
        } else {
            frame = assembly.rule.written.frame
        }
        let own = assembly.rule.pattern
        var limits = own.limits
        // A probe is a step as well; the copy must not give up where the rule itself would not.
        limits.matchLimit = limits.matchLimit.multipliedReportingOverflow(by: 16).partialValue
        limits.depthLimit *= 4
        limits.heapLimitKiB *= 4
        do {
            pattern = try Pattern(frame.replacing("%", with: body), options: own.options, limits: limits)
        } catch {
            throw Refusal(reason: "the copy does not compile: \(error.message)")
        }
        alternatives = pattern.groupNames.map { name in
            name.hasPrefix("_p") ? Int(name.dropFirst(2)).flatMap { writer.probes[$0] } : nil
        }
    }

    /// The alternatives on the way to a match.
    ///
    /// - Parameters:
    ///   - text: A normalised reply.
    ///   - isMeant: Which of the matches in it count.
    /// - Returns: Their places in the catalog; empty where nothing matches.
    func taken(in text: String, where isMeant: (PatternMatch) -> Bool = { _ in true }) -> Set<Int> {
        guard let matches = try? pattern.allMatches(in: text) else { return [] }
        var taken: Set<Int> = []
        for match in matches where isMeant(match) {
            for (range, alternative) in zip(match.groups, alternatives) where range != nil {
                if let alternative { taken.insert(alternative) }
            }
        }
        return taken
    }
}

/// Writes patterns out with probes.
private struct ProbeWriter {
    let catalog: PatternCatalog
    let assembly: PatternCatalog.Assembly
    let index: [PatternCatalog.Alternative: Int]
    /// By probe, the alternative it stands for.
    var probes: [Int] = []
    private var open: [Int] = []

    init(
        catalog: PatternCatalog,
        assembly: PatternCatalog.Assembly,
        index: [PatternCatalog.Alternative: Int]
    ) {
        self.catalog = catalog
        self.assembly = assembly
        self.index = index
    }

    mutating func write(_ text: Int) throws(InstrumentedRule.Refusal) -> String {
        guard !open.contains(text) else { throw InstrumentedRule.Refusal(reason: "a named part uses itself") }
        open.append(text)
        defer { open.removeLast() }
        switch catalog.texts[text].tree {
        case .failure(let problem): throw InstrumentedRule.Refusal(reason: "it has \(problem.description)")
        case .success(let tree): return try write(tree.branches, of: text, isNegated: false)
        }
    }

    private mutating func write(
        _ branches: [PatternTree.Branch],
        of text: Int,
        isNegated: Bool
    ) throws(InstrumentedRule.Refusal) -> String {
        var parts: [String] = []
        for branch in branches {
            var part = ""
            let own = PatternCatalog.Alternative(owner: text, range: branch.range, isObservable: !isNegated)
            if !isNegated, let alternative = index[own] {
                part += "(?<_p\(probes.count)>)"
                probes.append(alternative)
            }
            for item in branch.items { part += try write(item, of: text, isNegated: isNegated) }
            parts.append(part)
        }
        return parts.joined(separator: "|")
    }

    private mutating func write(
        _ item: PatternTree.Item,
        of text: Int,
        isNegated: Bool
    ) throws(InstrumentedRule.Refusal) -> String {
        let quantifier = item.quantifier?.text ?? ""
        switch item.kind {
        case .call(let name):
            guard let fragment = assembly.fragments[name] else {
                throw InstrumentedRule.Refusal(reason: "it calls '\(name)', which is no fragment")
            }
            return "(?:" + (try write(fragment, isNegated: isNegated)) + ")" + quantifier
        case .group(let group):
            var isNegated = isNegated
            if case .look(_, isNegative: true) = group.kind { isNegated = true }
            return group.opening + (try write(group.branches, of: text, isNegated: isNegated)) + ")" + quantifier
        case .literal, .type, .set, .anchor, .other: return catalog.texts[text].slice(item.range)
        }
    }

    private mutating func write(_ fragment: Int, isNegated: Bool) throws(InstrumentedRule.Refusal) -> String {
        guard isNegated else { return try write(fragment) }
        // Nothing is learned in what must not match; the part is written out as it is.
        let kept = probes
        let written = try write(fragment)
        probes = kept
        return written.replacing(#/\(\?<_p\d+>\)/#, with: "")
    }
}
