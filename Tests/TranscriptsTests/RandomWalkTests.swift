import AWS
import Actions
import BundledPrompts
import Dialogue
import Foundation
import Intents
import Testing

/// Properties of every conversation, on seeded walks through the bundled flow: any reply at any step, any outcome of
/// any action.
@Suite("Whatever is said, the conversation keeps its thread")
struct RandomWalkTests {
    private static let flow = Result { try BundledFlow.compiled() }
    private static let walksOfABatch = 260

    private func encoded(_ situation: Situation) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(situation)
    }

    @Test("Every turn ends well, changes only what was said, and can be taken back and done again", arguments: 0..<8)
    func walks(batch: Int) throws {
        let flow = try Self.flow.get()
        for number in 0..<Self.walksOfABatch {
            let seed = UInt64(batch * Self.walksOfABatch + number)
            var walk = RandomWalk(flow, seed: seed)
            for turn in 0..<Int.random(in: 3...15, using: &walk.random) {
                let before = walk.state
                let reply = walk.anyReply()
                walk.reply(reply)
                let place = Comment(rawValue: "walk \(seed), turn \(turn): \(reply)")
                Self.checkEnd(of: walk, place)
                Self.checkValues(of: walk, place)
                Self.checkChanges(from: before, by: walk, place)
                if walk.chance(1, of: 8) { try checkUndo(of: walk, from: before, place) }
                if case .ended = walk.state.situation.pending { break }
            }
            if number.isMultiple(of: 32) { #expect(flow.fold(walk.events) == walk.state, "walk \(seed)") }
        }
    }

    @Test(
        "Among random misses no message is said twice running, and no turn says what the one before said",
        arguments: 0..<4
    )
    func misses(batch: Int) throws {
        let flow = try Self.flow.get()
        for number in 0..<40 {
            let seed = UInt64(100_000 + batch * 40 + number)
            var walk = RandomWalk(flow, seed: seed)
            for _ in 0..<Int.random(in: 0...14, using: &walk.random) {
                walk.reply(walk.answer())
                if case .ended = walk.state.situation.pending { break }
            }
            guard case .reply(let step, _) = walk.state.situation.pending else { continue }
            let settled = walk.state.situation.slots
            var last: Set<String> = []
            let start = walk.said.count
            for turn in 0..<6 {
                let heard = walk.said.count
                let reply = walk.miss()
                walk.reply(reply)
                // What the question takes after all, such as "no idea" with a branch of its own, ends the series.
                guard case .reply(step, _) = walk.state.situation.pending, walk.state.situation.slots == settled else {
                    break
                }
                let statements = walk.said[heard...].filter { $0.role == .statement }.map(\.text)
                let place = Comment(rawValue: "walk \(seed), miss \(turn) at \(flow.steps[step].id): \(reply)")
                #expect(!statements.isEmpty || walk.said[heard...].count == 1, place)
                #expect(last.isDisjoint(with: statements), place)
                last = Set(statements)
            }
            let heard = walk.said[max(start - 1, 0)...]
            for (one, next) in zip(heard, heard.dropFirst()) where one == next {
                Issue.record("walk \(seed): said twice running: \(one.text)")
            }
        }
    }

    @Test("The order in which answers come, alone or together, does not matter", arguments: 0..<4)
    func order(batch: Int) throws {
        let flow = try Self.flow.get()
        let clauses = [
            "the task is answering questions", "the dataset is s3://support-eval/support.jsonl",
            "results go to s3://support-results/out/", "region us-west-2", "the custom metrics are no",
            "the model is arn:aws:sagemaker:us-east-1:111122223333:model-package/support-bot/3",
            "use Mistral Large as the judge", "metrics: Refusal",
        ]
        var ends: Set<[SlotEntry?]> = []
        for number in 0..<12 {
            var walk = RandomWalk(flow, seed: UInt64(200_000 + batch * 12 + number), isSteady: true)
            let order = clauses.shuffled(using: &walk.random)
            var index = 0
            while index < order.count {
                let count = min(Int.random(in: 1...4, using: &walk.random), order.count - index)
                // A text ends where a sentence ends.
                walk.reply(order[index..<index + count].joined(separator: ". "))
                index += count
            }
            for _ in 0..<10 where walk.asked?.id != "summary" {
                walk.reply(walk.asked?.id == "data_shape" ? "query and response" : "yes")
            }
            #expect(walk.asked?.id == "summary", "\(order)")
            let said = walk.state.situation.slots.map { $0?.origin == .said ? $0 : nil }
            if ends.insert(said).inserted, ends.count > 1 {
                Issue.record("\(order) ends otherwise: \(said.compactMap { $0?.value })")
            }
        }
    }

    // MARK: Properties

    /// One question at most, as the last message, and then a wait; or an end.
    private static func checkEnd(of walk: RandomWalk, _ place: Comment) {
        let messages = walk.heard
        let isSaid = !messages.isEmpty && messages.allSatisfy { !$0.text.isEmpty }
        if !isSaid || messages.dropLast().contains(where: { $0.role == .question }) {
            Issue.record("\(messages.map(\.text)): \(place)")
        }
        switch walk.next {
        case .reply:
            if case .ended = walk.state.situation.pending { break }
            if messages.last?.role != .question { Issue.record("it waits without a question: \(place)") }
        case .end: break
        case .action: Issue.record("a turn ends in an action: \(place)")
        }
    }

    /// Every value is one that its slot can hold.
    private static func checkValues(of walk: RandomWalk, _ place: Comment) {
        let situation = walk.state.situation
        for (index, slot) in walk.flow.slots.enumerated() {
            guard let entry = situation.slots[index], entry.origin == .said, !canHold(slot, entry.value) else {
                continue
            }
            Issue.record("\(slot.name) holds \(entry.value): \(place)")
        }
        for early in situation.early where situation.slots[early.slot] != nil {
            Issue.record("\(walk.flow.slots[early.slot].name) has a value and is still looked up: \(place)")
        }
    }

    private static func canHold(_ slot: SlotDefinition, _ value: Value) -> Bool {
        guard case .entity(let kind, let options) = slot.type else { return true }
        switch (kind.name, value) {
        case ("text", .text(let text)): return !text.isEmpty && text.utf8.count <= Int(kind.base.settings) ?? 0
        case ("region", .text(let code)): return Region(code: code) != nil
        case ("s3_uri", .text(let uri)): return (try? S3URI(parsing: uri)) != nil
        case ("choice", .text(let id)): return slot.optionsFrom != nil || options.contains { $0.id == id }
        case ("choices", .list(let list)): return !list.isEmpty
        case ("boolean", .flag), ("model_package", .text), ("path", .text), ("json", .text), ("project_name", .text),
            ("number", .number):
            return true
        default: return false
        }
    }

    /// What the user has said changes only by what the user says.
    private static func checkChanges(from before: State, by walk: RandomWalk, _ place: Comment) {
        let old = before.situation
        let new = walk.state.situation
        guard let decision = walk.understanding?.decision, case .reply(let step, let asking) = old.pending else {
            return
        }
        switch decision {
        case .topic, .recall, .doubtful, .notUnderstood, .empty, .problem, .suggestions, .badCorrection, .misplaced,
            .questioning, .affirm(isPlain: false), .command("help"), .command("why"), .command("status"),
            .command("repeat"), .command("quit"):
            // At the question whether to begin anew anything but a yes goes on, which may run what was interrupted.
            if asking == .restart { return }
            for (index, entry) in old.slots.enumerated() where entry?.origin == .said {
                let isLocal = walk.flow.flows.contains {
                    $0.locals.contains(index) && $0.name != walk.flow.flows[0].name
                }
                if isLocal { continue }
                #expect(new.slots[index] == entry, "\(walk.flow.slots[index].name), \(decision), \(place)")
            }
        case .value(let value):
            guard asking == .plain, case .collect(let collect) = walk.flow.steps[step].kind else { return }
            for (index, entry) in new.slots.enumerated() where entry?.origin == .said && entry != old.slots[index] {
                if old.early.contains(where: { $0.slot == index }) { continue }
                #expect(index == collect.slot && entry?.value == value, "\(walk.flow.slots[index].name), \(place)")
            }
        case .correction(let slot, let value):
            for (index, entry) in new.slots.enumerated() where entry?.origin == .said && entry != old.slots[index] {
                if old.early.contains(where: { $0.slot == index }) { continue }
                #expect(index == slot && entry?.value == value, "\(walk.flow.slots[index].name), \(place)")
            }
        default: break
        }
    }

    /// Back restores what was there before, byte for byte, and redo what came after.
    private func checkUndo(of walk: RandomWalk, from before: State, _ place: Comment) throws {
        let after = walk.state
        switch walk.understanding?.decision {
        case .command("back"), .command("redo"): return
        default: break
        }
        guard case .reply = before.situation.pending, before.situation.isElsewhere(than: after.situation) else {
            return
        }
        let back = walk.flow.advance(after, on: .reply("back")).state
        #expect(try encoded(back.situation) == encoded(before.situation), place)
        let redone = walk.flow.advance(back, on: .reply("redo")).state
        #expect(try encoded(redone.situation) == encoded(after.situation), place)
    }
}

extension Situation {
    /// Whether anything is settled otherwise.
    fileprivate func isElsewhere(than other: Situation) -> Bool {
        slots != other.slots || marks != other.marks || digressions != other.digressions || early != other.early
    }
}
