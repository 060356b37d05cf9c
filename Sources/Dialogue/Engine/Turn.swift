internal import Intents

/// One event being worked on: the state as it becomes, and the transition as it comes about.
struct Turn {
    let flow: Flow
    var state: State
    var messages: [Message] = []
    var next = Next.reply
    var understanding: Understanding?
    var defect: FlowDefect?
    var trace: [(step: StepIndex, outcome: String?)] = []
    /// The steps whose condition did not hold when they were come to; kept only where someone watches.
    var passedOver: Set<StepIndex>?

    init(flow: Flow, state: State) {
        self.flow = flow
        self.state = state
    }

    /// The slots, marks and digressions at hand.
    var situation: Situation {
        get { state.situation }
        _modify { yield &state.situation }
    }

    mutating func handle(_ event: Event) {
        switch event.kind {
        case .started(let hints):
            guard case .nothing = situation.pending else { return resume() }
            takeHints(hints)
            proceed()
        case .reply(let text): handleReply(text)
        case .refused(let refusal): handleRefusal(refusal)
        case .actionFinished(let id, let result): finishAction(id, result)
        }
    }

    /// Values known beforehand fill slots where they are what the slot holds; anything else is left out.
    private mutating func takeHints(_ hints: [String: Value]) {
        for (name, value) in hints.sorted(by: { $0.key < $1.key }) {
            guard let index = flow.slotIndex[name], case .entity(let kind, let options) = flow.slots[index].type else {
                continue
            }
            let sound: Value?
            switch value {
            case .text(let text):
                let expected = Question(form: .value(kind), options: options)
                if case .value(let found, _) = kind.read(flow.resolver.utterance(text), answering: expected) {
                    sound = found
                } else {
                    sound = nil
                }
            case .flag: sound = kind == .flag ? value : nil
            case .number, .list, .record: sound = nil
            }
            if let sound { situation.slots[index] = SlotEntry(value: sound, origin: .hint, isConfirmed: false) }
        }
    }

    /// Says again where the session stands; also the step's name, where the user comes back to it after a while.
    mutating func resume(isLater: Bool = false) {
        switch situation.pending {
        case .nothing: proceed()
        case .reply(let step, _):
            if isLater { say(.resumed, ["title": .text(flow.steps[step].title)]) }
            askAgain()
        case .action(let call, _): next = .action(call)
        case .broken(let step, _):
            if isLater { say(.resumed, ["title": .text(flow.steps[step].title)]) }
            askAgain()
        case .ended: say(.ended)
        }
    }

    /// Something arrived that is not kept.
    private mutating func handleRefusal(_ refusal: Refusal) {
        switch refusal {
        case .secret(let kind): say(.refusedSecret, ["kind": .text(kind)])
        case .notText: say(.refusedNotText)
        case .tooLong(let bytes, let limit):
            say(.refusedTooLong, ["bytes": .number(bytes), "limit": .number(limit)])
        }
        askAgain()
    }
}
