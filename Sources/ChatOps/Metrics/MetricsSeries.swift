internal import CoreMetrics
internal import Metrics

/// Series by name and labels, each looked up in the registry once: there a name is made of its texts.
final class MetricsSeries: Sendable {
    private struct Key: Hashable {
        var name: String
        var labels: [String]

        init(_ name: String, _ labels: [(String, String)]) {
            self.name = name
            self.labels = labels.map(\.1)
        }
    }

    private let factory: MetricsRegistry
    private let counters = MadeOnce<Key, Counter>()
    private let timers = MadeOnce<Key, Timer>()

    init(_ factory: MetricsRegistry) { self.factory = factory }

    /// The counter of a name, which has the same names of labels always.
    func counter(_ name: String, _ labels: [(String, String)]) -> Counter {
        counters.value(Key(name, labels)) { Counter(label: name, dimensions: labels, factory: factory) }
    }

    /// The distribution of times of a name, which has the same names of labels always.
    func timer(_ name: String, _ labels: [(String, String)]) -> Timer {
        timers.value(Key(name, labels)) { Timer(label: name, dimensions: labels, factory: factory) }
    }
}
