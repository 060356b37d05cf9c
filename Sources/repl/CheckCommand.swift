import Actions
import ArgumentParser
import Dialogue
import Intents

/// Checks a flow: `usher check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a flow's files: references, types, outcomes, and every rule's own examples."
    )

    @OptionGroup var options: FlowOptions

    func run() async throws {
        let flow = try options.compile()
        for warning in flow.warnings { print(warning) }
        let broken =
            flow.rules.flatMap { rule in rule.brokenExamples.map { "\(rule.location): error: \($0)" } }
            + flow.entities.flatMap(\.brokenExamples).map { "\($0.location): error: \($0)" }
        for line in broken { print(line) }
        print(
            flow.name + ": "
                + [
                    PlainText.count(flow.flows.count, "flow"), PlainText.count(flow.steps.count, "step"),
                    PlainText.count(flow.slots.count, "slot"), PlainText.count(flow.rules.count, "rule"),
                    PlainText.count(flow.topics.count, "topic"),
                ].joined(separator: ", ")
        )
        if !broken.isEmpty { throw ExitCode.failure }
    }
}
