internal import AWS
internal import Diagnostics
internal import Intents
internal import YAMLReading

/// The models that may judge, with the regions where they may: data, replaceable by a file.
///
/// ```yaml
/// source: where the table comes from
/// date: 2026-11-23          # when it was read there
/// judges:
///   - id: amazon.nova-pro-v1:0
///     name: Amazon Nova Pro
///     regions: [us-east-1]
/// ```
struct JudgeTable: Hashable {
    /// One model.
    struct Judge: Hashable {
        /// The model's id in Bedrock.
        var id: String
        /// Its name for people.
        var name: String
        /// Where it may judge, in the order of the file.
        var regions: [String]
    }

    var source: String
    var date: String
    /// In the order of the file, which means nothing.
    var judges: [Judge]

    /// The models of a region in the order of the table.
    func judges(in region: String) -> [Judge] {
        judges.filter { $0.regions.contains(region) }
    }

    /// The regions with at least one model, sorted.
    var regions: [String] {
        Set(judges.flatMap(\.regions)).sorted()
    }
}

extension JudgeTable {
    /// Reads a table.
    ///
    /// - Throws: ``DiagnosticsError`` with everything that is wrong, each at its line and column.
    init(yaml: String, file: String) throws(DiagnosticsError) {
        var diagnostics = DiagnosticList()
        var table = JudgeTable(source: "", date: "", judges: [])
        if let root = YAMLNode(yaml, file: file, diagnostics: &diagnostics) {
            var fields = YAMLFields(root, of: "a table of judges", diagnostics: &diagnostics)
            table.source = fields.requiredText("source", &diagnostics) ?? ""
            table.date = fields.requiredText("date", &diagnostics) ?? ""
            for element in fields.requiredList("judges", &diagnostics) { table.add(element, &diagnostics) }
            fields.finish(&diagnostics)
        }
        try diagnostics.throwIfErrors()
        self = table
    }

    private mutating func add(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        guard let judge = Judge(node, &diagnostics) else { return }
        if judges.contains(where: { $0.id == judge.id }) {
            diagnostics.error("the judge '\(judge.id)' stands twice", at: node.location)
        }
        if judges.contains(where: { $0.name.lowercased() == judge.name.lowercased() }) {
            diagnostics.error("two judges are named '\(judge.name)'", at: node.location)
        }
        judges.append(judge)
    }
}

extension JudgeTable.Judge {
    fileprivate init?(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) {
        guard var fields = YAMLFields(mapping: node, of: "a judge", diagnostics: &diagnostics) else { return nil }
        let id = fields.requiredText("id", &diagnostics)
        let name = fields.requiredText("name", &diagnostics)
        let regions = fields.requiredList("regions", &diagnostics)
        if let list = fields.node("regions"), case .sequence(let elements) = list.content, elements.isEmpty {
            diagnostics.error("'regions' of a judge is empty", at: list.location)
        }
        if let id, !Self.isModelID(id) {
            diagnostics.error("'\(id)' is no model id", at: fields.node("id")?.location ?? node.location)
        }
        fields.finish(&diagnostics)
        self.regions = regions.compactMap { Self.region($0, &diagnostics) }
        guard let id, let name else { return nil }
        self.id = id
        self.name = name
    }

    private static func region(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) -> String? {
        guard case .scalar(let region) = node.content else {
            diagnostics.error("a region is one text", at: node.location)
            return nil
        }
        // One that is newer than the program is fine; its form is what is looked at.
        if Partition(ofRegionCode: region) == nil { diagnostics.error("'\(region)' is no region", at: node.location) }
        return region
    }

    /// Whether a text has the characters of a model id in Bedrock; source: botocore, `BedrockModelId`.
    private static func isModelID(_ id: String) -> Bool {
        id.utf8.count <= 140
            && id.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || ".:-_/".unicodeScalars.contains(scalar))
            }
    }
}
