import Foundation
import Intents
import Testing

@testable import Actions

/// A folder with a program of ours named `aws`, for what a real one does only rarely.
private final class FakeAWSCommand {
    let folder: URL

    init(_ script: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(component: "fake-aws-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let program = folder.appending(component: "aws")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func client(
        concurrency: Int = 4,
        outputLimit: Int = 4096,
        bodyLimit: Int = 4096,
        environment: [String: String] = [:]
    ) -> CLIAWSClient {
        let base = ["PATH": "\(folder.path):/usr/bin:/bin", "TMPDIR": folder.path, "FAKE": folder.path]
        return CLIAWSClient(
            settings: CLIAWSClient.Settings(
                concurrency: concurrency,
                outputLimit: outputLimit,
                bodyLimit: bodyLimit
            ),
            environment: base.merging(environment, uniquingKeysWith: { $1 })
        )
    }

    func text(of name: String) -> String? {
        try? String(contentsOf: folder.appending(component: name), encoding: .utf8)
    }

    /// What calls left behind in the temporary folder.
    var leftovers: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasPrefix("usher-aws") }
    }
}

@Suite("The aws command as a client")
struct CLIAWSClientTests {
    private let whoAmI = AWSRequest("sts", "get-caller-identity")

    @Test("the answer is read, and nothing is left behind")
    func readsAnswer() async throws {
        let fake = try FakeAWSCommand(#"echo '{"Account": "000111122223", "n": null}'"#)
        let response = try await fake.client().call(whoAmI)
        #expect(response == AWSResponse(result: ["Account": "000111122223"]))
        #expect(fake.leftovers.isEmpty)
    }

    @Test(
        "what a version of the command knows is read out of its own skeleton of the input",
        arguments: [
            (#"{"InferenceSpecification": {"Containers": [{"BaseModel": {"HubContentName": ""}}]}}"#, true),
            (#"{"InferenceSpecification": {"Containers": [{"Image": "BaseModel"}]}}"#, false),
            ("no JSON", true),
        ]
    )
    func readsSkeleton(skeleton: String, knows: Bool) async throws {
        let fake = try FakeAWSCommand(#"echo "$@" > "$FAKE/arguments"; cat "$FAKE/skeleton""#)
        try Data(skeleton.utf8).write(to: fake.folder.appending(component: "skeleton"))
        let client = fake.client()
        #expect(await client.knows("BaseModel", inInputOf: "create-model-package", of: "sagemaker") == knows)
        #expect(fake.text(of: "arguments") == "sagemaker create-model-package --generate-cli-skeleton input\n")
    }

    @Test("a command that cannot say what it knows is taken to know it")
    func takesUnknownVersionAsKnowing() async throws {
        let fake = try FakeAWSCommand("exit 2")
        #expect(await fake.client().knows("BaseModel", inInputOf: "create-model-package", of: "sagemaker"))
    }

    @Test("no output is an empty record")
    func readsNoAnswer() async throws {
        let fake = try FakeAWSCommand("echo")
        #expect(try await fake.client().call(whoAmI) == AWSResponse(result: [:]))
    }

    @Test("a body comes through a private file")
    func readsBody() async throws {
        let fake = try FakeAWSCommand(
            """
            for last in "$@"; do case "$last" in */answer-body) body="$last";; esac; done
            ls -ld "$(dirname "$body")" "$body" | cut -c1-10 > "$FAKE/modes"
            printf 'a\\000b\\377' > "$body"
            echo '{"ContentLength": 4}'
            """
        )
        let request = AWSRequest("s3api", "get-object", parameters: ["Bucket": "b", "Key": "k"])
        let response = try await fake.client().call(request)
        #expect(response == AWSResponse(result: ["ContentLength": 4], body: [0x61, 0, 0x62, 0xFF]))
        #expect(fake.text(of: "modes") == "drwx------\n-rw-------\n")
        #expect(fake.leftovers.isEmpty)
    }

    @Test("the command gets the user's environment with prompts and pager off")
    func passesEnvironment() async throws {
        let fake = try FakeAWSCommand(
            "env | grep -E '^(AWS|PYTHON)' | sort > \"$FAKE/environment\"; cat >> \"$FAKE/environment\"; echo '{}'"
        )
        _ = try await fake.client(environment: ["AWS_PROFILE": "work", "AWS_PAGER": "less"]).call(whoAmI)
        #expect(
            fake.text(of: "environment") == """
                AWS_CLI_AUTO_PROMPT=off
                AWS_CLI_ERROR_FORMAT=legacy
                AWS_CLI_FILE_ENCODING=UTF-8
                AWS_CLI_OUTPUT_ENCODING=utf-8
                AWS_MAX_ATTEMPTS=3
                AWS_PAGER=
                AWS_PROFILE=work
                PYTHONUTF8=1

                """
        )
    }

    @Test("a failure of the command is classified")
    func classifiesFailures() async throws {
        let fake = try FakeAWSCommand(
            "echo 'An error occurred (AccessDenied) when calling the X operation: no' >&2; exit 254"
        )
        let failure = try await #require(throws: AWSFailure.self) { try await fake.client().call(whoAmI) }
        #expect(failure == AWSFailure(.denied, code: "AccessDenied", detail: "no"))
        #expect(fake.leftovers.isEmpty)
    }

    @Test("without an aws command on the path the command is missing", arguments: ["/nonexistent", "", "relative"])
    func tellsMissingCommand(path: String) async throws {
        let client = CLIAWSClient(environment: ["PATH": path])
        let failure = try await #require(throws: AWSFailure.self) { try await client.call(whoAmI) }
        #expect(failure.kind == .cliMissing)
    }

    @Test("past the time limit the command and its children are killed")
    func killsAfterTimeLimit() async throws {
        let fake = try FakeAWSCommand("trap '' TERM; sleep 1000 & echo $! > \"$FAKE/child\"; wait; wait; sleep 1000")
        let file = fake.folder.appending(component: "child")
        var client = fake.client()
        // The limit has passed as soon as the child is there.
        client.sleep = { _ in
            while (try? String(contentsOf: file, encoding: .utf8))?.hasSuffix("\n") != true { await Task.yield() }
        }
        let patient = client
        let failure = try await #require(throws: AWSFailure.self) { try await patient.call(whoAmI) }
        #expect(failure.kind == .unreachable)
        #expect(failure.code == "TimeLimit")
        let child = try #require(
            fake.text(of: "child").flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        )
        #expect(isGone(child))
        #expect(fake.leftovers.isEmpty)
    }

    @Test("a cancelled call kills the command")
    func killsWhenCancelled() async throws {
        let fake = try FakeAWSCommand("echo $$ > \"$FAKE/started\"; sleep 1000")
        let client = fake.client()
        let request = whoAmI
        let task = Task { try await client.call(request) }
        while fake.text(of: "started")?.hasSuffix("\n") != true { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let process = try #require(fake.text(of: "started").flatMap { pid_t($0.dropLast()) })
        #expect(isGone(process))
        #expect(fake.leftovers.isEmpty)
    }

    @Test(
        "more output than the limit is refused",
        arguments: [
            "yes", "yes >&2", "head -c 100000 /dev/zero > \"$7\"; sleep 1000", "head -c 100000 /dev/zero > \"$7\"",
        ]
    )
    func boundsOutput(script: String) async throws {
        let fake = try FakeAWSCommand(script)
        let request = AWSRequest("s3api", "get-object", parameters: ["Bucket": "b", "Key": "k"])
        let failure = try await #require(throws: AWSFailure.self) { try await fake.client().call(request) }
        #expect(failure.kind == .other)
        #expect(failure.code == "AnswerTooLarge")
        #expect(fake.leftovers.isEmpty)
    }

    @Test("an answer that is no JSON is told")
    func tellsNoJSON() async throws {
        let fake = try FakeAWSCommand("echo '<html>'")
        let failure = try await #require(throws: AWSFailure.self) { try await fake.client().call(whoAmI) }
        #expect(failure.code == "NotJSON")
    }

    @Test("no more calls than allowed run at once")
    func boundsConcurrency() async throws {
        let fake = try FakeAWSCommand(
            """
            mkdir "$FAKE/running-$$"
            ls "$FAKE" | grep -c running- >> "$FAKE/counts"
            sleep 0.1
            rmdir "$FAKE/running-$$"
            echo '{}'
            """
        )
        let client = fake.client(concurrency: 2)
        let request = whoAmI
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { _ = try await client.call(request) } }
            try await group.waitForAll()
        }
        let counts = try #require(fake.text(of: "counts")).split(separator: "\n").compactMap { Int($0) }
        #expect(counts.count == 6)
        #expect(try #require(counts.max()) <= 2)
    }

    /// Whether a process is no more, or dead and not yet collected.
    private func isGone(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
            return kill(process, 0) != 0
        }
        return status.contains(") Z ") || status.contains(") X ")
    }
}

@Suite("Slots for calls")
struct CallSlotsTests {
    @Test("a cancelled waiter gives up its place, and the others get theirs")
    func cancelledWaiterLeaves() async throws {
        let slots = CallSlots(1)
        let (running, isRunning) = AsyncStream.makeStream(of: Void.self)
        let (release, isReleased) = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await slots.withSlot {
                isRunning.finish()
                for await _ in release {}
                return 1
            }
        }
        for await _ in running {}
        let second = Task { try await slots.withSlot { 2 } }
        let third = Task { try await slots.withSlot { 3 } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        isReleased.finish()
        #expect(try await first.value == 1)
        #expect(try await third.value == 3)
        #expect(try await slots.withSlot { 4 } == 4)
    }
}
