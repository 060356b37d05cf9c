internal import Diagnostics
internal import Intents
internal import YAMLReading

/// All the texts of a flow, by name.
struct PromptLibrary: Sendable {
    private(set) var templates: [PromptName: PromptTemplate] = [:]
    private(set) var locations: [PromptName: Location] = [:]
    /// The file that each stands in, and where its text begins there.
    private var sources: [PromptName: (file: String, start: Location)] = [:]

    /// Reads a file of prompts: `name: text` lines.
    mutating func add(_ text: String, file: String, diagnostics: inout DiagnosticList) {
        guard let root = YAMLNode(text, file: file, diagnostics: &diagnostics) else { return }
        guard case .mapping(let entries) = root.content else {
            diagnostics.error("a file of prompts is written as 'name: text' lines", at: root.location)
            return
        }
        for entry in entries {
            guard case .scalar(let body) = entry.value.content else {
                diagnostics.error("the prompt '\(entry.key)' is one text", at: entry.value.location)
                continue
            }
            add(entry.key, body, at: entry.keyLocation, diagnostics: &diagnostics)
            sources[entry.key] = (text, entry.value.location)
        }
    }

    /// Adds one prompt; a later one of the same name counts, so that a flow can put its own in place of a common one.
    mutating func add(_ name: PromptName, _ text: String, at location: Location, diagnostics: inout DiagnosticList) {
        do {
            templates[name] = try PromptTemplate(name: name, text: text)
            locations[name] = location
            sources[name] = (text, location)
        } catch {
            diagnostics.error("the prompt '\(name)' is not a valid template: \(error)", at: location)
        }
    }

    /// Where a tag of a prompt stands in its file, by counting the `{{` of the text; at worst, where the prompt does.
    ///
    /// - Complexity: Linear in the file: for reporting.
    func location(of tag: PromptTag, in name: PromptName) -> Location {
        guard let source = sources[name] else { return locations[name] ?? Location(file: "", line: 1, column: 1) }
        var left = tag.ordinal
        for (index, line) in source.file.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard index + 1 >= source.start.line else { continue }
            let scalars = line.unicodeScalars
            var rest = index + 1 == source.start.line ? scalars.dropFirst(source.start.column - 1) : scalars[...]
            while let opening = rest.firstRange(of: "{{".unicodeScalars) {
                if left == 0 {
                    let column = scalars.distance(from: scalars.startIndex, to: opening.lowerBound) + 1
                    return Location(file: source.start.file, line: index + 1, column: column)
                }
                left -= 1
                rest = rest[opening.upperBound...]
            }
        }
        return locations[name] ?? source.start
    }

    /// Whether a prompt is there; for a name with `*`, whether it is there for each of the outcomes.
    func missing(_ name: PromptName, outcomes: [String]) -> [PromptName] {
        guard name.contains("*") else { return templates[name] == nil ? [name] : [] }
        return outcomes.map { name.replacing("*", with: $0) }.filter { templates[$0] == nil }
    }
}
