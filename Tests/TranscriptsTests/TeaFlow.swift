import BundledPrompts
import Dialogue
import Intents
import Transcripts

/// A small flow to test replays with: it asks for a tea and a size, asks whether that is right, and brews.
enum TeaFlow {
    static let files = [
        "tea/flow.yaml": """
        flow: tea
        title: the tea
        slots:
          kind:
            type: choice
            options: {green: Green tea, black: Black tea}
            title: the tea
            names: [tea]
          cups: {type: number, min: 1, max: 9, title: the number of cups, names: [cups]}
        steps:
          - collect: kind
          - collect: cups
          - id: summary
            confirm: [kind, cups]
          - id: brew
            action: brew
            in: {kind: kind}
            outcomes:
              done: {say: brewed}
              empty: {say: no_tea, end: none}
          - end: served
        """,
        "tea/prompts/tea.yaml": """
        ask_kind: Which tea would you like?
        hint_kind: Name one of the list.
        ask_cups: How many cups of it?
        hint_cups: A number from 1 to 9.
        ask_summary: "{{cups}} x {{kind}}. Is that right?"
        hint_summary: Yes, or what should change.
        brewed: Your tea is ready.
        no_tea: There is no {{kind}} left.
        """,
    ]

    /// Says how an action ends.
    struct Kitchen: ActionRunner {
        var outcome = "done"

        func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
            ActionResult(outcome: outcome)
        }
    }

    /// The flow, with some text of its own files replaced.
    static func compile(replacing old: String = "", with new: String = "") throws -> Flow {
        try flows.value(old + "\0" + new) { try compiled(replacing: old, with: new) }
    }

    private static let flows = Kept<Flow>()

    private static func compiled(replacing old: String, with new: String) throws -> Flow {
        let common = BundledPrompts.files.filter { $0.path.hasPrefix("common/") }
        let own = files.map { path, text in
            FlowSource.File(path: path, text: old.isEmpty ? text : text.replacing(old, with: new))
        }
        let brew = ActionSignature(name: "brew", inputs: [.init("kind", .text)], outcomes: ["done", "empty"])
        let source = FlowSource("tea", files: common.map { .init(path: $0.path, text: $0.text) } + own)
        return try FlowCompiler(actions: [brew]).compile(source)
    }

    /// What comes of a transcript.
    static func play(
        _ text: String,
        replacing old: String = "",
        with new: String = "",
        outcome: String = "done"
    ) async throws -> TranscriptResult {
        let stage = TranscriptStage(runner: Kitchen(outcome: outcome))
        let transcript = try TranscriptParser.parse(text, file: "t")
        return try await TranscriptRunner(flow: compile(replacing: old, with: new)).run(transcript, on: stage)
    }

    /// How it usually goes.
    static let transcript = """
        # Two cups.
        flow: tea

        bot: Which tea would you like?
          1. Green tea
          2. Black tea

        user: green
        bot: How many cups of it?
        expect: step cups

        user: 2
        bot: 2 x Green tea. Is that right?
        # She is sure.
        expect: slot kind = green

        user: yes
        do: brew -> done
        bot: Your tea is ready.
        expect: end served

        """
}
