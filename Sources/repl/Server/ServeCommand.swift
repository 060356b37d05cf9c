import Actions
import ArgumentParser
import ChatOps
import Dialogue
import Foundation
import Logging
import Sessions

/// `usher serve`: answer over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer over HTTP: sessions of many users, for bots and pages.",
        discussion: """
            Without --tokens it is for the user of this machine alone, at 127.0.0.1. Every setting can stand in a file \
            (--config) or in the environment, such as USHER_SERVER_PORT; --print-config lists them. docs/server.md \
            describes the interface.
            """
    )

    @Option(help: ArgumentHelp("The address to listen at (127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port (8080); 0 for any that is free.", valueName: "number"))
    var port: Int?

    @Option(help: ArgumentHelp("Where sessions live: sqlite:PATH, postgresql://…, or memory.", valueName: "place"))
    var store: String?

    @Option(help: ArgumentHelp("The file of tokens; see 'usher token'.", valueName: "file"))
    var tokens: String?

    @Option(help: ArgumentHelp("A file of settings, in YAML or JSON.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "A flow's folder; may be given several times. The first is the usual one.",
            valueName: "name"
        )
    )
    var flow: [String] = []

    @Option(help: ArgumentHelp("A folder of prompts to use instead of the bundled one.", valueName: "dir"))
    var prompts: String?

    @OptionGroup var aws: AWSOptions

    @Flag(help: "Print every setting with its source, and stop.")
    var printConfig = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let report: ServerSettings.Report
        let stage: ServerStage
        do {
            report = try await ServerSettings.read(
                arguments,
                environment: environment,
                file: config,
                stateFolder: StateFolder(environment: environment).url.path
            )
            if printConfig {
                for line in report.lines { print(line) }
                return
            }
            stage = try await ServerStage(report.settings)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode.failure
        }
        do {
            try await stage.server.run { port in
                FileHandle.standardError.write(Data("usher listens at http://\(report.settings.host):\(port)\n".utf8))
            }
        } catch {
            FileHandle.standardError.write(Data("the server stopped: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }

    private var arguments: ServerSettings.Arguments {
        var arguments = ServerSettings.Arguments()
        arguments.host = host
        arguments.port = port
        arguments.store = store
        arguments.tokens = tokens
        arguments.prompts = prompts
        arguments.flows = flow
        arguments.offline = aws.offline
        arguments.profile = aws.profile
        arguments.region = aws.region
        return arguments
    }
}
