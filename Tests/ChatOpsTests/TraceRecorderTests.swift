import Foundation
import Synchronization
import Testing
import Tracing

@testable import ChatOps

/// Spans are written when they end, in the words of OTLP, within the trace of the caller.
struct TraceRecorderTests {
    private final class Lines: Sendable {
        let all = Mutex<[Data]>([])
        func add(_ line: Data) { all.withLock { $0.append(line) } }
    }

    private struct Fields: Extractor, Injector {
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
    }

    private static let caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private static func spans(_ lines: Lines) throws -> [[String: Any]] {
        try lines.all.withLock { $0 }.map { line in
            let request = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let resource = try #require((request["resourceSpans"] as? [[String: Any]])?.first)
            let scope = try #require((resource["scopeSpans"] as? [[String: Any]])?.first)
            return try #require((scope["spans"] as? [[String: Any]])?.first)
        }
    }

    @Test("A span within another is its child, in the caller's trace")
    func writesChildren() throws {
        let lines = Lines()
        let tracer = TraceRecorder(service: "usher") { lines.add($0) }
        var context = ServiceContext.topLevel
        tracer.extract(["traceparent": Self.caller], into: &context, using: Fields())
        let outer = tracer.startSpan("outer", context: context, ofKind: .server)
        let inner = tracer.startSpan("inner", context: outer.context)
        inner.attributes["usher.action"] = "check"
        inner.attributes["count"] = 3
        inner.end()
        outer.setStatus(SpanStatus(code: .error, message: "no"))
        outer.end()
        outer.end()
        let spans = try Self.spans(lines)
        #expect(spans.map { $0["name"] as? String } == ["inner", "outer"])
        #expect(spans.allSatisfy { $0["traceId"] as? String == "0af7651916cd43dd8448eb211c80319c" })
        #expect(spans[0]["parentSpanId"] as? String == spans[1]["spanId"] as? String)
        #expect(spans[1]["parentSpanId"] as? String == "b7ad6b7169203331")
        #expect(spans.map { $0["kind"] as? Int } == [1, 2])
        #expect((spans[1]["status"] as? [String: Any])?["code"] as? Int == 2)
        let attributes = try #require(spans[0]["attributes"] as? [[String: Any]])
        #expect(attributes.map { $0["key"] as? String } == ["count", "usher.action"])
        #expect((attributes[0]["value"] as? [String: String]) == ["intValue": "3"])
        #expect((attributes[1]["value"] as? [String: String]) == ["stringValue": "check"])
        let (start, end) = (spans[0]["startTimeUnixNano"] as? String, spans[0]["endTimeUnixNano"] as? String)
        #expect(UInt64(try #require(start)) ?? .max <= UInt64(try #require(end)) ?? 0)
    }

    @Test("A trace is given on, and begun where there is none")
    func injects() throws {
        let tracer = TraceRecorder(service: "usher") { _ in }
        let span = tracer.startSpan("first", context: .topLevel)
        var fields: [String: String] = [:]
        tracer.inject(span.context, into: &fields, using: Fields())
        let place = try #require(TraceContext(header: fields["traceparent"] ?? ""))
        #expect(place == span.place && place.isSampled && span.parent == nil)
    }

    @Test("Nothing is written of a trace that the caller does not record")
    func leavesUnsampled() throws {
        let lines = Lines()
        let tracer = TraceRecorder(service: "usher") { lines.add($0) }
        var context = ServiceContext.topLevel
        tracer.extract(["traceparent": String(Self.caller.dropLast()) + "0"], into: &context, using: Fields())
        tracer.startSpan("quiet", context: context).end()
        #expect(lines.all.withLock { $0.isEmpty })
    }

    @Test("An error leaves its type, and nothing of what it says")
    func recordsErrors() throws {
        struct Secret: Error, CustomStringConvertible { var description = "hunter2" }
        let lines = Lines()
        let span = TraceRecorder(service: "usher") { lines.add($0) }.startSpan("fails", context: .topLevel)
        span.recordError(Secret())
        span.end()
        let text = String(decoding: lines.all.withLock { $0.first } ?? Data(), as: UTF8.self)
        #expect(text.contains("Secret") && !text.contains("hunter2"))
        #expect((try Self.spans(lines)[0]["status"] as? [String: Any])?["code"] as? Int == 2)
    }

    @Test(
        "What is no traceparent begins a trace of its own",
        arguments: [
            "", "00", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", "00-0af7-b7ad-01",
        ]
    )
    func refusesHeaders(header: String) { #expect(TraceContext(header: header) == nil) }

    @Test("A later version of the header may have more parts")
    func readsLaterVersions() {
        #expect(TraceContext(header: "01" + Self.caller.dropFirst(2) + "-more")?.span == "b7ad6b7169203331")
    }
}
