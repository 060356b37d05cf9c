internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics

/// Counts and logs every request: method, route, status and time; nothing that a user wrote.
struct RequestObserver: Sendable {
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

    private let metrics: MetricsRegistry
    private let active: Meter
    private let known = MadeOnce<Kind, Series>()

    init(_ metrics: MetricsRegistry) {
        self.metrics = metrics
        active = Meter(label: "usher_http_active_requests", dimensions: [], factory: metrics)
    }

    /// Says that a request has come.
    func begin() -> ContinuousClock.Instant {
        active.increment(by: 1)
        return .now
    }

    /// Says how a request was answered.
    func end(_ request: Request, _ context: ServerContext, _ response: Response, since start: ContinuousClock.Instant) {
        active.decrement(by: 1)
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
        known.value(kind) {
            let labels = [("method", kind.method), ("route", kind.route), ("status", "\(kind.status)")]
            return Series(
                requests: Counter(label: "usher_http_requests_total", dimensions: labels, factory: metrics),
                durations: Timer(
                    label: "usher_http_request_duration_seconds",
                    dimensions: [("route", kind.route)],
                    factory: metrics
                )
            )
        }
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
