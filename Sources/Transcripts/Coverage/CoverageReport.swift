public import Diagnostics
internal import Dialogue
internal import Intents
internal import Patterns

/// What a suite of transcripts covers, and what it does not.
public struct CoverageReport: Sendable {
    /// By flow, sorted by name.
    public let flows: [FlowCoverage]

    /// What the transcripts of one flow cover.
    public struct FlowCoverage: Sendable {
        /// The flow's folder.
        public let flow: String
        /// Everything that can be covered, steps first, each axis in the order of the files.
        public let items: [CoverageItem]
        /// What has alternatives that are not counted, and why.
        public let unwatched: [Diagnostic]
        /// The texts of its files by path.
        let files: [String: String]
        let picture: FlowPicture
        let plan: CoveragePlan

        /// The same items, with replies that would take the alternatives that nothing covers.
        ///
        /// - Complexity: Some tens of matches for each of these.
        public var itemsWithExamples: [CoverageItem] {
            var items = items
            let examples = AlternativeExample(plan)
            for (alternative, item) in plan.alternativeItems.enumerated() {
                if let item, !items[item].isCovered { items[item].example = examples.reply(taking: alternative)?.text }
            }
            return items
        }
    }

    /// How much of an axis is covered.
    public struct Figure: Sendable, Hashable {
        /// How many there are.
        public var total = 0
        /// How many transcripts cover.
        public var byTranscripts = 0
        /// How many transcripts or examples cover: those of rules, and rows of tables of phrasings.
        public var covered = 0

        /// Percent that transcripts or examples cover; 100 where there is nothing.
        public var percent: Double { total == 0 ? 100 : 100 * Double(covered) / Double(total) }
        /// Percent that transcripts cover.
        public var transcriptPercent: Double { total == 0 ? 100 : 100 * Double(byTranscripts) / Double(total) }
    }

    /// Makes a report of collectors, one a flow.
    public init(_ collectors: [CoverageCollector]) {
        flows = collectors.map(FlowCoverage.init).sorted { $0.flow < $1.flow }
    }

    /// The figure of an axis over all flows.
    public func figure(_ axis: CoverageAxis) -> Figure {
        var figure = Figure()
        for item in flows.flatMap(\.items) where item.axis == axis {
            figure.total += 1
            figure.byTranscripts += item.isCoveredByTranscripts ? 1 : 0
            figure.covered += item.isCovered ? 1 : 0
        }
        return figure
    }
}

extension CoverageReport.FlowCoverage {
    fileprivate init(_ collector: CoverageCollector) {
        let plan = collector.plan
        var items = plan.items
        for (index, files) in collector.transcripts { items[index].transcripts = files.sorted() }
        for (index, count) in collector.phrasings { items[index].examples += count }
        for assembly in plan.catalog.assemblies {
            for example in assembly.rule.examples.matches {
                let text = Utterance(example).text
                guard (try? assembly.rule.pattern.matches(text)) == true else { continue }
                if let rule = plan.ruleItems[assembly.rule.name] { items[rule].examples += 1 }
                for taken in plan.instrumented[assembly.rule.name]?.taken(in: text) ?? [] {
                    if let item = plan.alternativeItems[taken] { items[item].examples += 1 }
                }
            }
        }
        flow = plan.flowName
        self.items = items
        unwatched = plan.unwatched
        files = Dictionary(plan.source.files.map { ($0.path, $0.text) }) { first, _ in first }
        picture = plan.picture
        self.plan = plan
    }
}
