import BundledPrompts
import ChatOps
import Dialogue
import Foundation
import Hummingbird
import Intents
import Sessions

// The flow that `usher init cafe` made, in the folder prompts/.
let files = try PromptFolder.filesWithCommon(in: "prompts").map { FlowSource.File(path: $0.path, text: $0.text) }
let flow = try FlowCompiler().compile(FlowSource("cafe", files: files))

// Slack, where its secrets are given.
let environment = ProcessInfo.processInfo.environment
var channels: [any ChatChannel] = []
if let secret = environment["SLACK_SIGNING_SECRET"], let token = environment["SLACK_BOT_TOKEN"] {
    let api = environment["SLACK_API"] ?? "https://slack.com/api"
    channels = [SlackChannel(signingSecret: secret, botToken: token, api: api)]
}
// Sessions outlive the process, and what was left undone is taken up again.
let store = try SQLiteSessionStore(path: "cafe.sqlite")
let server = ChatServer(flows: [flow], store: store, channels: channels)

// An application of its own, with a route of its own.
let router = Router()
router.add(middleware: server.routes())
router.get("menu") { _, _ in
    flow.slots.flatMap { slot -> [String] in
        guard case .entity(_, let options) = slot.type else { return [] }
        return options.map(\.name)
    }
    .joined(separator: "\n") + "\n"
}
let address = BindAddress.hostname("127.0.0.1", port: environment["PORT"].flatMap(Int.init) ?? 8_080)
let application = Application(
    router: router,
    configuration: ApplicationConfiguration(address: address),
    services: server.services
)
try await application.runService()
