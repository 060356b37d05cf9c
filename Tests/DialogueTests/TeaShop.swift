import Dialogue
import Foundation
import Intents

/// A tiny flow of another kind than the bundled one: ordering tea.
///
/// It shows that the engine knows neither.
enum TeaShop {
    static let actions = [
        ActionSignature(
            name: "check_stock",
            inputs: [.init("tea", .text)],
            outputs: [.init("left", .number), .init("alternatives", .options, isRequired: false)],
            outcomes: ["in_stock", "sold_out", "unreachable"]
        ),
        ActionSignature(
            name: "brew",
            inputs: [.init("tea", .text), .init("cups", .number), .init("note", .text, isRequired: false)],
            outputs: [.init("ticket", .text)],
            outcomes: ["brewed"],
            isRepeatable: false
        ),
    ]

    static let flow = """
        flow: tea
        title: the order
        slots:
          tea:
            type: choice
            options: {green: Green tea, black: Black tea, mint: {name: Mint tea, aliases: [peppermint]}}
            title: the tea
            names: [tea, kind of tea]
          cups: {type: number, min: 1, max: 9, title: the number of cups, names: [cups, number of cups]}
          wants_note: {type: boolean, title: a note, names: [note]}
          note: {type: text, limit: 80, title: the note's text, depends_on: [wants_note]}
          stock: {type: derived, shape: number, depends_on: [tea]}
          stock_state: {type: choice, options: {fine: fine, broken: broken}, depends_on: [tea]}
          ticket: {type: derived, shape: text}
        steps:
          - id: tea
            collect: tea
          - id: stock
            action: check_stock
            in: {tea: tea}
            out: {stock: left}
            outcomes:
              in_stock: {set: {stock_state: fine}}
              sold_out: {say: sold_out, clear: [tea]}
              unreachable: {set: {stock_state: broken}}
          - id: cups
            collect: cups
          - id: note
            call: note
            outcomes: {written: continue, none: continue}
          - id: summary
            confirm: [tea, cups, note]
          - id: pay
            gate: [tea, cups, note]
            deny: {say: pay_declined, next: stay}
          - id: brew
            action: brew
            in: {tea: tea, cups: cups, note: note}
            out: {ticket: ticket}
            outcomes: {brewed: {say: brewed}}
          - id: done
            end: served
        """

    static let note = """
        flow: note
        title: the note
        steps:
          - id: wants_note
            collect: wants_note
            skip: {set: {wants_note: false}}
          - id: no_note
            if: not wants_note
            end: none
          - id: note_text
            collect: note
          - id: note_written
            end: written
        """

    static let prompts = """
        ask_tea: Which tea would you like?
        hint_tea: Name one of the list.
        why_tea: Each is brewed in its own way.
        sold_out: There is no {{tea}} left.
        ask_cups: How many cups?
        hint_cups: A number from 1 to 9.
        ask_wants_note: Is there a note for the kitchen?
        hint_wants_note: Yes or no.
        ask_note_text: What does the note say?
        hint_note_text: A short text.
        ask_summary: "{{cups}} x {{tea}}{{#note}}, note: {{note}}{{/note}}. Right?"
        hint_summary: Yes or no.
        ask_pay: That is 3 euros a cup. Do you agree to pay?
        again_pay: Do you agree to pay?
        pay_declined: Then nothing is brewed.
        brewed: "Your ticket is {{ticket}}."
        topic_hours: We are open from 8 to 20.
        topic_complaint: I am sorry.
        """

    static let topics = """
        topics:
          - name: hours
            title: opening hours
            answer: topic_hours
            rules:
              - {name: topic-hours, pattern: "open(?:ing)?(?: hours)?|clos(?:e|ing)", matches: [when do you open], rejects: [tea]}
          - name: complaint
            title: complaints
            answer: topic_complaint
            call: complaint
            rules:
              - {name: topic-complaint, pattern: "complain(?:t|ts)?", matches: [how can I complain], rejects: [tea]}
        """

    static let complaint = """
        flow: complaint
        title: the complaint
        slots:
          grievance: {type: text, title: the grievance}
        steps:
          - id: grievance
            collect: grievance
            ask: ask_note_text
        """

    /// The files, with some replaced or added.
    static func source(replacing changes: [String: String] = [:]) -> FlowSource {
        var files = [
            "tea/flow.yaml": flow, "tea/flows/note.yaml": note, "tea/flows/complaint.yaml": complaint,
            "tea/prompts/tea.yaml": prompts, "tea/topics.yaml": topics,
        ]
        for file in common { files[file.path] = file.text }
        files.merge(changes) { $1 }
        return FlowSource("tea", files: files.map { FlowSource.File(path: $0.key, text: $0.value) })
    }

    static func compile(replacing changes: [String: String] = [:]) throws -> Flow {
        try FlowCompiler(actions: actions).compile(source(replacing: changes))
    }

    /// `prompts/common/` of the package.
    private static let common: [FlowSource.File] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "prompts/common")
        let names = [
            "commands.yaml", "polarity.yaml", "corrections.yaml", "back.yaml", "answers.yaml", "amendments.yaml",
            "prompts/system.yaml",
            "prompts/repair.yaml",
        ]
        return names.compactMap { name in
            guard let text = try? String(contentsOf: root.appending(path: name), encoding: .utf8) else { return nil }
            return FlowSource.File(path: "common/" + name, text: text)
        }
    }()
}

/// A customer: sends replies, answers actions, keeps what was said.
struct Customer {
    let flow: Flow
    var state: State
    var said: [String] = []
    var calls: [ActionCall] = []
    var last: Transition
    var events: [Event] = []
    var stock = "in_stock"
    /// What the check of the stock finds beside what is left.
    var stockValues: [String: Value] = [:]

    init(_ flow: Flow) {
        self.flow = flow
        state = flow.initialState
        last = flow.resume(state)
        events = []
        send(.started(hints: [:]))
    }

    /// What the bot said after the last reply, one line a message.
    var heard: String { said.joined(separator: " | ") }

    mutating func say(_ replies: String...) {
        for reply in replies {
            said = []
            send(.reply(reply))
        }
    }

    mutating func send(_ event: Event) {
        last = flow.drive(state, on: event) { event, transition in
            events.append(event)
            said += transition.messages.map(\.text)
            guard case .action(let call) = transition.next else { return nil }
            calls.append(call)
            return result(of: call)
        }
        state = last.state
    }

    private func result(of call: ActionCall) -> ActionResult {
        switch call.name {
        case "check_stock": ActionResult(outcome: stock, values: stockValues.merging(["left": 7]) { $1 })
        default: ActionResult(outcome: "brewed", values: ["ticket": .text("T\(calls.count)")])
        }
    }
}
