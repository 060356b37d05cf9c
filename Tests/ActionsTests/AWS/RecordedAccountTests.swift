import Actions
import Intents
import Synchronization
import Testing

@Suite("An account made of recordings")
struct RecordedAccountTests {
    private static let place: [String: Value] = ["Bucket": "mine", "Key": "a"]
    private static let cassette = """
        exchanges:
          - {service: sts, operation: who, region: us-west-2, result: {n: west}}
          - {service: sts, operation: who, result: {n: elsewhere}}
          - {service: s3api, operation: get-object, failure: {kind: not_found, code: NoSuchKey}}
          - {service: s3api, operation: head-object, failure: {kind: not_found, code: "404"}}
          - {service: s3api, operation: put-object, parameters: {Bucket: mine}, result: {}}
          - {service: s3api, operation: put-object, failure: {kind: not_found, code: NoSuchBucket}}
        """

    private func account(
        kept: Cassette = Cassette(),
        save: @escaping @Sendable (Cassette) -> Void = { _ in }
    ) throws -> RecordedAccount {
        try RecordedAccount(
            cassettes: [("account.yaml", Self.cassette)],
            region: "us-west-2",
            kept: kept,
            save: save
        )
    }

    private func put(_ text: String, _ parameters: [String: Value] = place) -> AWSRequest {
        AWSRequest("s3api", "put-object", parameters: parameters, body: Array(text.utf8))
    }

    @Test("calls that name no Region go to its own")
    func regions() async throws {
        let account = try account()
        let own = try await account.call(AWSRequest("sts", "who"))
        #expect(own.result == ["n": "west"])
        let other = try await account.call(AWSRequest("sts", "who", region: "eu-west-1"))
        #expect(other.result == ["n": "elsewhere"])
    }

    @Test("an object that was put is there, until another takes its place")
    func objects() async throws {
        let account = try account()
        let get = AWSRequest("s3api", "get-object", parameters: Self.place.merging(["Range": "bytes=0-9"]) { $1 })
        let head = AWSRequest("s3api", "head-object", parameters: Self.place)
        for request in [get, head] {
            let failure = try await #require(throws: AWSFailure.self) { try await account.call(request) }
            #expect(failure.kind == .notFound)
        }
        for text in ["one", "", "three"] {
            _ = try await account.call(put(text))
            let object = try await account.call(get)
            #expect(object.body == Array(text.utf8))
            _ = try await account.call(head)
        }
        let beside = AWSRequest("s3api", "get-object", parameters: ["Bucket": "mine", "Key": "b"])
        await #expect(throws: AWSFailure(.notFound, code: "NoSuchKey")) { try await account.call(beside) }
    }

    @Test("what must be new is put once")
    func conditions() async throws {
        let account = try account()
        let request = put("one", Self.place.merging(["IfNoneMatch": "*"]) { $1 })
        _ = try await account.call(request)
        let failure = try await #require(throws: AWSFailure.self) { try await account.call(request) }
        #expect(failure.code == "PreconditionFailed")
    }

    @Test("nothing is put where the recordings refuse it")
    func refusals() async throws {
        let account = try account { _ in Issue.record("something was kept") }
        let request = put("one", ["Bucket": "other", "Key": "a"])
        await #expect(throws: AWSFailure(.notFound, code: "NoSuchBucket")) { try await account.call(request) }
    }

    @Test("what was kept is there in another account, by way of a file")
    func keeping() async throws {
        let saved = Mutex(Cassette())
        let first = try account { cassette in saved.withLock { $0 = cassette } }
        _ = try await first.call(put("{\"query\": \"žluť\"}\n"))
        let text = try saved.withLock { try $0.yaml() }
        let second = try account(kept: try Cassette(yaml: text, file: "kept.yaml"))
        let object = try await second.call(AWSRequest("s3api", "get-object", parameters: Self.place))
        #expect(object.body == Array("{\"query\": \"žluť\"}\n".utf8))
    }

    @Test("a cassette with a mistake is no account")
    func mistakes() {
        #expect(throws: (any Error).self) {
            try RecordedAccount(cassettes: [("account.yaml", "exchanges: [{service: sts}]")], region: "us-west-2")
        }
    }
}
