internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics
internal import Synchronization

/// Counts and logs every request: method, route, status and time; nothing that a user wrote.
final class RequestObserver: Sendable {
    /// What is counted together.
    private struct Kind: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private struct Series {
        var requests: Counter
        var durations: Timer
    }

    private let series: MetricsSeries
    private let active: Meter
    private let known = Mutex<[Kind: Series]>([:])

    init(_ metrics: MetricsRegistry) {
        series = MetricsSeries(metrics)
        active = Meter(label: "usher_http_active_requests", dimensions: [], factory: metrics)
    }

    /// Says that a request has come.
    func begin() -> ContinuousClock.Instant {
        active.increment(by: 1)
        return .now
    }

    /// Says that a request is over, whether it was answered or not.
    func leave() { active.decrement(by: 1) }

    /// Says how a request was answered.
    func end(_ request: Request, _ context: ServerContext, _ response: Response, since start: ContinuousClock.Instant) {
        let time = ContinuousClock.now - start
        let kind = Kind(
            method: request.method.known,
            route: context.endpointPath ?? "none",
            status: response.status.code
        )
        let series = series(kind)
        series.requests.increment()
        series.durations.record(duration: time)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(kind.method)", "route": "\(kind.route)", "status": "\(kind.status)",
                "milliseconds":
                    "\(time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000)",
            ]
        )
    }

    private func series(_ kind: Kind) -> Series {
        if let known = known.withLock({ $0[kind] }) { return known }
        let labels = [("method", kind.method), ("route", kind.route), ("status", "\(kind.status)")]
        let made = Series(
            requests: series.counter("usher_http_requests_total", labels),
            durations: series.timer("usher_http_request_duration_seconds", [("route", kind.route)])
        )
        known.withLock { $0[kind] = made }
        return made
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
