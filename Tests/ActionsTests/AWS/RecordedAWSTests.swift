import Actions
import Intents
import Testing

@Suite("Clients that play, record and refuse")
struct RecordedAWSTests {
    private func answer(_ client: some AWSClient, _ request: AWSRequest) async -> String {
        do {
            return try await client.call(request).result.record?["n"]?.text ?? "?"
        } catch let failure as AWSFailure {
            return "\(failure.kind.rawValue) \(failure.code ?? "")"
        } catch {
            return "\(error)"
        }
    }

    @Test("the recording that fixes most answers, whatever the order of the file")
    func mostPreciseAnswers() async {
        let client = RecordedAWS([
            .success("bedrock", "get", result: ["n": "any"]),
            .success("bedrock", "get", parameters: ["id": "a"], result: ["n": "a"]),
            .success("bedrock", "get", region: "us-west-2", parameters: ["id": "a"], result: ["n": "a in west"]),
            .success("bedrock", "get", parameters: ["id": "a", "token": "t"], result: ["n": "a, next page"]),
        ])
        #expect(await answer(client, AWSRequest("bedrock", "get")) == "any")
        #expect(await answer(client, AWSRequest("bedrock", "get", parameters: ["id": "b"])) == "any")
        #expect(await answer(client, AWSRequest("bedrock", "get", parameters: ["id": "a"])) == "a")
        #expect(
            await answer(client, AWSRequest("bedrock", "get", region: "us-west-2", parameters: ["id": "a"]))
                == "a in west"
        )
        #expect(
            await answer(client, AWSRequest("bedrock", "get", parameters: ["id": "a", "token": "t"])) == "a, next page"
        )
    }

    @Test("the same request is answered in order, and the last answer repeats")
    func answersInOrder() async {
        let client = RecordedAWS([
            .failure("sts", "who", .throttled, code: "Throttling"),
            .success("sts", "who", result: ["n": "me"]),
            .success("iam", "get-role", result: ["n": "role"]),
        ])
        var answers: [String] = []
        for _ in 0..<3 { answers.append(await answer(client, AWSRequest("sts", "who"))) }
        #expect(answers == ["throttled Throttling", "me", "me"])
        #expect(await answer(client, AWSRequest("iam", "get-role")) == "role")
    }

    @Test("a request without a recording fails and is named")
    func unrecordedIsNamed() async throws {
        let client = RecordedAWS([.success("sts", "who", region: "eu-west-1")])
        let request = AWSRequest("sts", "who", region: "us-east-1", parameters: ["b": 1, "a": "ž"])
        let failure = try await #require(throws: AWSFailure.self) { try await client.call(request) }
        #expect(failure.kind == .other)
        #expect(failure.code == "NotRecorded")
        #expect(failure.detail == #"no recording answers sts who in us-east-1 with {"a":"\u017e","b":1}"#)
    }

    @Test("what was recorded plays back the same, failures too")
    func recordsAndPlays() async throws {
        let recorder = RecordingAWS(
            RecordedAWS([
                .success("s3api", "get-object", result: ["n": "1"], body: [0, 255]),
                .failure("s3api", "get-object", .denied, code: "AccessDenied", detail: "no"),
                .success("sts", "who", result: ["n": "me"]),
            ])
        )
        let object = AWSRequest("s3api", "get-object", region: "us-east-1", parameters: ["Key": "k"])
        let requests = [object, object, AWSRequest("sts", "who")]
        var live: [String] = []
        for request in requests { live.append(await answer(recorder, request)) }

        let copy = RecordedAWS(try Cassette(yaml: recorder.cassette.yaml(), file: "c.yaml"))
        var played: [String] = []
        for request in requests { played.append(await answer(copy, request)) }
        #expect(played == live)
        #expect(live == ["1", "denied AccessDenied", "me"])
        #expect(try await RecordedAWS(recorder.cassette).call(object).body == [0, 255])
    }

    @Test("offline, nothing is tried")
    func offlineRefuses() async throws {
        let failure = try await #require(throws: AWSFailure.self) {
            try await OfflineAWS().call(AWSRequest("sts", "get-caller-identity"))
        }
        #expect(failure.kind == .offline)
        #expect(failure.detail == "working offline: sts get-caller-identity was not tried")
    }
}
