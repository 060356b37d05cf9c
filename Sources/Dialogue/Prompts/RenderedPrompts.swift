internal import Intents

/// What a template was rendered to, so that what is said again and again with the same values is made once.
///
/// A text is a function of the values that its template names. They are kept with it and compared to the byte. What is said
/// with some values once only is not kept, and no values of more than a few lines.
struct RenderedPrompts: Sendable {
    /// How many texts of a template are kept in a generation.
    private static let generation = 8
    /// The most bytes of values that a text is kept with.
    private static let longest = 2_048

    /// Whatever the template may look for.
    private let names: [String]
    private let texts = Recurring<ValueBytes, String>(generation: generation)

    /// Knows no text yet.
    ///
    /// - Parameter tags: All tags of the template. What a section names inside of a value is looked for outside too where the
    ///   value has none of that name, so every name counts, wherever it stands.
    init(_ tags: [PromptTag]) {
        var names: [String] = []
        for tag in tags {
            let name = String(tag.name.prefix { $0 != "." })
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        self.names = names
    }

    /// The text for some values.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - make: Renders the template with them.
    /// - Returns: What it gives, or gave for the same values.
    func text(of values: PromptValues, _ make: () -> String) -> String {
        var key = ValueBytes()
        for name in names {
            key.add(values.value(named: name))
            guard key.bytes.count <= Self.longest else { return make() }
        }
        switch texts.recall(key) {
        case .kept(let text): return text
        case .new: return make()
        case .again:
            let text = make()
            texts.keep(text, for: key)
            return text
        }
    }
}
