internal import ServiceLifecycle
internal import Synchronization

/// Whether the server takes new work.
final class Readiness: Service {
    private let isStopping = Mutex(false)

    /// Whether it does.
    var isReady: Bool { !isStopping.withLock { $0 } }

    /// Waits for the server to be told to stop.
    func run() async throws {
        try await gracefulShutdown()
        isStopping.withLock { $0 = true }
    }
}
