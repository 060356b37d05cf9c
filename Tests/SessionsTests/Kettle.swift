import Dialogue
import Foundation
import Intents
import Synchronization

/// Counts how often it ran, and can fail the store just before it returns.
final class Kettle: ActionRunner {
    let runs = Mutex(0)
    let beforeReturn: @Sendable () async -> Void

    init(beforeReturn: @escaping @Sendable () async -> Void = {}) { self.beforeReturn = beforeReturn }

    func run(_ call: ActionCall, progress: @escaping @Sendable (String) -> Void) async throws -> ActionResult {
        runs.withLock { $0 += 1 }
        progress("heating")
        await beforeReturn()
        return ActionResult(outcome: "hot")
    }
}

extension Kettle {
    static let source = FlowSource(
        "kettle",
        files: [
            FlowSource.File(
                path: "kettle/flow.yaml",
                text: """
                    flow: kettle
                    slots:
                      cup: {type: text, names: [cup]}
                    steps:
                      - {id: cup, collect: cup}
                      - {id: heat, action: heat, outcomes: {hot: {say: hot}}}
                      - {id: done, end: done}
                    """
            ),
            FlowSource.File(path: "kettle/prompts/k.yaml", text: "ask_cup: Which cup?\nhot: It is hot.\n"),
        ] + common
    )

    private static let common: [FlowSource.File] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "prompts/common")
        let names = [
            "commands.yaml", "polarity.yaml", "corrections.yaml", "prompts/system.yaml", "prompts/repair.yaml",
        ]
        return names.compactMap { name in
            guard let text = try? String(contentsOf: root.appending(path: name), encoding: .utf8) else { return nil }
            return FlowSource.File(path: "common/" + name, text: text)
        }
    }()

    /// A flow of one question and one action, which may not be repeated.
    static func flow() throws -> Flow {
        try FlowCompiler(actions: [ActionSignature(name: "heat", outcomes: ["hot"], isRepeatable: false)])
            .compile(source)
    }
}
