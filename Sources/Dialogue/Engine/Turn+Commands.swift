internal import Intents

extension Turn {
    /// Does what a global command asks, and comes back to the pending question.
    mutating func obey(_ command: String, at index: StepIndex, _ asking: Asking) {
        let step = flow.steps[index]
        switch command {
        case "help":
            let help = step.texts.help ?? step.texts.hint
            let topics = listedTopics
            say(
                .help,
                [
                    "help": .text(help.map { render($0, [:]) } ?? ""), "topics": .list(topics),
                    "has_topics": .flag(!topics.isEmpty),
                ]
            )
            askAgain()
        case "repeat": askQuestion(of: index, asking)
        case "status":
            say(.status, status(at: step))
            askAgain()
        case "why":
            if let why = step.texts.why { say(why) } else { say(.why, ["title": .text(step.title)]) }
            askAgain()
        case "back": goBack()
        case "redo": goForward()
        // Said a second time it is its own confirmation.
        case "restart": if asking == .restart { restart() } else { askQuestion(of: index, .restart) }
        case "quit", "goodbye": pause()
        case "cancel": cancel()
        case "skip": skip(index)
        case "correct": askQuestion(of: index, .change)
        default:
            let prompt = "system_\(command)"
            if flow.prompts.templates[prompt] != nil { say(prompt) }
            askAgain()
        }
    }

    private var listedTopics: [Value] {
        flow.topics.filter { $0.steps == nil && $0.isListed }.map { .text($0.title) }
    }

    /// What is known so far, in the order of the flow's slots.
    func status(at step: Step) -> [String: Value] {
        var known: [Value] = []
        for (index, slot) in flow.slots.enumerated() where slot.isCorrectable {
            let text: String
            if let value = situation.slots[index]?.value {
                text = flow.shown(value, of: index, in: situation.slots).displayText
            } else if let early = situation.early.first(where: { $0.slot == index }) {
                text = early.text
            } else {
                continue
            }
            known.append(.record(["title": .text(slot.title), "value": .text(text)]))
        }
        return ["title": .text(step.title), "known": .list(known)]
    }

    /// Forgets everything and begins anew.
    mutating func restart() {
        situation = flow.initialState.situation
        say(.restarted)
        proceed()
    }

    /// Stops for now; everything is kept.
    mutating func pause() {
        say(.paused)
        next = .end(.paused)
    }

    /// Leaves a digression; in the flow itself it stops for now, since nothing is lost by it.
    mutating func cancel() {
        guard let left = situation.digressions.popLast() else { return pause() }
        say(.returned, ["title": .text(flow.flows[left].title)])
        proceed()
    }

    private mutating func skip(_ index: StepIndex) {
        guard case .collect(let collect) = flow.steps[index].kind, let skip = collect.skip else {
            say(.cannotSkip)
            return askAgain()
        }
        settle(index, "skip", skip)
        proceed()
    }
}
