import Subprocess

/// Runs one command to its end, within limits of time and output.
struct CLIProcess: Sendable {
    /// How it ended.
    struct Outcome: Sendable {
        /// The exit code; 128 plus the signal where a signal ended it, as shells count.
        var exitCode: Int32
        var output: [UInt8]
        var errors: String
    }

    /// How long it may take, by the clock on the wall.
    var timeLimit: Duration
    /// Waits; a test can say when the time has passed.
    var sleep: @Sendable (Duration) async throws -> Void
    /// How many bytes it may write to its output, and to its errors.
    var outputLimit: Int
    /// How many bytes it may write to its body file.
    var bodyLimit: Int

    /// Runs a command in a session of its own, without input.
    ///
    /// - Parameters:
    ///   - executable: The command, by its path.
    ///   - arguments: Its arguments without its name.
    ///   - environment: Its whole environment.
    ///   - bodySize: The present size of the file it writes, in bytes; `nil` where it writes none.
    /// - Returns: The exit code and what it wrote; a failure of the command itself is no error here.
    /// - Throws: ``AWSFailure``: `cliMissing` where it cannot be started, `unreachable` where the time limit passed,
    ///   `other` where it wrote more than the limits. `CancellationError` where the task was cancelled. In each case the
    ///   process and those that it started have been killed.
    func run(
        _ executable: Executable,
        arguments: [String],
        environment: Environment,
        bodySize: (@Sendable () -> Int)?
    ) async throws -> Outcome {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))]
        let configuration = Configuration(
            executable: executable,
            arguments: Arguments(arguments),
            environment: environment,
            platformOptions: options
        )
        let outputLimit = outputLimit
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask {
                do {
                    let result = try await Subprocess.run(
                        configuration,
                        output: .bytes(limit: outputLimit),
                        error: .bytes(limit: outputLimit)
                    )
                    return Outcome(result.terminationStatus, result.standardOutput, result.standardError)
                } catch let error as SubprocessError {
                    throw AWSFailure(error)
                }
            }
            group.addTask { throw await overrun(bodySize) }
            defer { group.cancelAll() }
            do {
                guard let outcome = try await group.next() else { throw CancellationError() }
                try Task.checkCancellation()
                return outcome
            } catch {
                try Task.checkCancellation()
                throw error
            }
        }
    }

    /// Waits until a limit is passed.
    private func overrun(_ bodySize: (@Sendable () -> Int)?) async -> any Error {
        do {
            guard let bodySize else {
                try await sleep(timeLimit)
                return Self.tooLate(timeLimit)
            }
            var remaining = timeLimit
            while remaining > .zero {
                let step = min(remaining, .milliseconds(50))
                try await sleep(step)
                if bodySize() > bodyLimit { return Self.tooLarge(bodyLimit) }
                remaining -= step
            }
            return Self.tooLate(timeLimit)
        } catch {
            return error
        }
    }

    private static func tooLate(_ limit: Duration) -> AWSFailure {
        AWSFailure(.unreachable, code: "TimeLimit", detail: "the aws command gave no answer within \(limit)")
    }

    static func tooLarge(_ limit: Int) -> AWSFailure {
        AWSFailure(.other, code: "AnswerTooLarge", detail: "the answer is larger than \(limit) bytes")
    }
}

extension CLIProcess.Outcome {
    fileprivate init(_ status: TerminationStatus, _ output: [UInt8], _ errors: [UInt8]) {
        exitCode =
            switch status {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        self.output = output
        self.errors = String(decoding: errors, as: UTF8.self)
    }
}

extension AWSFailure {
    fileprivate init(_ error: SubprocessError) {
        switch error.code {
        case .executableNotFound, .spawnFailed:
            self.init(.cliMissing, detail: "the aws command cannot be started: \(error)")
        case .outputLimitExceeded:
            self.init(.other, code: "AnswerTooLarge", detail: "the aws command wrote more than it may")
        default:
            self.init(.other, detail: "the aws command could not be run: \(error)")
        }
    }
}
