/// What Bedrock says of one judge in one region.
enum JudgeCheck: Sendable, Hashable {
    /// It is active, and nothing is known that keeps the account from it.
    case usable
    /// It cannot judge there, and why.
    case dropped(String)
    /// It could not be asked about.
    case failed(AWSFailure)
}

extension JudgeCheck {
    /// The kinds of failure that every further call would meet too.
    private static let general: Set<AWSFailure.Kind> = [
        .offline, .cliMissing, .noCredentials, .expiredCredentials, .noRegion, .unreachable,
    ]

    /// Checks judges, a bounded number at once, in their order.
    ///
    /// After a failure that every call would meet, the rest is not asked about and has the same failure.
    ///
    /// - Throws: `CancellationError` only.
    static func run(
        _ judges: [JudgeTable.Judge],
        in region: String,
        by client: any AWSClient,
        atOnce: Int
    ) async throws -> [JudgeCheck] {
        var checks: [Int: JudgeCheck] = [:]
        var stop: AWSFailure?
        try await withThrowingTaskGroup(of: (Int, JudgeCheck).self) { group in
            var next = 0
            while true {
                while stop == nil, next < judges.count, next - checks.count < atOnce {
                    let (index, id) = (next, judges[next].id)
                    group.addTask { (index, try await check(id, in: region, by: client)) }
                    next += 1
                }
                guard let (index, check) = try await group.next() else { break }
                checks[index] = check
                if case .failed(let failure) = check, general.contains(failure.kind) { stop = failure }
            }
        }
        return judges.indices.map { index in
            checks[index] ?? .failed(stop ?? AWSFailure(.other, detail: "it was not checked"))
        }
    }

    private static func check(_ id: String, in region: String, by client: any AWSClient) async throws -> JudgeCheck {
        do {
            let status = try await client.foundationModelLifecycle(id, region: region)
            guard status == "ACTIVE" else { return .dropped("its lifecycle status is \(status ?? "unknown")") }
        } catch let failed as FailedCall {
            let failure = failed.failure
            // Bedrock answers an id it does not know in this region with either.
            if failure.kind == .notFound || failure.code == "ValidationException" {
                return .dropped("Bedrock does not know it in \(region)")
            }
            return .failed(failure)
        }
        do {
            let obstacle = try await client.foundationModelObstacle(id, region: region)
            return obstacle.map { .dropped("this account cannot use it: \($0)") } ?? .usable
        } catch is FailedCall {
            // The lifecycle decides; who may not ask for availability, or has an older command, loses nothing.
            return .usable
        }
    }
}
