import BundledPrompts
import DeployBot
import Dialogue
import Foundation
import Sessions

// deploy-chat [PROMPTS [SECONDS]]: talk to the bot at a terminal. A machine gets so many seconds to show that it is well.
let arguments = CommandLine.arguments.dropFirst()
let prompts = arguments.first ?? "prompts"
let seconds = arguments.dropFirst().first.flatMap(Double.init) ?? 20

let files = try PromptFolder.filesWithCommon(in: prompts).map { FlowSource.File(path: $0.path, text: $0.text) }
let flow = try FlowCompiler(actions: DeployActions.signatures).compile(FlowSource("deploy", files: files))
let actions = DeployActions(fleet: .example()) { try await Task.sleep(for: .seconds(seconds)) }
let conversation = try await Conversation.begin("deploy", flow: flow, store: MemorySessionStore(), runner: actions)

let show: @Sendable (Conversation.Show) -> Void = { event in
    switch event {
    case .message(let message): print(message.shownText)
    case .progress(let text): print("  (\(text))")
    case .defect(let detail): FileHandle.standardError.write(Data("\(detail)\n".utf8))
    case .began, .finished: break
    }
}
var rest = try await conversation.open(show: show)
while rest == .waiting, let line = readLine() { rest = try await conversation.reply(Array(line.utf8), show: show) }
