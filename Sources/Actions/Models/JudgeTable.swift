import Yams

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
    /// - Throws: ``DataFileError`` with every problem at its line and column.
    init(yaml: String, file: String) throws(DataFileError) {
        var reading = YAMLReading(file: file)
        let root = try reading.document(yaml)
        var table = JudgeTable(source: "", date: "", judges: [])
        if let fields = reading.fields(root, of: "a table of judges", keys: ["source", "date", "judges"]) {
            table.source = reading.text(fields["source"], "source", in: root) ?? ""
            table.date = reading.text(fields["date"], "date", in: root) ?? ""
            if let list = fields["judges"] {
                table.judges = reading.judges(list)
            } else {
                reading.report("'judges' is missing", at: root)
            }
        }
        try reading.finish()
        self = table
    }
}

extension YAMLReading {
    fileprivate mutating func judges(_ list: Node) -> [JudgeTable.Judge] {
        var judges: [JudgeTable.Judge] = []
        for node in elements(list, of: "'judges'") {
            guard let fields = fields(node, of: "a judge", keys: ["id", "name", "regions"]) else { continue }
            let id = text(fields["id"], "id", in: node)
            let name = text(fields["name"], "name", in: node)
            let regions = regions(fields["regions"], in: node)
            guard let id, let name else { continue }
            check(id, at: fields["id"] ?? node)
            if judges.contains(where: { $0.id == id }) { report("judge '\(id)' stands twice", at: node) }
            if judges.contains(where: { $0.name.lowercased() == name.lowercased() }) {
                report("two judges are named '\(name)'", at: node)
            }
            judges.append(JudgeTable.Judge(id: id, name: name, regions: regions))
        }
        return judges
    }

    private mutating func regions(_ list: Node?, in judge: Node) -> [String] {
        guard let list else {
            report("'regions' is missing", at: judge)
            return []
        }
        let nodes = elements(list, of: "'regions'")
        if case .sequence = list, nodes.isEmpty { report("'regions' is empty", at: list) }
        return nodes.compactMap { node in
            guard let region = text(node, "region", in: node) else { return nil }
            let parts = region.split(separator: "-", omittingEmptySubsequences: false)
            let isRegion =
                parts.count >= 3 && region.utf8.count <= 24 && parts.allSatisfy { !$0.isEmpty }
                && parts.dropLast().allSatisfy { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
                && parts.last.flatMap { Int($0) } != nil
            if !isRegion { report("'\(region)' is no region", at: node) }
            return region
        }
    }

    /// The characters of a model id in Bedrock; source: botocore, `BedrockModelId`.
    private mutating func check(_ id: String, at node: Node) {
        let isID =
            id.utf8.count <= 140
            && id.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || ".:-_/".unicodeScalars.contains(scalar))
            }
        if !isID { report("'\(id)' is no model id", at: node) }
    }
}
