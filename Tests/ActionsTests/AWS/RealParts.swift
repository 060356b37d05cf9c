import Foundation
import Testing

@testable import Actions

/// The stand-ins for AWS that `scripts/moto start` starts and fills (Tests/RealParts).
///
/// Tests that need them are skipped, and reported so, where `USHER_TEST_AWS_ENDPOINT` is not set; `make test` sets it.
enum RealParts {
    static let areThere = ProcessInfo.processInfo.environment["USHER_TEST_AWS_ENDPOINT"] != nil
    static let reason: Comment = "USHER_TEST_AWS_ENDPOINT is not set; run scripts/moto start and eval its env"

    /// A client with the real `aws` command, for one of the profiles of the fixtures; `changes` sets variables of its
    /// environment, or removes them with `nil`.
    static func client(profile: String? = nil, changes: [String: String?] = [:]) -> SlottedAWS {
        var environment = ProcessInfo.processInfo.environment
        for (name, value) in changes { environment[name] = value }
        let settings = CLIAWSClient.Settings(profile: profile, connectTimeout: 5, readTimeout: 20, attempts: 1)
        return SlottedAWS(client: CLIAWSClient(settings: settings, environment: environment))
    }
}

/// The client of a test; all of them share a few slots, because tests run at once and each call is a process.
struct SlottedAWS: AWSClient {
    private static let slots = CallSlots(3)

    let client: CLIAWSClient

    func call(_ request: AWSRequest) async throws -> AWSResponse {
        try await Self.slots.withSlot { try await client.call(request) }
    }
}
