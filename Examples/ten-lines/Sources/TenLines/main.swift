import BundledPrompts
import Dialogue

let files = try PromptFolder.filesWithCommon(in: "prompts").map { FlowSource.File(path: $0.path, text: $0.text) }
let flow = try FlowCompiler().compile(FlowSource("cafe", files: files))
var turn = flow.advance(flow.initialState, on: .started(hints: [:]))
while true {
    for message in turn.messages { print(message.shownText) }
    guard let line = readLine() else { break }
    turn = flow.advance(turn.state, on: flow.admit(Array(line.utf8), in: turn.state))
}
