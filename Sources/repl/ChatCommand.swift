import Actions
import ArgumentParser
import Dialogue
import Foundation
import Terminal
import Transcripts

/// `usher chat`: talk through a flow.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Go through a flow by talking. Replies are typed, or piped in.",
        discussion: "Ctrl-C or Ctrl-D stops and saves; --resume goes on where it was left."
    )

    @OptionGroup var options: FlowOptions

    @OptionGroup var chat: ChatOptions

    @Option(
        help: ArgumentHelp(
            "Talk in the world of a transcript: its flow, its recorded answers and its files. Nothing leaves this machine.",
            valueName: "transcript"
        )
    )
    var answers: String?

    @Option(help: ArgumentHelp("The folder that projects are in.", valueName: "dir"))
    var workspace = "."

    @OptionGroup var aws: AWSOptions

    func validate() throws {
        guard answers != nil else { return }
        guard !aws.offline, aws.profile == nil, aws.region == nil else {
            throw ValidationError("--answers gives all answers of AWS; leave out --offline, --profile and --region")
        }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        try await ChatStage.run(on: Screen(environment: environment)) {
            let (flow, runner) = try answers.map(recorded) ?? live(environment)
            return try ChatStage(
                flow: flow,
                runner: runner,
                options: chat,
                state: StateFolder(environment: environment),
                workspace: workspace,
                command: { "usher chat\($0)\(options.words)" }
            )
        }
    }

    /// The flow of a transcript, and the answers in it.
    private func recorded(_ file: String) throws -> (Flow, any ActionRunner) {
        let root = try TranscriptRoot.containing([file])
        let transcript = try TranscriptLoader(root: root).load(file)
        let (flow, stage) = try TranscriptStages(options: options, root: root).prepare(transcript)
        return (flow, TranscriptActions(transcript, on: stage))
    }

    /// The flow that the options name, in the world.
    private func live(_ environment: [String: String]) throws -> (Flow, any ActionRunner) {
        let source = try options.source()
        let client: any AWSClient =
            aws.offline ? OfflineAWS() : CLIAWSClient(settings: .init(profile: aws.profile, region: aws.region))
        let files = try ChatStage.files(in: workspace, home: environment["HOME"] ?? "/")
        let world = World(aws: client, files: files, data: source.data)
        return (try options.compile(source), ActionRegistry.all.runner(in: world))
    }
}
