internal import HTTPTypes
internal import Hummingbird
internal import Sessions

/// What the people and programs that run a server ask of it.
struct OperationRoutes: Sendable {
    let store: any SessionStore
    let readiness: Readiness
    let metrics: MetricsRegistry

    private struct Health: Encodable {
        var status: String
    }

    func add(to table: inout RouteTable) {
        table.open(.get, "/healthz") { _, _ in .json(Health(status: "ok")) }
        table.open(.get, "/readyz") { _, _ in
            guard readiness.isReady else { throw Problem.unavailable("the server is stopping") }
            // A look that costs little and fails where the store does.
            _ = try await store.position(ofDelivery: "", in: "")
            return .json(Health(status: "ready"))
        }
        table.own(.get, "/metrics", .metrics) { _, _, _ in
            .text(metrics.text, type: "text/plain; version=0.0.4; charset=utf-8")
        }
        table.open(.get, "/openapi.json") { _, _ in .bytes(PackageResources.openapi_json, type: "application/json") }
    }
}
