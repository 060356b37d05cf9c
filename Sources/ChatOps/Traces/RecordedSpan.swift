internal import Synchronization
public import Tracing

/// A span as ``TraceRecorder`` keeps it until it ends.
public final class RecordedSpan: Span {
    struct Content: Sendable {
        var name: String
        var attributes: SpanAttributes = [:]
        var status: SpanStatus?
        var events: [SpanEvent] = []
        var links: [SpanLink] = []
        var end: UInt64?
    }

    /// Identifies it.
    public let context: ServiceContext
    let place: TraceContext
    let parent: TraceContext?
    let kind: SpanKind
    /// When it began, in nanoseconds since 1970.
    let start: UInt64
    private let content: Mutex<Content>
    private let ended: @Sendable (RecordedSpan, Content) -> Void

    init(
        _ name: String,
        in context: ServiceContext,
        kind: SpanKind,
        start: UInt64,
        ended: @escaping @Sendable (RecordedSpan, Content) -> Void
    ) {
        var context = context
        parent = context.trace
        place = TraceContext(childOf: parent)
        context.trace = place
        self.context = context
        self.kind = kind
        self.start = start
        self.ended = ended
        content = Mutex(Content(name: name))
    }

    /// What it is called.
    public var operationName: String {
        get { content.withLock(\.name) }
        set { change { $0.name = newValue } }
    }

    /// What describes it.
    public var attributes: SpanAttributes {
        get { content.withLock(\.attributes) }
        set { change { $0.attributes = newValue } }
    }

    /// Whether it has not ended yet.
    public var isRecording: Bool { content.withLock { $0.end == nil } }

    /// Says how it went.
    public func setStatus(_ status: SpanStatus) { change { $0.status = status } }

    /// Adds something that happened.
    public func addEvent(_ event: SpanEvent) { change { $0.events.append(event) } }

    /// Adds a link to another span.
    public func addLink(_ link: SpanLink) { change { $0.links.append(link) } }

    /// Adds an error: its type alone, since its text may hold what a user wrote.
    public func recordError(
        _ error: any Error,
        attributes: SpanAttributes,
        at instant: @autoclosure () -> some TracerInstant
    ) {
        var attributes = attributes
        attributes["exception.type"] = String(reflecting: type(of: error))
        let event = SpanEvent(name: "exception", at: instant(), attributes: attributes)
        change {
            $0.events.append(event)
            $0.status = $0.status ?? SpanStatus(code: .error)
        }
    }

    /// Ends it; only the first time counts.
    public func end(at instant: @autoclosure () -> some TracerInstant) {
        let time = instant().nanosecondsSinceEpoch
        let isFirst = content.withLock { content in
            guard content.end == nil else { return nil as Content? }
            content.end = time
            return content
        }
        if let isFirst { ended(self, isFirst) }
    }

    private func change(_ body: (inout Content) -> Void) {
        content.withLock { content in
            // What has ended is written already.
            if content.end == nil { body(&content) }
        }
    }
}
