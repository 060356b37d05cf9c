internal import Diagnostics
internal import Dialogue
internal import Intents
internal import Patterns
internal import YAMLReading

/// Every pattern of a flow as it is written, and every alternative in them.
struct PatternCatalog: Sendable {
    /// One of several ways that a pattern, or a group in it, can match.
    struct Alternative: Sendable, Hashable {
        /// The text that it stands in, by its place in ``PatternCatalog/texts``.
        var owner: Int
        /// Its range there, in Unicode scalars.
        var range: Range<Int>
        /// Whether a match can tell that it was taken: not so inside of what must not match.
        var isObservable: Bool
    }

    /// What one rule's pattern is put together from.
    struct Assembly: Sendable {
        /// The rule.
        var rule: Rule
        /// Its own pattern.
        var body: Int
        /// What stands around it, where that is written in a file.
        var frame: Int?
        /// The named parts that it can use, by their names.
        var fragments: [String: Int]
        /// The word lists that it can use, by their names.
        var words: [String: WordList] { rule.written.parts.words }
        /// All texts that it uses, directly or through others.
        var used: Set<Int> = []
    }

    private(set) var texts: [PatternText] = []
    private(set) var alternatives: [Alternative] = []
    private(set) var assemblies: [Assembly] = []
    private var textIndex: [PatternText.Owner: Int] = [:]

    /// Reads the patterns of a flow.
    init(_ flow: Flow, _ source: FlowSource) {
        let files = Dictionary(source.files.map { ($0.path, $0.text) }) { first, _ in first }
        var roots: [String: YAMLNode] = [:]
        for rule in flow.rules {
            let path = rule.location.file
            if roots[path] == nil, let text = files[path] {
                var ignored = DiagnosticList()
                roots[path] = YAMLNode(text, file: path, diagnostics: &ignored)
            }
            let written = rule.written
            let body = add(
                .rule(rule.name),
                written.draft.pattern,
                at: written.draft.patternLocation,
                file: files[path]
            )
            let frameNode = roots[path]?["frame"]
            let frame = frameNode.map { add(.frame(file: path), written.frame, at: $0.location, file: files[path]) }
            var fragments: [String: Int] = [:]
            for (name, text) in written.parts.fragments.sorted(by: { $0.key < $1.key }) {
                let place = roots[path]?["fragments"]?[name]?.location
                fragments[name] = add(.fragment(name, file: path), text, at: place, file: files[path])
            }
            var assembly = Assembly(rule: rule, body: body, frame: frame, fragments: fragments)
            assembly.used = used(by: assembly)
            assemblies.append(assembly)
        }
        // In the order of the files, as people read them.
        let order = alternatives.map { ($0, location(of: $0)) }.enumerated().sorted { first, second in
            guard let one = first.element.1, let other = second.element.1 else {
                return (first.element.1 == nil ? 1 : 0, first.offset) < (second.element.1 == nil ? 1 : 0, second.offset)
            }
            return (one.file, one.line, one.column, first.offset) < (
                other.file, other.line, other.column, second.offset
            )
        }
        alternatives = order.map(\.element.0)
    }

    private mutating func add(_ owner: PatternText.Owner, _ text: String, at location: Location?, file: String?) -> Int
    {
        if let index = textIndex[owner] { return index }
        let added = PatternText(owner, text: text, at: location, file: file)
        let index = texts.count
        texts.append(added)
        textIndex[owner] = index
        if case .success(let tree) = added.tree {
            var found: [Alternative] = []
            tree.forEachAlternation { branches, isNegated in
                guard branches.count > 1 else { return }
                found += branches.map { Alternative(owner: index, range: $0.range, isObservable: !isNegated) }
            }
            alternatives += found.sorted { $0.range.lowerBound < $1.range.lowerBound }
        }
        return index
    }

    private func used(by assembly: Assembly) -> Set<Int> {
        var used: Set<Int> = []
        var queue = [assembly.body] + (assembly.frame.map { [$0] } ?? [])
        while let text = queue.popLast() {
            guard used.insert(text).inserted, case .success(let tree) = texts[text].tree else { continue }
            for case .call(let name) in tree.allItems.map(\.kind) {
                if let fragment = assembly.fragments[name] { queue.append(fragment) }
            }
        }
        return used
    }

    /// Named parts that no rule uses.
    var unusedFragments: [PatternText] {
        let used = assemblies.reduce(into: Set<Int>()) { $0.formUnion($1.used) }
        return texts.enumerated().filter { index, text in
            if case .fragment = text.owner { !used.contains(index) } else { false }
        }.map(\.element)
    }

    /// The text of an alternative.
    func text(of alternative: Alternative) -> String { texts[alternative.owner].slice(alternative.range) }

    /// The place of an alternative.
    func location(of alternative: Alternative) -> Location? {
        texts[alternative.owner].location(of: alternative.range.lowerBound)
    }
}

extension YAMLNode {
    /// The value of a key.
    subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }
}
