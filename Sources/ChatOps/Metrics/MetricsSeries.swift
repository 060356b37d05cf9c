internal import CoreMetrics
internal import Metrics
internal import Synchronization

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
    private let counters = Mutex<[Key: Counter]>([:])
    private let timers = Mutex<[Key: Timer]>([:])

    init(_ factory: MetricsRegistry) { self.factory = factory }

    /// The counter of a name, which has the same names of labels always.
    func counter(_ name: String, _ labels: [(String, String)]) -> Counter {
        let key = Key(name, labels)
        if let known = counters.withLock({ $0[key] }) { return known }
        let made = Counter(label: name, dimensions: labels, factory: factory)
        counters.withLock { $0[key] = made }
        return made
    }

    /// The distribution of times of a name, which has the same names of labels always.
    func timer(_ name: String, _ labels: [(String, String)]) -> Timer {
        let key = Key(name, labels)
        if let known = timers.withLock({ $0[key] }) { return known }
        let made = Timer(label: name, dimensions: labels, factory: factory)
        timers.withLock { $0[key] = made }
        return made
    }
}
