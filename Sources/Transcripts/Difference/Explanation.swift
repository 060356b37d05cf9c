internal import Dialogue
internal import Intents

/// Tells what a change in a turn means for the conversation.
struct Explanation {
    let flow: Flow
    let turn: PlayedTurn

    /// A mismatch, its place in the transcript still to be filled in.
    func mismatch(_ difference: Difference, isExpectation: Bool = false) -> Mismatch {
        Mismatch(
            difference: difference,
            turn: turn.number,
            intent: turn.intent(in: flow),
            rules: turn.rules,
            step: turn.step,
            isExpectation: isExpectation,
            places: places(of: difference)
        )
    }

    /// What a changed answer comes to: one mismatch, or two where it also tells of another step.
    func explain(_ change: TurnMerge.Change) -> [Mismatch] {
        switch (change.written?.kind, change.happening) {
        case (.action(let name, let outcome, _), .ran(let call, let actual, _)?) where name == call.name:
            [mismatch(.outcome(action: name, expected: outcome, actual: actual))]
        case (.action(let name, let outcome, _), .ran(let call, let actual, _)?):
            [mismatch(.action(expected: "\(name) -> \(outcome)", actual: "\(call.name) -> \(actual)"))]
        case (.action(let name, let outcome, _), _): [mismatch(.action(expected: "\(name) -> \(outcome)", actual: nil))]
        case (_, .ran(let call, let actual, _)?):
            [mismatch(.action(expected: nil, actual: "\(call.name) -> \(actual)"))]
        case (nil, .said(let message)?): [texts(mismatch(.extra(prompt: message.prompt)), nil, message.shownText)]
        case (let written?, .said(let message)?): explain(written, message)
        case (let written?, nil):
            [texts(mismatch(.missing(prompt: written.plainText.flatMap(prompt))), written.writtenText, nil)]
        case (nil, nil): []
        }
    }

    private func explain(_ written: Transcript.Kind, _ message: Message) -> [Mismatch] {
        let expected = written.writtenText
        var result: [Mismatch] = []
        let name = written.plainText.map { Self.statement(in: $0) }.flatMap { probablePrompt(of: $0, message) }
        if name == message.prompt {
            let sameWords = written.plainText.map { Self.statement(in: $0) } == message.text
            result.append(mismatch(sameWords ? .options(prompt: message.prompt) : .wording(prompt: message.prompt)))
        } else {
            if let expectedStep = name.flatMap(step), let step = turn.step, expectedStep != step {
                result.append(mismatch(.step(expected: expectedStep, actual: step)))
            }
            result.append(mismatch(.prompt(expected: name, actual: message.prompt)))
        }
        if let last = result.indices.last { result[last] = texts(result[last], expected, message.shownText) }
        return result
    }

    private func texts(_ mismatch: Mismatch, _ expected: String?, _ actual: String?) -> Mismatch {
        var result = mismatch
        result.expectedText = expected
        result.actualText = actual
        return result
    }

    private func prompt(_ text: String) -> PromptName? { flow.prompt(making: Self.statement(in: text)) }

    /// The prompt that an expected text was made from: one that still makes it, else the one that was said where most of
    /// the words are the same, else the one whose words are the most alike.
    private func probablePrompt(of text: String, _ message: Message) -> PromptName? {
        if let name = flow.prompt(making: text) { return name }
        if WordDifference.likeness(text, message.text) >= Self.sameWords { return message.prompt }
        var best: (name: PromptName, likeness: Double)?
        for name in flow.promptNames {
            guard let source = flow.source(of: name) else { continue }
            let likeness = WordDifference.likeness(text, source)
            if likeness > max(best?.likeness ?? 0, Self.sameWords) { best = (name, likeness) }
        }
        return best?.name
    }

    /// From this likeness on two texts count as wordings of one.
    private static let sameWords = 0.5

    /// A message's text without the numbered options below it.
    static func statement(in shown: String) -> String {
        var lines = shown.utf8Split(UInt8(ascii: "\n"))
        func number(_ line: Substring) -> Int? { line.utf8Cut(". ").flatMap { Int($0.before) } }
        guard let last = lines.last.flatMap(number), last >= 1, last < lines.count else { return shown }
        let options = lines.suffix(last)
        guard options.enumerated().allSatisfy({ number($0.element) == $0.offset + 1 }) else { return shown }
        lines.removeLast(last)
        return lines.joined(separator: "\n")
    }

    /// The step that says a prompt.
    private func step(saying prompt: PromptName) -> String? {
        flow.steps.first { step in
            let texts = step.texts
            return [texts.ask, texts.again, texts.hint, texts.help, texts.why].contains(prompt)
        }?.id
    }

    private func places(of difference: Difference) -> [Mismatch.Place] {
        var places: [Mismatch.Place] = []
        func add(_ kind: Mismatch.Place.Kind, prompt name: String?) {
            guard let name, let location = flow.location(of: name) else { return }
            places.append(Mismatch.Place(kind: kind, name: name, location: "\(location)"))
        }
        func add(_ kind: Mismatch.Place.Kind, step id: String?) {
            guard let id, let step = flow.steps.first(where: { $0.id == id }) else { return }
            places.append(Mismatch.Place(kind: kind, name: id, location: "\(step.location)"))
        }
        func add(action name: String?) {
            guard let name, let step = flow.steps.first(where: { $0.actionName == name }) else { return }
            places.append(Mismatch.Place(kind: .action, name: step.id, location: "\(step.location)"))
        }
        switch difference {
        case .action(let expected, let actual):
            add(action: (actual ?? expected)?.utf8Cut(" -> ").map { String($0.before) })
        case .outcome(let action, _, _): add(action: action)
        case .prompt(let expected, let actual):
            add(.prompt, prompt: actual)
            add(.expectedPrompt, prompt: expected)
        case .missing(let prompt): add(.expectedPrompt, prompt: prompt)
        case .extra(let prompt), .options(let prompt), .wording(let prompt): add(.prompt, prompt: prompt)
        default: break
        }
        add(.step, step: turn.step)
        if case .step(let expected, _) = difference { add(.expectedStep, step: expected) }
        return places
    }
}

extension Step {
    /// The action that it runs.
    fileprivate var actionName: String? { if case .action(let action) = kind { action.signature.name } else { nil } }
}

extension Transcript.Kind {
    /// The words of a message, where they are fixed.
    fileprivate var plainText: String? { if case .bot(let text) = self { text } else { nil } }

    /// The words of a message as they stand in the file.
    fileprivate var writtenText: String? {
        switch self {
        case .bot(let text): text
        case .pattern(let pattern): pattern.lines.joined(separator: "\n")
        default: nil
        }
    }
}
