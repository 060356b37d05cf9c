import Dialogue
import Intents
import Synchronization
import Testing

@testable import Actions

private let table = """
    source: a test
    date: 2026-11-23
    judges:
      - {id: one, name: Judge One, regions: [us-west-2, us-east-1]}
      - {id: two, name: Judge Two, regions: [us-west-2]}
      - {id: three, name: Judge Three, regions: [us-west-2, eu-west-1]}
    """

private func lifecycle(_ id: String, _ status: String) -> AWSExchange {
    .success(
        "bedrock",
        "get-foundation-model",
        region: "us-west-2",
        parameters: ["modelIdentifier": .text(id)],
        result: ["modelDetails": ["modelId": .text(id), "modelLifecycle": ["status": .text(status)]]]
    )
}

private func availability(_ id: String? = nil, _ changes: [String: Value] = [:]) -> AWSExchange {
    let states: [String: Value] = [
        "agreementAvailability": ["status": "AVAILABLE"], "authorizationStatus": "AUTHORIZED",
        "entitlementAvailability": "AVAILABLE", "regionAvailability": "AVAILABLE",
    ]
    return .success(
        "bedrock",
        "get-foundation-model-availability",
        region: "us-west-2",
        parameters: id.map { ["modelId": .text($0)] },
        result: .record(states.merging(changes, uniquingKeysWith: { $1 }))
    )
}

@Suite("list_judges")
struct ListJudgesTests {
    private let everyone: Value = [
        ["id": "one", "name": "Judge One"], ["id": "two", "name": "Judge Two"], ["id": "three", "name": "Judge Three"],
    ]

    private func list(
        _ exchanges: [AWSExchange],
        in region: String = "us-west-2",
        table: String? = table
    ) async throws -> ActionResult {
        try await run(
            ListJudges(),
            ["region": .text(region)],
            aws: RecordedAWS(exchanges),
            data: table.map { ["judges.yaml": $0] } ?? [:]
        )
    }

