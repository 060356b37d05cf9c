import Dialogue
import Intents

/// A user who says anything, and a world that answers anything that its actions declare.
struct RandomWalk {
    let flow: Flow
    var random: SeededGenerator
    private(set) var state: State
    private(set) var events: [Event] = []
    /// All that the bot said, in order.
    private(set) var said: [Message] = []
    /// What the bot said in the last turn, the ends of its actions included.
    private(set) var heard: [Message] = []
    /// What the last turn led to.
    private(set) var next = Next.reply
    private(set) var understanding: Understanding?
    /// Whether the world always answers the same call alike.
    private let isSteady: Bool

    init(_ flow: Flow, seed: UInt64, isSteady: Bool = false) {
        self.flow = flow
        self.isSteady = isSteady
        random = SeededGenerator(seed: seed)
        state = flow.initialState
        take(.started(hints: [:]))
    }

    /// The step that is asked at, with its question.
    var asked: Step? {
        guard case .reply(let step, _) = state.situation.pending else { return nil }
        return flow.steps[step]
    }

    mutating func reply(_ text: String) {
        heard = []
        take(.reply(text))
    }

    private mutating func take(_ event: Event) {
        let last = flow.drive(state, on: event) { event, transition in
            events.append(event)
            if let understanding = transition.understanding { self.understanding = understanding }
            heard += transition.messages
            guard case .action(let call) = transition.next else { return nil }
            return result(of: call)
        }
        said += heard
        state = last.state
        next = last.next
    }

    // MARK: The world

    /// One of the declared outcomes, mostly the first, with a value for every result.
    private mutating func result(of call: ActionCall) -> ActionResult {
        var signature: ActionSignature?
        for step in flow.steps {
            if case .action(let action) = step.kind, action.signature.name == call.name { signature = action.signature }
        }
        guard let signature else { return ActionResult(outcome: "missing") }
        if isSteady {
            if signature.outcomes.contains("none") { return ActionResult(outcome: "none") }
            var steady = self
            steady.random = SeededGenerator(seed: 7)
            let values = signature.outputs.map { ($0.name, steady.value($0)) }
            return ActionResult(outcome: signature.outcomes[0], values: Dictionary(uniqueKeysWithValues: values))
        }
        let outcome =
            chance(3, of: 4) ? signature.outcomes[0] : signature.outcomes.randomElement(using: &random) ?? ""
        var values: [String: Value] = [:]
        for output in signature.outputs where output.isRequired || output.shape == .options || chance(4, of: 5) {
            values[output.name] = value(output)
        }
        return ActionResult(outcome: outcome, values: values)
    }

    private mutating func value(_ output: ActionSignature.Parameter) -> Value {
        switch output.shape {
        case .text:
            switch output.name {
            case "region": return .text(pick(["us-east-1", "us-west-2"]))
            case "model_package_arn": return .text(pick(Self.models))
            case "suggestion": return .text(pick(["support-bot", "reports"]))
            case "output_suggestion", "dataset", "output": return .text(pick(["s3://support-eval/made.jsonl"]))
            default: return .text(pick(["one", "two"]))
            }
        case .number: return .number(Int.random(in: 0...9, using: &random))
        case .flag: return .flag(chance(1, of: 2))
        case .texts: return .list([.text("Correctness"), .text("Refusal")])
        case .options:
            return .list(
                ["Mistral Large", "Amazon Nova Pro", "Correctness", "Refusal"].map {
                    .record(["id": .text($0), "name": .text($0)])
                }
            )
        case .record: return .record(["name": .text("a")])
        case .records: return .list([.record(["name": .text("a"), "reason": .text("b")])])
        }
    }

    // MARK: The user

    private static let models = [
        "arn:aws:sagemaker:us-east-1:111122223333:model-package/support-bot/3",
        "arn:aws:sagemaker:us-west-2:111122223333:model-package/support-bot/4",
    ]
    private static let places = [
        "s3://support-eval/support.jsonl", "s3://support-eval/chat.jsonl", "s3://results/out/",
    ]
    private static let tasks = [
        "It answers customers' questions.", "It summarises reports, long ones.", "help-desk tickets",
    ]
    private static let commands = [
        "help", "why?", "status", "back", "undo", "redo", "skip", "restart", "stop", "never mind", "what did I say",
        "go back to the metrics", "back", "redo",
    ]
    private static let misses = [
        "blorp", "", "🤷", "hmm", "maybe", "not sure", "no idea", "xyzzy 12", "...", "((((",
    ]
    private static let questions = [
        "what does it cost?", "what does faithfulness mean?", "where does my data go?",
        "why can't the role be assumed?",
        "what are my options?", "which region did I choose?", "what do you mean?", "where do I find the ARN?",
    ]

    private mutating func pick(_ from: [String]) -> String { from.randomElement(using: &random) ?? "" }

    mutating func chance(_ count: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < count }

    private mutating func named() -> String {
        switch Int.random(in: 0..<7, using: &random) {
        case 0: "the dataset is \(pick(Self.places))"
        case 1: "results go to \(pick(Self.places))"
        case 2: "region \(pick(["us-east-1", "us-west-2", "eu-west-1"]))"
        case 3: "the model is \(pick(Self.models))"
        case 4: "use \(pick(["Mistral Large", "Amazon Nova Pro", "Nobody"])) as the judge"
        case 5: "the task is \(pick(Self.tasks))"
        default: "metrics: \(pick(["Correctness", "Refusal", "Correctness and Refusal"]))"
        }
    }

    /// What a user might say now: mostly an answer, and otherwise anything.
    mutating func anyReply() -> String {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return pick(Self.misses)
        case 1, 2: return pick(Self.commands)
        case 3: return pick(Self.questions)
        case 4: return "actually, " + named()
        case 5: return named() + pick(["; ", ", ", " and ", ". "]) + named()
        case 6: return pick(["wrong bucket, use ", "no, use ", ""]) + pick(Self.places + Self.models + ["us-west-2"])
        case 7: return answer() + pick(["; ", ", ", " and "]) + named()
        case 8: return pick(["wrong region", "change the dataset", "the judge is wrong", "yes", "no"])
        default: return answer()
        }
    }

    /// Something that the question in hand takes.
    mutating func answer() -> String {
        let options = flow.openOptions(in: state)
        if !options.isEmpty {
            let number = Int.random(in: 1...options.count, using: &random)
            return chance(1, of: 2) ? "\(number)" : options[number - 1].name
        }
        guard let asked, case .reply(_, .plain) = state.situation.pending, case .collect(let collect) = asked.kind,
            case .entity(let kind, _) = flow.slots[collect.slot].type
        else { return chance(3, of: 4) ? "yes" : pick(["no", "the dataset", "not sure"]) }
        switch kind.name {
        case "text": return pick(Self.tasks)
        case "s3_uri": return pick(Self.places)
        case "model_package": return pick(Self.models + ["support-bot"])
        case "region": return pick(["us-east-1", "Oregon", "eu-west-1"])
        case "path": return "./metrics.json"
        case "json": return "[{\"customMetricDefinition\": {}}]"
        case "project_name": return pick(["support-bot", "yes"])
        case "number": return "3"
        default: return pick(["yes", "no", "no"])
        }
    }

    /// Something that no question takes.
    mutating func miss() -> String { pick(Self.misses) }
}
