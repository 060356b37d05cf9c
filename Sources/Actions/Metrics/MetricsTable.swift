internal import Yams

/// The built-in metrics and which of them suit which task: `metrics.yaml` in the flow's folder.
struct MetricsTable: Sendable, Decodable {
    /// A metric that a judge can compute.
    struct Metric: Sendable, Decodable {
        /// Its API name without `Builtin.`.
        var name: String
        /// `quality` or `responsible_ai`.
        var `class`: String
        /// What it measures, in a few words.
        var measures: String
    }

    /// A recommended metric.
    struct Advice: Sendable, Decodable {
        var name: String
        /// Why, in a few words.
        var reason: String
        /// The same where the data have no reference answers.
        var reasonWithoutReference: String?

        private enum CodingKeys: String, CodingKey {
            case name, reason
            case reasonWithoutReference = "without_reference"
        }
    }

    /// A kind of task.
    struct Kind: Sendable, Decodable {
        var name: String
        /// The name for people.
        var title: String
        var keywords: [String]
        var metrics: [Advice]
    }

    /// Why the table cannot be used.
    struct Broken: Error, Sendable {
        var reason: String
    }

    var version: Int
    var metrics: [Metric]
    var `default`: String
    var kinds: [Kind]

    /// Reads the table.
    ///
    /// - Parameter text: The YAML; `nil` where there is no file.
    /// - Returns: A table that names only what it defines.
    /// - Throws: ``Broken`` for a table that is missing, malformed, or names what it does not define.
    static func read(_ text: String?) throws(Broken) -> MetricsTable {
        guard let text else { throw Broken(reason: "there is no metrics.yaml") }
        return try kept.table(text) { () throws(Broken) -> MetricsTable in try decode(text) }
    }

    private static let kept = ReadOnce<MetricsTable>()

    private static func decode(_ text: String) throws(Broken) -> MetricsTable {
        let table: MetricsTable
        do {
            table = try YAMLDecoder().decode(MetricsTable.self, from: text)
        } catch {
            throw Broken(reason: "metrics.yaml: " + PlainText.shown(String(describing: error)))
        }
        if let mistake = table.mistake { throw Broken(reason: "metrics.yaml: " + mistake) }
        return table
    }

    private var mistake: String? {
        let names = Set(metrics.map(\.name))
        guard version == 1 else { return "version \(version) is not known; this is for version 1" }
        guard !metrics.isEmpty, names.count == metrics.count else { return "metrics are missing or named twice" }
        guard Set(kinds.map(\.name)).count == kinds.count else { return "a kind is named twice" }
        guard kinds.contains(where: { $0.name == self.default }) else { return "there is no kind “\(self.default)”" }
        for kind in kinds {
            guard !kind.metrics.isEmpty else { return "the kind “\(kind.name)” has no metrics" }
            if let unknown = kind.metrics.first(where: { !names.contains($0.name) }) {
                return "the kind “\(kind.name)” recommends the unknown metric “\(unknown.name)”"
            }
        }
        return nil
    }
}