    @Test("active judges are listed in the table's order, with id and name alone")
    func listsActive() async throws {
        let result = try await list([availability()] + ["three", "two", "one"].map { lifecycle($0, "ACTIVE") })
        #expect(
            result
                == ActionResult(outcome: "listed", values: ["judges": everyone, "dropped": [], "unchecked": []])
        )
    }

    @Test("what Bedrock does not offer is dropped, with a reason")
    func dropsUnusable() async throws {
        let result = try await list([
            lifecycle("one", "LEGACY"),
            lifecycle("two", "ACTIVE"), availability("two", ["authorizationStatus": "NOT_AUTHORIZED"]),
            lifecycle("three", "ACTIVE"), availability("three"),
        ])
        #expect(result.outcome == "listed")
        #expect(result.values["judges"] == [["id": "three", "name": "Judge Three"]])
        #expect(
            result.values["dropped"] == [
                ["name": "Judge One", "reason": "its lifecycle status is LEGACY"],
                ["name": "Judge Two", "reason": "this account cannot use it: authorizationStatus NOT_AUTHORIZED"],
            ]
        )
    }

    @Test(
        "each kind of unavailability drops a judge",
        arguments: [
            ["regionAvailability": "NOT_AVAILABLE"], ["entitlementAvailability": "NOT_AVAILABLE"],
            ["agreementAvailability": ["status": "NOT_AVAILABLE"]],
        ] as [[String: Value]]
    )
    func dropsUnavailable(changes: [String: Value]) async throws {
        let result = try await list(
            [availability(), availability("one", changes)] + ["one", "two", "three"].map { lifecycle($0, "ACTIVE") }
        )
        #expect(result.values["judges"]?.list?.count == 2)
    }

    @Test(
        "an unknown model is dropped",
        arguments: [
            AWSFailure(.notFound, code: "ResourceNotFoundException"), AWSFailure(.other, code: "ValidationException"),
        ]
    )
    func dropsUnknown(failure: AWSFailure) async throws {
        let result = try await list([
            .failure("bedrock", "get-foundation-model", failure.kind, code: failure.code),
            lifecycle("two", "ACTIVE"), availability(),
        ])
        #expect(result.values["judges"] == [["id": "two", "name": "Judge Two"]])
        #expect(result.values["dropped"]?.list?.count == 2)
    }

    @Test("who may not ask for availability loses nothing", arguments: [AWSFailure.Kind.denied, .cliMissing, .other])
    func ignoresAvailabilityFailures(kind: AWSFailure.Kind) async throws {
        let result = try await list(
            [.failure("bedrock", "get-foundation-model-availability", kind)]
                + ["one", "two", "three"].map { lifecycle($0, "ACTIVE") }
        )
        #expect(result.outcome == "listed")
        #expect(result.values["judges"] == everyone)
    }

    @Test("a judge that could not be checked stays, and is named")
    func keepsUnchecked() async throws {
        let result = try await list([
            lifecycle("one", "ACTIVE"), lifecycle("two", "LEGACY"), availability(),
            .failure(
                "bedrock",
                "get-foundation-model",
                parameters: ["modelIdentifier": "three"],
                .throttled,
                detail: "slow"
            ),
        ])
        #expect(result.outcome == "listed_unverified", "the one that is chosen may be the one that was not checked")
        #expect(
            result.values["judges"] == [["id": "one", "name": "Judge One"], ["id": "three", "name": "Judge Three"]]
        )
        #expect(result.values["unchecked"] == ["Judge Three"])
    }

    @Test(
        "where none could be checked all are listed as unverified",
        arguments: AWSFailure.Kind.allCases.filter { $0 != .notFound }
    )
    func listsUnverified(kind: AWSFailure.Kind) async throws {
        let result = try await list([.failure("bedrock", "get-foundation-model", kind, detail: "said")])
        #expect(
            result
                == ActionResult(
                    outcome: "listed_unverified",
                    values: [
                        "judges": everyone, "dropped": [], "unchecked": ["Judge One", "Judge Two", "Judge Three"],
                        "reason": .text(kind.rawValue), "detail": "said",
                    ]
                )
        )
    }

    @Test("an odd answer counts as not checked")
    func survivesOddAnswers() async throws {
        let result = try await list([.success("bedrock", "get-foundation-model", result: ["modelDetails": "x"])])
        #expect(result.outcome == "listed_unverified")
        #expect(result.values["reason"] == "aws_error")
    }

    @Test("a region without judges is empty, and others are told, without a call")
    func tellsEmptyRegion() async throws {
        let result = try await list([], in: "eu-central-1")
        #expect(
            result
                == ActionResult(
                    outcome: "empty",
                    values: ["dropped": [], "unchecked": [], "regions": ["eu-west-1", "us-east-1", "us-west-2"]]
                )
        )
    }

    @Test("where all are dropped the region is empty, and it is not offered again")
    func tellsAllDropped() async throws {
        let result = try await list(["one", "two", "three"].map { lifecycle($0, "LEGACY") })
        #expect(result.outcome == "empty")
        #expect(result.values["dropped"]?.list?.count == 3)
        #expect(result.values["regions"] == ["eu-west-1", "us-east-1"])
    }

    @Test("a table that is missing or broken is told")
    func tellsBrokenTable() async throws {
        #expect(
            try await list([], table: nil)
                == ActionResult(outcome: "table_broken", values: ["detail": "the flow has no file judges.yaml"])
        )
        let broken = try await list([], table: "source: a\ndate: b\njudges: 3")
        #expect(broken.outcome == "table_broken")
        #expect(broken.values["detail"] == "judges.yaml:3:9: error: 'judges' of a table of judges is a list")
    }

    @Test("after a failure that every call would meet no further judge is asked about")
    func stopsAsking() async throws {
        let judges = (1...20).map { JudgeTable.Judge(id: "j\($0)", name: "J\($0)", regions: ["us-west-2"]) }
        let recorder = RecordingAWS(OfflineAWS())
        let checks = try await JudgeCheck.run(judges, in: "us-west-2", by: recorder, atOnce: 4)
        #expect(checks.count == 20)
        #expect(checks.allSatisfy { if case .failed(let failure) = $0 { failure.kind == .offline } else { false } })
        #expect(recorder.cassette.exchanges.count <= 4)
    }

    @Test("no more checks run at once than allowed, and the order stays")
    func boundsConcurrency() async throws {
        let judges = (1...20).map { JudgeTable.Judge(id: "j\($0)", name: "J\($0)", regions: ["us-west-2"]) }
        let client = CountingAWS()
        let checks = try await JudgeCheck.run(judges, in: "us-west-2", by: client, atOnce: 4)
        #expect(client.most <= 4)
        for (index, check) in checks.enumerated() {
            #expect(check == .dropped("its lifecycle status is j\(index + 1)"))
        }
    }

    @Test("all foundation models of a region are read in one call")
    func listsFoundationModels() async throws {
        let aws = RecordedAWS([
            .success(
                "bedrock",
                "list-foundation-models",
                region: "us-west-2",
                result: [
                    "modelSummaries": [["modelId": "a", "modelLifecycle": ["status": "ACTIVE"]], ["modelId": "b"]]
                ]
            )
        ])
        let models = try await aws.listFoundationModels(region: "us-west-2")
        #expect(models.map(\.id) == ["a", "b"])
        #expect(models.map(\.lifecycle) == ["ACTIVE", nil])
    }
}

/// Answers with the id as the status and counts how many calls run at once.
private final class CountingAWS: AWSClient {
    private let counts: Mutex<(now: Int, most: Int)> = Mutex((0, 0))

    var most: Int { counts.withLock(\.most) }

    func call(_ request: AWSRequest) async throws -> AWSResponse {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        for _ in 0..<10 { await Task.yield() }
        counts.withLock { $0.now -= 1 }
        let status = request.parameters["modelIdentifier"] ?? ""
        return AWSResponse(result: ["modelDetails": ["modelLifecycle": ["status": status]]])
    }
}
