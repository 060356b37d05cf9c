import ArgumentParser
import Console
import Dialogue
import Foundation
import Intents
import Terminal
import Transcripts

/// `usher explain`: how a reply is understood, and why.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show how a reply is understood at a step: the rules that matched, what won and why, what came near.",
        discussion: """
            Without --at, the first question of the flow is asked. What a step needs to know is given by --slot: a value \
            as a user would say it, or JSON for what actions give, as in --slot 'judges=["Nova Pro"]'.
            """
    )

    /// In what way a question is asked.
    enum Way: String, ExpressibleByArgument, CaseIterable {
        case plain, known, change, restart
    }

    @OptionGroup var options: FlowOptions

    @Argument(help: "The reply.")
    var text: String

    @Option(help: ArgumentHelp("The step that asks.", valueName: "step"))
    var at: String?

    @Option(
        help: "How it asks: its own question, whether a known value is right, what to change, whether to start over."
    )
    var asking = Way.plain

    @Option(help: ArgumentHelp("Asked whether this value is meant; instead of --asking.", valueName: "value"))
    var suggesting: String?

    @Option(help: ArgumentHelp("A value that is known; may be given several times.", valueName: "name=value"))
    var slot: [String] = []

    @Flag(help: "Print JSON, as docs/understanding.md describes it.")
    var json = false

    func run() async throws {
        let screen = Screen(environment: ProcessInfo.processInfo.environment)
        do {
            let flow = try options.compile()
            let state = try state(in: flow)
            switch flow.admit(Array(text.utf8), in: state).kind {
            case .refused(let refusal): show(refusal, on: screen)
            case .reply, .started, .actionFinished:
                guard let explanation = flow.explain(text, in: state) else { return }
                if json {
                    print(try JSONText.of(explanation.record))
                } else {
                    screen.say(ExplanationText(explanation, style: screen.style).text)
                }
            }
        } catch {
            screen.note(DisplayText("\(error)"))
            throw ExitCode.failure
        }
    }

    /// The state that the reply is tried in.
    private func state(in flow: Flow) throws -> State {
        var known: [String: Value] = [:]
        for pair in slot {
            guard let equals = pair.firstIndex(of: "="), equals > pair.startIndex else {
                throw ValidationError("--slot \(pair): write it as NAME=VALUE")
            }
            let name = String(pair[..<equals])
            known[name] = flow.writtenValue(String(pair[pair.index(after: equals)...]), of: name)
        }
        let own = flow.steps[flow.flows[flow.entry].steps]
        guard let id = at ?? own.first(where: \.isQuestion)?.id else {
            throw ValidationError("the flow '\(flow.flows[flow.entry].name)' asks nothing; name a step with --at")
        }
        return try flow.state(waitingAt: id, asking: try way(at: id, in: flow), knowing: known)
    }

    private func way(at id: String, in flow: Flow) throws -> Asking {
        if let suggesting {
            guard case .collect(let collect) = flow.steps.first(where: { $0.id == id })?.kind else {
                throw ValidationError("--suggesting: the step '\(id)' collects no value")
            }
            return .suggestion(slot: collect.slot, value: .text(suggesting))
        }
        switch asking {
        case .plain: return .plain
        case .known: return .known
        case .change: return .change
        case .restart: return .restart
        }
    }

    private func show(_ refusal: Refusal, on screen: Screen) {
        let (reason, sentence): (String, String)
        switch refusal {
        case .secret(let kind): (reason, sentence) = ("secret", "it holds \(kind)")
        case .notText: (reason, sentence) = ("not_text", "it is not text in UTF-8")
        case .tooLong(let bytes, let limit):
            (reason, sentence) = ("too_long", "it has \(bytes) bytes, and at most \(limit) are taken here")
        }
        if json {
            print(#"{"version": 1, "refused": "\#(reason)"}"#)
        } else {
            screen.say(DisplayText("It is refused, and nothing of it is kept: \(sentence)."))
        }
    }
}

extension Step {
    /// Whether it asks something.
    fileprivate var isQuestion: Bool {
        switch kind {
        case .collect, .confirm, .gate: true
        case .action, .call, .say, .set, .end: false
        }
    }
}
