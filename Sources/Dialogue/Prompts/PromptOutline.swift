package import Diagnostics

/// What is fixed in a prompt's text, to tell which prompt a message may have been made from.
struct PromptOutline {
    /// The words outside of all tags and sections, in order; anything may stand between two of them.
    let literals: [String]
    /// Whether the text begins, and ends, with the first and the last of them.
    private let isBoundAtStart: Bool
    private let isBoundAtEnd: Bool

    /// Takes the outline of a template.
    init(_ source: String) {
        var literals: [String] = []
        var depth = 0
        var rest = source[...]
        var isBoundAtStart = true
        var isFirst = true
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let literal = rest[..<open.lowerBound]
            if isFirst { isBoundAtStart = !literal.isEmpty }
            isFirst = false
            if depth == 0, !literal.isEmpty { literals.append(String(literal)) }
            let tag = rest[open.upperBound..<close.lowerBound].first { !$0.isWhitespace }
            switch tag {
            case "#", "^": depth += 1
            case "/": depth -= 1
            default: break
            }
            rest = rest[close.upperBound...]
            if rest.first == "}" { rest.removeFirst() }
        }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        isBoundAtEnd = !rest.isEmpty
        if !rest.isEmpty { literals.append(String(rest)) }
        self.literals = literals
        self.isBoundAtStart = isBoundAtStart
    }

    /// How many characters are fixed.
    var weight: Int { literals.reduce(0) { $0 + $1.count(where: { !$0.isWhitespace }) } }

    /// Whether a text can have been made from it.
    func matches(_ text: String) -> Bool {
        var rest = text[...]
        for (index, literal) in literals.enumerated() {
            if index == 0, isBoundAtStart {
                guard rest.hasPrefix(literal) else { return false }
                rest = rest.dropFirst(literal.count)
            } else if index == literals.count - 1, isBoundAtEnd {
                return rest.hasSuffix(literal)
            } else {
                guard let found = rest.firstRange(of: literal) else { return false }
                rest = rest[found.upperBound...]
            }
        }
        return !isBoundAtEnd || literals.count != 1 || !isBoundAtStart || rest.isEmpty
    }
}

extension Flow {
    /// The prompt that a message's text was most likely made from, or `nil` where no prompt fits.
    ///
    /// Of several that fit, the one of whose text most is fixed. For explanations: it looks at every prompt.
    package func prompt(making text: String) -> PromptName? {
        var best: (name: PromptName, weight: Int)?
        for (name, template) in prompts.templates.sorted(by: { $0.key < $1.key }) {
            let outline = PromptOutline(template.source)
            let weight = outline.weight
            if weight > max(best?.weight ?? 0, 3), outline.matches(text) { best = (name, weight) }
        }
        return best?.name
    }

    /// Where a prompt is written.
    package func location(of prompt: PromptName) -> Location? { prompts.locations[prompt] }

    /// The names of all prompts, sorted.
    package var promptNames: [PromptName] { prompts.templates.keys.sorted() }

    /// The text of a prompt as it is written.
    package func source(of prompt: PromptName) -> String? { prompts.templates[prompt]?.source }
}
