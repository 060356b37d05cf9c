internal import Intents
internal import Patterns

/// Makes up texts that a pattern may match by way of one of its alternatives: a start for a reply that is missing.
struct PatternSample {
    private let catalog: PatternCatalog
    private let assembly: PatternCatalog.Assembly
    private let target: PatternCatalog.Alternative
    /// Which of several ways is taken where the target leaves it open.
    private let variant: Int
    private var depth = 0

    /// How many ways there are to fill what the target leaves open.
    static let variants = 6

    /// A text for an alternative, by way of a rule that can use it.
    ///
    /// - Returns: `nil` where the rule's structure is not known. The text need not match: assertions are not heeded.
    static func text(
        for target: PatternCatalog.Alternative,
        by assembly: PatternCatalog.Assembly,
        in catalog: PatternCatalog,
        slotName: String,
        variant: Int = 0
    ) -> String? {
        var sample = PatternSample(catalog: catalog, assembly: assembly, target: target, variant: variant)
        var text = sample.write(assembly.body)
        if let frame = assembly.frame, target.owner != assembly.body, sample.leads(toTargetFrom: frame) {
            text = sample.write(frame)?.replacing("%", with: text ?? "")
        }
        return text?.replacing("{slot}", with: slotName).replacing(#/ +/#, with: " ")
    }

    private init(
        catalog: PatternCatalog,
        assembly: PatternCatalog.Assembly,
        target: PatternCatalog.Alternative,
        variant: Int
    ) {
        self.catalog = catalog
        self.assembly = assembly
        self.target = target
        self.variant = variant
    }

    private func tree(_ text: Int) -> PatternTree? { try? catalog.texts[text].tree.get() }

    /// Whether the target lies in a text or in a part that it uses.
    private func leads(toTargetFrom text: Int, depth: Int = 0) -> Bool {
        if text == target.owner { return true }
        guard depth < 8, let tree = tree(text) else { return false }
        return tree.allItems.contains { item in
            guard case .call(let name) = item.kind, let fragment = assembly.fragments[name] else { return false }
            return leads(toTargetFrom: fragment, depth: depth + 1)
        }
    }

    private func leads(_ item: PatternTree.Item, in text: Int) -> Bool {
        if text == target.owner { return item.range.contains(target.range.lowerBound) && isInside(item) }
        switch item.kind {
        case .call(let name): return assembly.fragments[name].map { leads(toTargetFrom: $0) } ?? false
        case .group(let group): return group.branches.contains { $0.items.contains { leads($0, in: text) } }
        default: return false
        }
    }

    private func isInside(_ item: PatternTree.Item) -> Bool {
        item.range.lowerBound < target.range.lowerBound && item.range.upperBound > target.range.upperBound
    }

    private mutating func write(_ text: Int) -> String? {
        guard let tree = tree(text), depth < 8 else { return nil }
        depth += 1
        defer { depth -= 1 }
        return write(tree.branches, in: text)
    }

    private mutating func write(_ branches: [PatternTree.Branch], in text: Int) -> String {
        let chosen =
            branches.first { text == target.owner && $0.range == target.range && branches.count > 1 }
            ?? branches.first { $0.items.contains { leads($0, in: text) } }
            ?? (branches.isEmpty ? nil : branches[variant / 2 % branches.count])
        var written = ""
        for item in chosen?.items ?? [] { written += write(item, in: text) }
        return written
    }

    private mutating func write(_ item: PatternTree.Item, in text: Int) -> String {
        var times = item.quantifier?.minimum ?? 1
        // What may be left out is put in by every second variant.
        if times == 0, variant % 2 == 1 || leads(item, in: text) { times = 1 }
        guard times > 0 else { return "" }
        let once: String
        switch item.kind {
        case .literal(let scalar): once = String(Character(scalar))
        // Any number of any characters mostly stands between words.
        case .type("."): once = item.quantifier?.maximum == nil && item.quantifier != nil ? " " : "a"
        case .type(let type): once = Self.example(ofType: type)
        case .set(let set): once = Self.example(ofSet: set)
        case .anchor, .other: once = ""
        case .call(let name):
            once = assembly.fragments[name].flatMap { write($0) } ?? assembly.words[name]?.words.first ?? ""
        case .group(let group):
            if case .look(_, isNegative: true) = group.kind { return "" }
            once = write(group.branches, in: text)
        }
        return String(repeating: once, count: times)
    }

    private static func example(ofType type: String) -> String {
        switch type {
        case "\\s", "\\h", "\\v", "\\R", "\\W", "\\D": " "
        case "\\d": "1"
        default: "a"
        }
    }

    private static func example(ofSet set: String) -> String {
        var inside = set.dropFirst().dropLast()
        guard inside.first != "^" else { return "a" }
        if inside.hasPrefix("\\x{") {
            let digits = inside.dropFirst(3).prefix { $0 != "}" }
            return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "a"
        }
        if inside.first == "\\" {
            inside.removeFirst()
            return inside.first == "s"
                ? " " : inside.first == "d" ? "1" : inside.first == "w" ? "a" : String(inside.prefix(1))
        }
        if inside.first == "[" { return "a" }
        return String(inside.prefix(1))
    }
}
