internal import BundledPrompts
public import Dialogue
internal import Synchronization

/// A flow of one question and one action for the tests of sessions, and what runs the action: it counts how often, and
/// can be held up just before it is done.
public final class Kettle: ActionRunner {
    private let count = Mutex(0)
    private let beforeReturn: @Sendable () async -> Void

    /// Makes a kettle.
    ///
    /// - Parameter beforeReturn: Done before the action ends.
    public init(beforeReturn: @escaping @Sendable () async -> Void = {}) { self.beforeReturn = beforeReturn }

    /// How often the action began.
    public var runs: Int { count.withLock { $0 } }

    /// Heats the water; it does not get hot where the task was cancelled.
    public func run(
        _ call: ActionCall,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        count.withLock { $0 += 1 }
        progress("heating")
        await beforeReturn()
        try Task.checkCancellation()
        return ActionResult(outcome: "hot")
    }
}

extension Kettle {
    /// The flow's files.
    public static let source = makeSource(field: "")

    /// The compiled flow; its action may not be repeated.
    ///
    /// - Parameter isAnnounced: Whether the user is told when the action begins ("This takes some minutes.").
    /// - Returns: A flow that ends when the action has.
    /// - Throws: `DiagnosticsError` where the flow, or `prompts/common/`, is broken.
    public static func flow(isAnnounced: Bool = false) throws -> Flow {
        try FlowCompiler(actions: [ActionSignature(name: "heat", outcomes: ["hot"], isRepeatable: false)])
            .compile(isAnnounced ? makeSource(field: "meanwhile: heating, ") : source)
    }

    private static func makeSource(field: String) -> FlowSource {
        FlowSource(
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
                          - {id: heat, action: heat, \(field)outcomes: {hot: {say: hot}}}
                          - {id: done, end: done}
                        """
                ),
                FlowSource.File(
                    path: "kettle/prompts/k.yaml",
                    text: "ask_cup: Which cup?\nhot: It is hot.\nheating: This takes some minutes.\n"
                ),
            ]
                + BundledPrompts.files.filter { $0.path.hasPrefix("common/") }
                .map { FlowSource.File(path: $0.path, text: $0.text) }
        )
    }
}
