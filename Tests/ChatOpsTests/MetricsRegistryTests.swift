import CoreMetrics
import Testing

@testable import ChatOps

@Suite("Metrics in the text format of Prometheus")
struct MetricsRegistryTests {
    @Test("Each kind has its lines, sorted")
    func kinds() {
        let registry = MetricsRegistry()
        Counter(label: "b.turns", dimensions: [("flow", "a\"b\\c\nd")], factory: registry).increment(by: 2)
        Counter(label: "b.turns", dimensions: [("flow", "a\"b\\c\nd")], factory: registry).increment()
        let meter = Meter(label: "active", dimensions: [], factory: registry)
        meter.increment(by: 3)
        meter.decrement(by: 1)
        Timer(label: "time", dimensions: [], factory: registry).recordNanoseconds(20_000_000)
        let text = registry.text
        #expect(text.hasPrefix("# TYPE active gauge\nactive 2.0\n# TYPE b_turns counter\n"))
        #expect(text.contains(#"b_turns{flow="a\"b\\c\nd"} 3"# + "\n"))
        #expect(text.contains("# TYPE time histogram\n") && text.contains(#"time_bucket{le="0.01"} 0"#))
        #expect(text.contains(#"time_bucket{le="0.025"} 1"#) && text.contains(#"time_bucket{le="+Inf"} 1"#))
        #expect(text.contains("time_sum 0.02\ntime_count 1\n"))
    }

    @Test(
        "A name becomes one that Prometheus takes",
        arguments: [("http.requests", "http_requests"), ("2nd", "_2nd"), ("žluť", "_lu_")]
    )
    func names(label: String, name: String) {
        let registry = MetricsRegistry()
        Counter(label: label, dimensions: [], factory: registry).increment()
        #expect(registry.text == "# TYPE \(name) counter\n\(name) 1\n")
    }
}
