import Actions
import ArgumentParser
import Console
import Dialogue
import Foundation
import Sessions
import Terminal

/// `usher chat`: talk through a flow.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Go through a flow by talking. Replies are typed, or piped in.",
        discussion: "Ctrl-C or Ctrl-D stops and saves; --resume goes on where it was left."
    )

    @OptionGroup var options: FlowOptions

    @Flag(help: "Go on with the last session of this flow, or the one named by --session.")
    var resume = false

    @Option(help: ArgumentHelp("The session's name; a new one is named by itself.", valueName: "name"))
    var session: String?

    @Option(help: ArgumentHelp("Write the conversation as a transcript.", valueName: "file"))
    var record: String?

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
        let screen = Screen(environment: ProcessInfo.processInfo.environment)
        let flow: Flow
        let stage: ChatStage
        do {
            stage = try ChatStage(self)
            flow = try stage.recorded?.flow ?? options.compile()
        } catch {
            screen.note(DisplayText("\(error)"))
            throw ExitCode.failure
        }
        let (store, isKept) = stage.openStore(screen)
        let interrupts = InterruptSource()
        let menu = ConsoleMenu(paths: stage.paths)
        let editor = interrupts.flatMap {
            LineEditor(interrupts: $0, history: stage.history, completions: menu.completions)
        }
        let source: any LineSource = editor ?? PlainInput(interrupts: interrupts)
        let recorder = record.map { _ in ConsoleRecorder(flow: flow) }
        do {
            let conversation = try await stage.conversation(flow, store)
            let chat = ConsoleChat(
                conversation: conversation,
                screen: screen,
                editor: editor,
                interrupts: interrupts,
                recorder: recorder,
                echoes: editor == nil
            )
            let outcome = try await chat.run(from: source, menu: menu)
            if isKept, outcome.isUnfinished {
                let command = "usher chat --resume --session \(conversation.id)\(options.words)"
                screen.note(screen.errorStyle.dim(DisplayText("Go on with: \(command)")))
            }
            try stage.write(recorder)
        } catch {
            try stage.write(recorder)
            screen.note(DisplayText("\(error)"))
            throw ExitCode.failure
        }
    }
}

extension ConsoleChat.Outcome {
    /// Whether the conversation can go on later.
    fileprivate var isUnfinished: Bool { if case .completed = self { false } else { true } }
}
