internal import Diagnostics
internal import Dialogue
internal import YAMLReading

/// Where the parts of a flow's steps stand in its files.
struct FlowPlaces {
    private var steps: [Location: YAMLNode] = [:]
    private var groups: [String: [String]] = [:]

    /// Reads the flow files of a source.
    init(_ source: FlowSource) {
        for file in source.files
        where file.path == "\(source.name)/flow.yaml" || file.path.hasPrefix("\(source.name)/flows/") {
            var ignored = DiagnosticList()
            guard let root = YAMLNode(file.text, file: file.path, diagnostics: &ignored) else { continue }
            for element in root["steps"]?.elements ?? [] { steps[element.location] = element }
            if case .mapping(let entries) = root["outcome_groups"]?.content {
                for entry in entries where groups[entry.key] == nil {
                    groups[entry.key] = entry.value.texts(as: "", &ignored)
                }
            }
        }
    }

    /// The place of a field's key in a step.
    func location(of field: String, in step: Step) -> Location? { entry(field, in: step)?.keyLocation }

    private func entry(_ field: String, in step: Step) -> YAMLNode.Entry? {
        guard case .mapping(let entries) = steps[step.location]?.content else { return nil }
        return entries.first { $0.key == field }
    }

    /// The key under `outcomes` that an outcome goes by: what names it, before a group that it is in.
    func outcomeKey(_ outcome: String, in step: Step) -> (name: String, location: Location)? {
        guard case .mapping(let entries) = entry("outcomes", in: step)?.value.content else { return nil }
        func words(_ entry: YAMLNode.Entry) -> [String] {
            entry.key.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        }
        let found =
            entries.first { words($0).contains(outcome) }
            ?? entries.first { words($0).contains { groups[$0]?.contains(outcome) == true } }
        return found.map { ($0.key, $0.keyLocation) }
    }
}
