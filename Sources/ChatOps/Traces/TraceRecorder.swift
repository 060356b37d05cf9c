public import Foundation
internal import Synchronization
public import Tracing

/// Writes each span that ends as a line of JSON, in the form that OpenTelemetry's collector reads (OTLP/JSON, one
/// `ExportTraceServiceRequest` a line, as its file exporter writes them).
///
/// It takes up the trace of a request's `traceparent` and gives it on. Of a trace whose caller does not record it,
/// nothing is written.
public struct TraceRecorder: Tracer {
    private let service: String
    private let write: @Sendable (Data) -> Void

    /// Makes a tracer.
    ///
    /// - Parameters:
    ///   - service: What the spans are of.
    ///   - write: Where lines go; called from many tasks at once.
    public init(service: String, write: @escaping @Sendable (Data) -> Void) {
        self.service = service
        self.write = write
    }

    /// Makes a tracer that adds to a file.
    ///
    /// - Parameters:
    ///   - service: What the spans are of.
    ///   - path: The file; it is made where there is none, and only its user can read it.
    /// - Throws: Where it cannot be written.
    public init(service: String, path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw ServerSettingsError(messages: ["traces cannot be written to \(path): \(reason)"])
        }
        let writer = LineWriter(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
        self.init(service: service) { writer.write($0) }
    }

    /// Makes a tracer that adds to a file the tracer of this process; once, before anything is traced.
    ///
    /// - Throws: As ``init(service:path:)``.
    public static func install(service: String, path: String) throws {
        InstrumentationSystem.bootstrap(try TraceRecorder(service: service, path: path))
    }

    /// Begins a span.
    public func startSpan(
        _ operationName: String,
        context: @autoclosure () -> ServiceContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> some TracerInstant,
        function: String,
        file fileID: String,
        line: UInt
    ) -> RecordedSpan {
        let start = instant().nanosecondsSinceEpoch
        return RecordedSpan(operationName, in: context(), kind: kind, start: start) { span, content in
            guard span.place.isSampled, let data = TraceLine(span, content, service: service).data else { return }
            write(data)
        }
    }

    /// Does nothing: every span is written when it ends.
    public func forceFlush() {}

    /// Takes the trace of a request up.
    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier,
        into context: inout ServiceContext,
        using extractor: Extract
    ) where Extract.Carrier == Carrier {
        if let header = extractor.extract(key: "traceparent", from: carrier), let place = TraceContext(header: header) {
            context.trace = place
        }
    }

    /// Gives the trace on with a request.
    public func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject.Carrier == Carrier {
        if let place = context.trace { injector.inject(place.header, forKey: "traceparent", into: &carrier) }
    }
}

/// Writes whole lines, one after the other.
private final class LineWriter: Sendable {
    private let file: Mutex<FileHandle>

    init(_ file: sending FileHandle) { self.file = Mutex(file) }

    func write(_ line: Data) {
        // A trace that cannot be written is not worth an error in what it describes.
        file.withLock { try? $0.write(contentsOf: line) }
    }
}
