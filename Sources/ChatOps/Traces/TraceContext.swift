internal import Tracing

/// Where a span stands in its trace, in the form of the W3C (Trace Context, level 1, `traceparent`).
struct TraceContext: Sendable, Hashable {
    /// 16 bytes in hexadecimal.
    var trace: String
    /// 8 bytes in hexadecimal.
    var span: String
    /// Whether the trace is recorded.
    var isSampled: Bool

    init(trace: String, span: String, isSampled: Bool) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// A new span: the child of another one, or the first of a trace.
    init(childOf parent: TraceContext?) {
        trace = parent?.trace ?? RandomID.hexadecimal(bytes: 16)
        span = RandomID.hexadecimal(bytes: 8)
        isSampled = parent?.isSampled ?? true
    }

    /// Reads a header; `nil` where it is none.
    init?(header: String) {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        // Later versions may have more parts at the end.
        guard parts.count == 4 || (parts.count > 4 && parts[0] != "00"), parts[0] != "ff",
            Self.isHexadecimal(parts[0], 2), Self.isHexadecimal(parts[1], 32), Self.isHexadecimal(parts[2], 16),
            Self.isHexadecimal(parts[3], 2), parts[1].contains(where: { $0 != "0" }),
            parts[2].contains(where: { $0 != "0" }), let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        self.init(trace: String(parts[1]), span: String(parts[2]), isSampled: flags & 1 == 1)
    }

    /// The header.
    var header: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }

    private static func isHexadecimal(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
                default: false
                }
            }
    }
}

extension ServiceContext {
    private enum Key: ServiceContextKey {
        typealias Value = TraceContext
        static let nameOverride: String? = "usher-trace"
    }

    /// Where the span of this context stands.
    var trace: TraceContext? {
        get { self[Key.self] }
        set { self[Key.self] = newValue }
    }
}
