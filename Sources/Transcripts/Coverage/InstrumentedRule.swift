internal import Intents
internal import Patterns

/// A copy of a rule's pattern that tells which alternatives a match has taken.
///
/// An empty group stands at the beginning of each alternative. When the engine goes back on its steps it gives up the
/// groups that it set on the way, so after a match those are set that lie on the way to it; in a repetition, those of any
/// round. Named parts are written out where they are used, because what is captured in a call is lost. An empty group
/// changes nothing about what matches, or where.
///
/// Where a copy with all parts written out is too large for PCRE2, there are several, each with other parts written out.
struct InstrumentedRule: Sendable {
    /// A pattern with probes, and for each of its capture groups the alternative that it stands for.
    private struct Copy: Sendable {
        var pattern: Pattern
        var alternatives: [Int?]
    }

    private let copies: [Copy]

    /// The patterns with probes.
    var patterns: [Pattern] { copies.map(\.pattern) }

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
    ) throws(Refusal) {
        var writer = ProbeWriter(catalog: catalog, assembly: assembly, index: index)
        do throws(Refusal) {
            copies = [try Self.copy(&writer, of: assembly)]
            return
        } catch {
            guard !writer.parents.isEmpty else { throw error }
        }
        // One copy for each call, in which that part is written out and those that it stands in.
        let parents = writer.parents
        var copies: [Copy] = []
        for call in parents.indices {
            var part = ProbeWriter(catalog: catalog, assembly: assembly, index: index)
            part.opened = Set(sequence(first: call) { parents[$0] })
            copies.append(try Self.copy(&part, of: assembly))
        }
        self.copies = copies
    }

    private static func copy(
        _ writer: inout ProbeWriter,
        of assembly: PatternCatalog.Assembly
    ) throws(Refusal) -> Copy {
        var body = try writer.write(assembly.body)
        if let names = assembly.rule.written.slotNames {
            body = body.replacing("{slot}", with: "(?<slot>\(names))")
        }
        var frame = assembly.rule.written.frame
        if let text = assembly.frame { frame = try writer.write(text) }
        var limits = assembly.rule.written.limits
        // A probe is a step as well; the copy must not give up where the rule itself would not.
        limits.matchLimit = limits.matchLimit.multipliedReportingOverflow(by: 16).partialValue
        limits.depthLimit *= 4
        limits.heapLimitKiB *= 4
        let source = writer.definitions + frame.replacing("%", with: body)
        do {
            let pattern = try Pattern(source, options: assembly.rule.written.options, limits: limits)
            let alternatives = pattern.groupNames.map { name in
                name.hasPrefix("_p") ? Int(name.dropFirst(2)).flatMap { writer.probes[$0] } : nil
            }
            return Copy(pattern: pattern, alternatives: alternatives)
        } catch {
            throw Refusal(reason: "the copy does not compile: \(error.message)")
        }
    }

    /// The alternatives on the way to a match.
    ///
    /// - Parameters:
    ///   - text: A normalised reply.
    ///   - isMeant: Which of the matches in it count.
    /// - Returns: Their places in the catalog; empty where nothing matches.
    func taken(in text: String, where isMeant: (PatternMatch) -> Bool = { _ in true }) -> Set<Int> {
        var taken: Set<Int> = []
        for copy in copies {
            guard let matches = try? copy.pattern.allMatches(in: text) else { continue }
            for match in matches where isMeant(match) {
                for (range, alternative) in zip(match.groups, copy.alternatives) where range != nil {
                    if let alternative { taken.insert(alternative) }
                }
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
    /// By call in the order in which they are met, the call in whose part it stands.
    var parents: [Int?] = []
    /// The calls whose parts are written out; all where this is `nil`.
    var opened: Set<Int>?
    private var open: [Int] = []
    private var call: Int?
    private var called: Set<String> = []

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
            // Of a word list only that it is used can be watched.
            if assembly.words[name] != nil {
                called.insert(name)
                return "(?&\(name))\(quantifier)"
            }
            guard let fragment = assembly.fragments[name] else {
                throw InstrumentedRule.Refusal(reason: "it calls '\(name)', which is no fragment or word list")
            }
            return try write(call: name, of: fragment, isNegated: isNegated) + quantifier
        case .group(let group):
            var isNegated = isNegated
            if case .look(_, isNegative: true) = group.kind { isNegated = true }
            return group.opening + (try write(group.branches, of: text, isNegated: isNegated)) + ")" + quantifier
        case .literal, .type, .set, .anchor, .other: return catalog.texts[text].slice(item.range)
        }
    }

    /// A named part, written out or called.
    private mutating func write(
        call name: String,
        of fragment: Int,
        isNegated: Bool
    ) throws(InstrumentedRule.Refusal) -> String {
        let number = parents.count
        parents.append(call)
        let outer = call
        call = number
        defer { call = outer }
        // What is only called is gone through as well, so that calls have the same numbers in every copy.
        let kept = probes
        let written = try write(fragment, isNegated: isNegated)
        guard opened?.contains(number) == false else { return "(?:\(written))" }
        probes = kept
        called.insert(name)
        return "(?&\(name))"
    }

    /// The parts that are called, and those that they call, as a group that only defines them.
    var definitions: String {
        let calls = called.sorted().map { "(?&\($0))" }.joined()
        return assembly.rule.written.parts.definitions(for: calls)
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
