import Foundation
import Intents
public import Logging
import Subprocess
import Synchronization

/// Makes AWS calls with the user's own `aws` command (version 1 or 2), and so with every way to sign in that it knows:
/// keys, profiles, single sign-on, assumed roles, instance and container roles, credential processes.
///
/// The command is looked up once on the `PATH` (absolute entries only) and run directly, never by a shell. It gets the
/// user's environment, with pager and prompts off, UTF-8, plain error texts and at most ``Settings/attempts`` attempts.
/// A call costs about 0.4 seconds and 60 MB while it runs.
public struct CLIAWSClient: AWSClient {
    /// What a user may set.
    public struct Settings: Sendable {
        /// The profile to use (`--profile`); `nil` leaves it to the environment.
        public var profile: String?
        /// The Region of calls that name none; `nil` leaves it to the environment and the profile.
        public var region: String?
        /// How long one call may take in all; then the command is killed and the call is `unreachable`.
        public var timeLimit: Duration
        /// Seconds until a connection is given up.
        public var connectTimeout: Int
        /// Seconds without an answer until an attempt is given up.
        public var readTimeout: Int
        /// How often the command tries a call (`AWS_MAX_ATTEMPTS`).
        public var attempts: Int
        /// How many calls run at once; others wait.
        public var concurrency: Int
        /// The largest JSON answer, in bytes.
        public var outputLimit: Int
        /// The largest body, in bytes.
        public var bodyLimit: Int

        /// Makes settings.
        public init(
            profile: String? = nil,
            region: String? = nil,
            timeLimit: Duration = .seconds(60),
            connectTimeout: Int = 10,
            readTimeout: Int = 30,
            attempts: Int = 3,
            concurrency: Int = 4,
            outputLimit: Int = 16 << 20,
            bodyLimit: Int = 256 << 20
        ) {
            self.profile = profile
            self.region = region
            self.timeLimit = timeLimit
            self.connectTimeout = connectTimeout
            self.readTimeout = readTimeout
            self.attempts = attempts
            self.concurrency = concurrency
            self.outputLimit = outputLimit
            self.bodyLimit = bodyLimit
        }
    }

