internal import ServiceLifecycle

/// Does something, and cancels it when the server is told to stop.
///
/// Like `cancelWhenGracefulShutdown` of ServiceLifecycle, which never returns where what it does ends at once: its waiter can
/// be cancelled before it waits.
///
/// - Parameter body: What is done; it should end soon after it was cancelled.
/// - Returns: What it gives.
/// - Throws: What it throws, such as `CancellationError`.
func cancelledByShutdown<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task { try await body() }
    return try await withTaskCancellationHandler {
        try await withGracefulShutdownHandler {
            try await task.value
        } onGracefulShutdown: {
            task.cancel()
        }
    } onCancel: {
        task.cancel()
    }
}
