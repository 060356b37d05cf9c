/// Does something within a time.
enum TimeLimit {
    /// Does something, and cancels it when the time is over.
    ///
    /// - Parameters:
    ///   - limit: The time.
    ///   - problem: What is thrown when it is over.
    ///   - body: What is done; it should end soon after it was cancelled.
    /// - Returns: What it gives.
    /// - Throws: The problem, or what it throws itself.
    static func keep<Result: Sendable>(
        _ limit: Duration,
        else problem: Problem,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw problem
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw problem }
            return result
        }
    }
}
