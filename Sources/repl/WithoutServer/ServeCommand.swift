import ArgumentParser

/// `usher serve` in a program that was built without the server: says how to build it.
struct ServeCommand: ParsableCommand {
    static let configuration = MissingServer.configuration("serve", "Answer over HTTP (not in this build).")
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
    func run() throws { throw MissingServer.error }
}

/// `usher token` in a program that was built without the server: says how to build it.
struct TokenCommand: ParsableCommand {
    static let configuration = MissingServer.configuration("token", "Manage a server's tokens (not in this build).")
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
    func run() throws { throw MissingServer.error }
}

private enum MissingServer {
    static func configuration(_ name: String, _ abstract: String) -> CommandConfiguration {
        CommandConfiguration(commandName: name, abstract: abstract, discussion: "\(error)")
    }

    static var error: CleanError {
        CleanError(
            description: """
                This usher was built without its server, which more than doubles the time that a build takes.
                Build it with the server: make server
                """
        )
    }

    struct CleanError: Error, CustomStringConvertible { let description: String }
}