    private let settings: Settings
    private let environment: [String: String]
    private let logger: Logger
    private let slots: CallSlots
    private let found = FoundExecutable()
    /// How the time limit is waited for.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Makes a client; nothing is run or looked up yet.
    ///
    /// - Parameters:
    ///   - settings: Limits and the profile.
    ///   - environment: The environment the command gets and whose `PATH` is searched; `nil` is this process's own.
    ///   - logger: Gets one debug line a call: service, operation, region, exit code; no parameters, no answers.
    public init(
        settings: Settings = Settings(),
        environment: [String: String]? = nil,
        logger: Logger = Logger(label: "usher.aws", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.settings = settings
        self.environment = environment ?? ProcessInfo.processInfo.environment
        self.logger = logger
        slots = CallSlots(settings.concurrency)
    }

    /// Runs the command once for a request.
    ///
    /// The body of the request is sent by `s3api put-object` and `upload-part`.
    ///
    /// - Throws: ``AWSFailure`` as ``CLIFailure`` classifies it; `unreachable` where the time limit passed; `cliMissing`
    ///   where there is no command; `other` with the code `InvalidRequest`, `AnswerTooLarge` or `NotJSON`.
    public func call(_ request: AWSRequest) async throws -> AWSResponse {
        var request = request
        request.region = request.region ?? settings.region
        let command = try CLICommand(
            request,
            profile: settings.profile,
            connectTimeout: settings.connectTimeout,
            readTimeout: settings.readTimeout
        )
        return try await slots.withSlot {
            do {
                return try await run(command, for: request)
            } catch let failure as PrivateFolder.Failure {
                throw AWSFailure(.other, detail: failure.detail)
            }
        }
    }

    /// Asks the command for its skeleton of the input, which it makes by itself: without AWS, credentials or a Region.
    ///
    /// - Note: Source: AWS CLI sources, `customizations/generatecliskeleton.py`, versions 1 and 2.
    public func knows(_ member: String, inInputOf operation: String, of service: String) async -> Bool {
        let process = CLIProcess(
            timeLimit: settings.timeLimit,
            sleep: sleep,
            outputLimit: settings.outputLimit,
            bodyLimit: 0
        )
        let outcome = try? await slots.withSlot {
            try await process.run(
                try await found.executable(in: processEnvironment),
                arguments: [service, operation, "--generate-cli-skeleton", "input"],
                environment: processEnvironment,
                bodySize: nil
            )
        }
        guard let outcome, outcome.exitCode == 0, let skeleton = try? AWSJSON.decode(outcome.output) else {
            return true
        }
        return skeleton.hasField(member)
    }

    private func run(_ command: CLICommand, for request: AWSRequest) async throws -> AWSResponse {
        let folder = try PrivateFolder(in: environment["TMPDIR"] ?? "/tmp")
        defer { folder.remove(files: command.files.keys + [command.bodyFile].compactMap(\.self)) }
        for (name, bytes) in command.files { try folder.create(name, bytes) }
        if let body = command.bodyFile { try folder.create(body, []) }

        let process = CLIProcess(
            timeLimit: settings.timeLimit,
            sleep: sleep,
            outputLimit: settings.outputLimit,
            bodyLimit: settings.bodyLimit
        )
        let executable = try await found.executable(in: processEnvironment)
        var bodySize: (@Sendable () -> Int)?
        if let body = command.bodyFile { bodySize = { folder.size(of: body) } }
        let outcome = try await process.run(
            executable,
            arguments: command.arguments(in: folder.path),
            environment: processEnvironment,
            bodySize: bodySize
        )
        logger.debug(
            "aws call",
            metadata: [
                "service": "\(request.service)", "operation": "\(request.operation)",
                "region": "\(request.region ?? "")", "exit": "\(outcome.exitCode)",
            ]
        )
        guard outcome.exitCode == 0 else { throw CLIFailure.classify(outcome.exitCode, outcome.errors) }
        return try response(outcome.output, body: command.bodyFile, in: folder)
    }

    private func response(_ output: [UInt8], body: String?, in folder: PrivateFolder) throws -> AWSResponse {
        var response = AWSResponse(result: .record([:]))
        if let body {
            guard folder.size(of: body) <= settings.bodyLimit else { throw CLIProcess.tooLarge(settings.bodyLimit) }
            response.body = try folder.read(body)
        }
        guard output.contains(where: { !Self.isSpace($0) }) else { return response }
        do {
            response.result = try AWSJSON.decode(output) ?? .record([:])
        } catch {
            throw AWSFailure(.other, code: "NotJSON", detail: "the aws command's answer is no JSON")
        }
        return response
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private var processEnvironment: Environment {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment.merging(overrides, uniquingKeysWith: { $1 }) {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        return .custom(variables)
    }

    /// What the command must have whatever the user has; version 1 does not know most of these and ignores them.
    private var overrides: [String: String] {
        [
            "AWS_PAGER": "",
            "AWS_CLI_AUTO_PROMPT": "off",
            "AWS_CLI_ERROR_FORMAT": "legacy",
            "AWS_CLI_FILE_ENCODING": "UTF-8",
            "AWS_CLI_OUTPUT_ENCODING": "utf-8",
            "AWS_MAX_ATTEMPTS": String(settings.attempts),
            "PYTHONUTF8": "1",
        ]
    }
}

/// The `aws` command, looked up once.
private final class FoundExecutable: Sendable {
    private let found: Mutex<Executable?> = Mutex(nil)

    func executable(in environment: Environment) async throws -> Executable {
        if let executable = found.withLock({ $0 }) { return executable }
        do {
            let executable = Executable.path(try await Executable.name("aws").resolveExecutablePath(in: environment))
            found.withLock { $0 = executable }
            return executable
        } catch {
            throw AWSFailure(.cliMissing, detail: "there is no aws command on the PATH")
        }
    }
}

extension Value {
    /// Whether a record in it has a field of this name, at any depth.
    fileprivate func hasField(_ name: String) -> Bool {
        switch self {
        case .record(let fields): fields[name] != nil || fields.values.contains { $0.hasField(name) }
        case .list(let elements): elements.contains { $0.hasField(name) }
        case .text, .number, .flag: false
        }
    }
}
