import Actions
import ArgumentParser
import DemoWorld
import Dialogue
import Foundation
import Terminal

/// `usher demo`: talk through the bundled flow, with recorded answers of AWS.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Try the evaluation without an AWS account. Nothing leaves this machine.",
        discussion: """
            The answers of AWS were recorded, and are inside this program. They know, in the Region us-west-2:

            - datasets in s3://usher-datasets/evaluation/: good.jsonl, messages.jsonl and unicode.jsonl are valid, \
            invalid.jsonl, empty.jsonl and good.jsonl.gz are not, and array.json and crlf-bom.jsonl become so when they \
            are transformed
            - model package groups: support-bot, and nova-bot, empty-bot, failed-bot and no-base-bot, which cannot be \
            evaluated
            - judges there and in us-east-1, eu-west-1 and ap-northeast-1

            Everything else does not exist. What is said about the task and where results go is up to you. Ctrl-C or \
            Ctrl-D stops and saves; --resume goes on where it was left. Deleting the workspace deletes every trace.
            """
    )

    @OptionGroup var chat: ChatOptions

    @Option(
        help: ArgumentHelp("The folder for projects and sessions; made where it is not there.", valueName: "dir")
    )
    var workspace = Self.usualWorkspace

    private static let usualWorkspace = "usher-demo"

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let opening = DemoWorld.welcome(workspace: workspace)
        try await ChatStage.run(on: Screen(environment: environment), opening: opening) {
            let options = try FlowOptions.parse([])
            let source = try options.source()
            let folder = URL(filePath: workspace, directoryHint: .isDirectory)
            let state = StateFolder(url: folder.appending(path: ".usher"))
            let files = try makeWorkspace(home: environment["HOME"] ?? "/")
            let world = World(aws: try account(keepingIn: state), files: files, data: source.data)
            return try ChatStage(
                flow: try options.compile(source),
                runner: ActionRegistry.all.runner(in: world),
                options: chat,
                state: state,
                workspace: workspace,
                command: { "usher demo\($0)\(workspaceWords)" }
            )
        }
    }

    /// The workspace as it is typed, where it is not the usual one.
    private var workspaceWords: String {
        workspace == Self.usualWorkspace ? "" : " --workspace \(ShellWord(workspace).text)"
    }

    private func makeWorkspace(home: String) throws -> LocalFiles {
        do {
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
        } catch {
            throw ValidationError("--workspace \(workspace): it cannot be made (\(error.localizedDescription))")
        }
        return try ChatStage.files(in: workspace, home: home)
    }

    /// The recorded account, with what was put into its buckets before.
    private func account(keepingIn state: StateFolder) throws -> RecordedAccount {
        let file = state.objects
        let text = try? String(contentsOfFile: file, encoding: .utf8)
        return try RecordedAccount(
            cassettes: DemoWorld.cassettes,
            region: DemoWorld.region,
            kept: try text.map { try Cassette(yaml: $0, file: file) } ?? Cassette(),
            // Where it cannot be kept, it is there as long as the conversation.
            save: { try? $0.yaml().write(toFile: file, atomically: true, encoding: .utf8) }
        )
    }
}
