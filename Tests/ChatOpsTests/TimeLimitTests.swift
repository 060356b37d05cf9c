import Testing

@testable import ChatOps

/// What is not over in time ends with the problem of the limit that was reached.
struct TimeLimitTests {
    private static let never = Duration.seconds(86_400)
    private static let outer = Problem.timeout
    private static let inner = Problem.bodyTimeout

    private struct Failure: Error, Equatable {}

    /// Ends when it is cancelled, and not before.
    private static func wait() async throws -> Int {
        try await Task.sleep(for: .seconds(86_400))
        return 0
    }

    @Test("What ends in time gives its result, within one limit and within two")
    func givesResults() async throws {
        let one = try await TimeLimit.keep(Self.never, else: Self.outer) { 1 }
        let two = try await TimeLimit.keep(Self.never, else: Self.outer) {
            try await TimeLimit.keep(Self.never, else: Self.inner) { 2 }
        }
        #expect([one, two] == [1, 2])
    }

    @Test("An error is thrown as it is")
    func throwsErrors() async {
        await #expect(throws: Failure()) {
            try await TimeLimit.keep(Self.never, else: Self.outer) { throw Failure() }
        }
    }

    @Test(
        "The limit that is reached first says what the problem is",
        arguments: [
            (Duration.milliseconds(1), never, outer), (never, Duration.milliseconds(1), inner),
        ]
    )
    func namesProblem(whole: Duration, part: Duration, problem: Problem) async {
        let error = await #expect(throws: Problem.self) {
            try await TimeLimit.keep(whole, else: Self.outer) {
                try await TimeLimit.keep(part, else: Self.inner) { try await Self.wait() }
            }
        }
        #expect(error?.code == problem.code)
    }

    @Test("A short limit is kept while long ones wait, and long ones while short ones come and go")
    func keepsOrder() async {
        await withTaskGroup(of: String?.self) { group in
            for limit in [Self.never, .milliseconds(30), Self.never, .milliseconds(1), .milliseconds(15)] {
                group.addTask {
                    do {
                        _ = try await TimeLimit.keep(limit, else: Self.outer) { try await Self.wait() }
                        return nil
                    } catch { return (error as? Problem)?.code }
                }
            }
            for _ in 0..<3 { #expect(await group.next() == Self.outer.code) }
            group.cancelAll()
        }
    }

    @Test("What is cancelled from outside ends without a problem of time")
    func isCancelled() async {
        let task = Task { try await TimeLimit.keep(Self.never, else: Self.outer) { try await Self.wait() } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
