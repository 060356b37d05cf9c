import AWS
import Actions
import BundledPrompts
import Diagnostics
import Dialogue
import Foundation
import Intents
import Patterns
import Transcripts
import YAMLReading

/// Measures turns of the bundled flow and its compilation: `usher-bench <folder of transcripts> [rounds]`.
@main
enum UsherBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else {
            print("usage: usher-bench <Tests/Transcripts/model-evaluation> [rounds]")
            exit(64)
        }
        let rounds = arguments.dropFirst().first.flatMap { Int($0) } ?? 20
        let folders = ["happy", "corrections", "topics", "gate"].map { folder + "/" + $0 }
        let rehearsal = try await Rehearsal(folders: folders)
        let replies = rehearsal.turns.filter { $0.reply != nil }
        print(
            "\(rehearsal.transcripts) transcripts, \(replies.count) replies, "
                + "\(rehearsal.turns.count) events; \(rounds) rounds of 20 runs each, processor time\n"
        )
        turns(rehearsal, replies, rounds)
        print("")
        hearing(rehearsal.flow, replies, rounds)
        print("")
        compilation(rehearsal.flow)
        if ProcessInfo.processInfo.environment["USHER_BENCH_SLOWEST"] != nil { slowest(rehearsal.flow, replies) }
    }

    private static func turns(_ rehearsal: Rehearsal, _ replies: [Rehearsal.Turn], _ rounds: Int) {
        let flow = rehearsal.flow
        let whole = measure(replies, rounds: rounds) { keep(flow.advance($0.state, on: $0.event)) }
        let normalise = measure(replies, rounds: rounds) { keep(Utterance($0.reply ?? "")) }
        let ends = rehearsal.turns.filter { if case .actionFinished = $0.event.kind { true } else { false } }
        let others = measure(ends, rounds: rounds) { keep(flow.advance($0.state, on: $0.event)) }
        row("microseconds", "mean", "p50", "p99", "of a turn", "per second")
        func line(_ name: String, _ timings: Timings) {
            row(
                name,
                micro(timings.mean),
                micro(timings.percentile(0.5)),
                micro(timings.percentile(0.99)),
                String(format: "%.0f %%", 100 * timings.mean / whole.mean),
                String(format: "%.0f", 1e9 / timings.mean)
            )
        }
        line("turn: a reply", whole)
        line("  normalise", normalise)
        line("event: an action's end", others)
        let counts = allocations(replies) { keep(flow.advance($0.state, on: $0.event)) }
        print("allocations of a turn: \(spread(counts))")
    }

    /// The classifier alone, on the replies whose question it can be given.
    private static func hearing(_ flow: Flow, _ replies: [Rehearsal.Turn], _ rounds: Int) {
        let hearing = Hearing(flow)
        let cases = replies.compactMap { turn in
            hearing.question(turn.state).map { (turn: turn, utterance: Utterance(turn.reply ?? ""), question: $0) }
        }
        let same = cases.count {
            flow.advance($0.turn.state, on: $0.turn.event).understanding?.decision
                == hearing.resolver.understand($0.utterance, answering: $0.question).decision
        }
        let turn = measure(cases, rounds: rounds) { keep(flow.advance($0.turn.state, on: $0.turn.event)) }
        let resolve = measure(cases, rounds: rounds) {
            keep(hearing.resolver.understand($0.utterance, answering: $0.question))
        }
        row("microseconds", "mean", "p50", "p99", "of a turn")
        row(
            "understand",
            micro(resolve.mean),
            micro(resolve.percentile(0.5)),
            micro(resolve.percentile(0.99)),
            String(format: "%.0f %%", 100 * resolve.mean / turn.mean)
        )
        row(
            "the same replies' turns",
            micro(turn.mean),
            micro(turn.percentile(0.5)),
            micro(turn.percentile(0.99))
        )
        let counts = allocations(cases) { keep(hearing.resolver.understand($0.utterance, answering: $0.question)) }
        print("allocations of understand: \(spread(counts))")
        print("\(cases.count) replies, \(same) of them understood as the flow does")
    }

    private static func compilation(_ flow: Flow) {
        let files = BundledPrompts.files.filter { $0.path.hasSuffix(".yaml") }
        let yaml = measure([files], rounds: 20, batch: 1) { files in
            var diagnostics = DiagnosticList()
            for file in files { keep(YAMLNode(file.text, file: file.path, diagnostics: &diagnostics)) }
        }
        let patterns = measure([flow.rules], rounds: 20, batch: 1) { rules in
            for rule in rules { keep(try? Pattern(rule.pattern.source, options: rule.pattern.options)) }
        }
        let compiler = FlowCompiler(actions: ActionRegistry.all.signatures, entities: AWSEntities.registry)
        let whole = measure([Rehearsal.source], rounds: 20, batch: 1) { keep(try? compiler.compile($0)) }
        row("milliseconds", "mean", "p50")
        row("compile the flow", milli(whole.mean), milli(whole.percentile(0.5)))
        row("  read \(files.count) YAML files", milli(yaml.mean), milli(yaml.percentile(0.5)))
        row("  compile \(flow.rules.count) patterns", milli(patterns.mean), milli(patterns.percentile(0.5)))
    }

    /// The replies whose turns cost most, for finding out why.
    private static func slowest(_ flow: Flow, _ replies: [Rehearsal.Turn]) {
        let hearing = Hearing(flow)
        let costs = replies.map { turn in
            let cost = measure([turn], rounds: 50) { keep(flow.advance($0.state, on: $0.event)) }.mean
            let count = hearing.question(turn.state).map { question in
                let utterance = Utterance(turn.reply ?? "")
                return allocations([turn]) { _ in keep(hearing.resolver.understand(utterance, answering: question)) }[0]
            }
            return (turn, cost, count)
        }
        print("\nmicroseconds, allocations of understand, step, reply, decision")
        for (turn, cost, count) in costs.sorted(by: { $0.1 > $1.1 }).prefix(40) {
            let decision = flow.advance(turn.state, on: turn.event).understanding?.decision
            print(
                micro(cost),
                count.map(String.init) ?? "-",
                flow.stepID(of: turn.state) ?? "-",
                (turn.reply ?? "").prefix(60).debugDescription,
                decision.map { "\($0)".prefix(60) } ?? ""
            )
        }
    }

    private static func spread(_ counts: [Int]) -> String {
        let sorted = counts.sorted()
        guard let last = sorted.last else { return "none" }
        let mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
        return String(format: "%.1f on average, %d at the median, %d at most", mean, sorted[sorted.count / 2], last)
    }
}
