public import CoreMetrics
internal import Synchronization

/// The metrics of a server, in memory: a backend of swift-metrics that answers in the text format of Prometheus.
public final class MetricsRegistry: MetricsFactory {
    private struct Series: Hashable {
        var name: String
        var labels: String
    }

    private enum Handler {
        case counter(CounterMetric)
        case gauge(GaugeMetric)
        case histogram(HistogramMetric)
    }

    private let handlers = Mutex<[Series: Handler]>([:])

    /// An empty registry.
    public init() {}

    /// All metrics in the text format of Prometheus (version 0.0.4), sorted.
    public var text: String {
        let all = handlers.withLock { $0 }
        var lines: [String] = []
        var last = ""
        for (series, handler) in all.sorted(by: { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }) {
            let kind =
                switch handler {
                case .counter: "counter"
                case .gauge: "gauge"
                case .histogram: "histogram"
                }
            if series.name != last { lines.append("# TYPE \(series.name) \(kind)") }
            last = series.name
            switch handler {
            case .counter(let counter): lines.append(Self.line(series.name, series.labels, counter.text))
            case .gauge(let gauge): lines.append(Self.line(series.name, series.labels, gauge.text))
            case .histogram(let histogram):
                let (buckets, sum, count) = histogram.values
                for (bound, number) in buckets {
                    let labels = series.labels + (series.labels.isEmpty ? "" : ",") + "le=\"\(bound)\""
                    lines.append(Self.line(series.name + "_bucket", labels, "\(number)"))
                }
                lines.append(Self.line(series.name + "_sum", series.labels, "\(sum)"))
                lines.append(Self.line(series.name + "_count", series.labels, "\(count)"))
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func line(_ name: String, _ labels: String, _ value: String) -> String {
        labels.isEmpty ? "\(name) \(value)" : "\(name){\(labels)} \(value)"
    }

    private func series(_ label: String, _ dimensions: [(String, String)]) -> Series {
        Series(
            name: Self.name(label),
            labels: dimensions.map { "\(Self.name($0))=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        )
    }

    /// A name that Prometheus takes: letters, digits and `_`, no digit first.
    private static func name(_ text: String) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            name.unicodeScalars.append(isPlain ? scalar : "_")
        }
        return name.first?.isNumber == false ? name : "_" + name
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

extension MetricsRegistry {
    /// The counter of a name and labels.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let series = series(label, dimensions)
        return handlers.withLock { handlers in
            if case .counter(let counter) = handlers[series] { return counter }
            let counter = CounterMetric()
            handlers[series] = .counter(counter)
            return counter
        }
    }

    /// The gauge of a name and labels.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// The distribution of a name and labels, or its last value where it is not to be summed up.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? histogram(label, dimensions) : gauge(label, dimensions)
    }

    /// The distribution of times of a name and labels, in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeMetric {
        let series = series(label, dimensions)
        return handlers.withLock { handlers in
            if case .gauge(let gauge) = handlers[series] { return gauge }
            let gauge = GaugeMetric()
            handlers[series] = .gauge(gauge)
            return gauge
        }
    }

    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> HistogramMetric {
        let series = series(label, dimensions)
        return handlers.withLock { handlers in
            if case .histogram(let histogram) = handlers[series] { return histogram }
            let histogram = HistogramMetric()
            handlers[series] = .histogram(histogram)
            return histogram
        }
    }

    /// Keeps the counter: what was counted stays counted.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Keeps the gauge.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Keeps the distribution.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Keeps the distribution.
    public func destroyTimer(_ handler: any TimerHandler) {}
}
