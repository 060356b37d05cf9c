internal import CoreMetrics
internal import Synchronization

/// A number that only grows.
final class CounterMetric: CounterHandler {
    private let value = Mutex<Int64>(0)

    func increment(by amount: Int64) { value.withLock { $0 &+= amount } }
    func reset() { value.withLock { $0 = 0 } }
    var text: String { "\(value.withLock { $0 })" }
}

/// A number that goes up and down.
final class GaugeMetric: MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ new: Int64) { value.withLock { $0 = Double(new) } }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func record(_ new: Int64) { set(new) }
    func record(_ new: Double) { set(new) }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    var text: String { "\(value.withLock { $0 })" }
}

/// How often values were how large; times are in seconds.
final class HistogramMetric: TimerHandler, RecorderHandler {
    private struct Counts {
        var buckets: [Int]
        var sum = 0.0
    }

    private static let bounds = [
        0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    private let counts = Mutex(Counts(buckets: Array(repeating: 0, count: bounds.count + 1)))

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
    func preferDisplayUnit(_ unit: TimeUnit) {}
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        let bucket = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        counts.withLock { counts in
            counts.buckets[bucket] += 1
            counts.sum += value
        }
    }

    /// How many values there were up to each bound, their sum, and how many there were.
    var values: (buckets: [(bound: String, count: Int)], sum: Double, count: Int) {
        let counts = counts.withLock { $0 }
        var total = 0
        let buckets = (Self.bounds.map { "\($0)" } + ["+Inf"]).enumerated().map { index, bound in
            total += counts.buckets[index]
            return (bound, total)
        }
        return (buckets, counts.sum, total)
    }
}
