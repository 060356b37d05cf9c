internal import Foundation
internal import Tracing

/// A span in the words of OTLP/JSON.
struct TraceLine: Encodable {
    private struct Attribute: Encodable {
        var key: String
        var value: AttributeValue
    }

    private enum AttributeValue: Encodable {
        case text(String)
        case integer(Int64)
        case number(Double)
        case flag(Bool)

        private enum Keys: String, CodingKey { case stringValue, intValue, doubleValue, boolValue }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            switch self {
            case .text(let text): try container.encode(text, forKey: .stringValue)
            // 64 bits stand as a text in OTLP/JSON.
            case .integer(let number): try container.encode("\(number)", forKey: .intValue)
            case .number(let number): try container.encode(number, forKey: .doubleValue)
            case .flag(let flag): try container.encode(flag, forKey: .boolValue)
            }
        }
    }

    private struct Happening: Encodable {
        var timeUnixNano: String
        var name: String
        var attributes: [Attribute]
    }

    private struct Link: Encodable {
        var traceId: String
        var spanId: String
    }

    private struct Status: Encodable {
        var code: Int
        var message: String?
    }

    private struct Span: Encodable {
        var traceId: String
        var spanId: String
        var parentSpanId: String?
        var name: String
        var kind: Int
        var startTimeUnixNano: String
        var endTimeUnixNano: String
        var attributes: [Attribute]
        var events: [Happening]
        var links: [Link]
        var status: Status?
    }

    private struct Scope: Encodable { var name: String }
    private struct Spans: Encodable {
        var scope: Scope
        var spans: [Span]
    }
    private struct Resource: Encodable { var attributes: [Attribute] }
    private struct ResourceSpans: Encodable {
        var resource: Resource
        var scopeSpans: [Spans]
    }

    private var resourceSpans: [ResourceSpans]

    init(_ span: RecordedSpan, _ content: RecordedSpan.Content, service: String) {
        let status = content.status.map { status in
            Status(code: status.code == .error ? 2 : 1, message: status.message)
        }
        let written = Span(
            traceId: span.place.trace,
            spanId: span.place.span,
            parentSpanId: span.parent?.span,
            name: content.name,
            kind: Self.number(of: span.kind),
            startTimeUnixNano: "\(span.start)",
            endTimeUnixNano: "\(content.end ?? span.start)",
            attributes: Self.attributes(content.attributes),
            events: content.events.map {
                Happening(
                    timeUnixNano: "\($0.nanosecondsSinceEpoch)",
                    name: $0.name,
                    attributes: Self.attributes($0.attributes)
                )
            },
            links: content.links.compactMap { link in
                link.context.trace.map { Link(traceId: $0.trace, spanId: $0.span) }
            },
            status: status
        )
        resourceSpans = [
            ResourceSpans(
                resource: Resource(attributes: [Attribute(key: "service.name", value: .text(service))]),
                scopeSpans: [Spans(scope: Scope(name: "usher"), spans: [written])]
            )
        ]
    }

    /// The line with its end.
    var data: Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { $0 + Data("\n".utf8) }
    }

    private static func attributes(_ all: SpanAttributes) -> [Attribute] {
        var attributes: [Attribute] = []
        all.forEach { key, value in attributes.append(Attribute(key: key, value: Self.value(value))) }
        return attributes.sorted { $0.key < $1.key }
    }

    private static func value(_ attribute: SpanAttribute) -> AttributeValue {
        switch attribute {
        case .int32(let number): .integer(Int64(number))
        case .int64(let number): .integer(number)
        case .double(let number): .number(number)
        case .bool(let flag): .flag(flag)
        case .string(let text): .text(text)
        case .stringConvertible(let value): .text("\(value)")
        // Nothing here has lists.
        default: .text("\(attribute)")
        }
    }

    /// The number that OTLP gives a kind.
    private static func number(of kind: SpanKind) -> Int {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }
}
