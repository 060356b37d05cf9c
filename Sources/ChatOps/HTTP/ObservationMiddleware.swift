internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics

/// Counts and logs every request: method, route, status and time; nothing that a user wrote.
struct ObservationMiddleware: RouterMiddleware {
    private let series: MetricsSeries
    private let active: Meter
    private let clock = ContinuousClock()

    init(metrics: MetricsRegistry) {
        series = MetricsSeries(metrics)
        active = Meter(label: "usher_http_active_requests", dimensions: [], factory: metrics)
    }

    func handle(
        _ request: Request,
        context: ServerContext,
        next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = clock.now
        active.increment(by: 1)
        defer { active.decrement(by: 1) }
        let response = try await next(request, context)
        let time = clock.now - start
        let route = context.endpointPath ?? "none"
        let labels = [("method", request.method.known), ("route", route), ("status", "\(response.status.code)")]
        series.counter("usher_http_requests_total", labels).increment()
        series.timer("usher_http_request_duration_seconds", [("route", route)]).record(duration: time)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.known)", "route": "\(route)", "status": "\(response.status.code)",
                "milliseconds":
                    "\(time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000)",
            ]
        )
        return response
    }
}

extension HTTPRequest.Method {
    /// The method, where it is one of the common ones: metrics would grow without end by what clients make up.
    fileprivate var known: String {
        switch self {
        case .get, .head, .post, .put, .patch, .delete, .options: rawValue
        default: "other"
        }
    }
}
