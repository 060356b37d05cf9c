internal import CoreMetrics
public import Intents
public import Logging
internal import Metrics
public import Sessions

/// Counts what an engine does, and logs what flows and actions do wrong.
///
/// | metric | labels |
/// | --- | --- |
/// | `usher_turns_total` | `flow`; `reply`: `understood`, `not_understood`, or `none` for an event that is no reply |
/// | `usher_turns_repeated_total` | `flow` |
/// | `usher_turn_duration_seconds` | `flow` |
/// | `usher_actions_total` | `action`, `outcome`; those that were not finished have none |
/// | `usher_action_duration_seconds` | `action` |
/// | `usher_defects_total` | `flow` |
public struct EngineMetrics: EngineObserver {
    /// What turns are counted together.
    private struct Kind: Hashable {
        var flow: String
        var isUnderstood: Bool?
    }

    private let series: MetricsSeries
    private let logger: Logger
    private let known = MadeOnce<Kind, (turns: Counter, durations: Timer)>()

    /// Makes an observer.
    ///
    /// - Parameters:
    ///   - registry: The registry that holds the counters.
    ///   - logger: Takes the defects of flows and actions, as errors.
    public init(_ registry: MetricsRegistry, logger: Logger = Logger(label: "usher")) {
        series = MetricsSeries(registry)
        self.logger = logger
    }

    /// Counts a turn.
    public func didTakeTurn(flow: String, understanding: Understanding?, isRepeated: Bool, time: Duration) {
        guard !isRepeated else {
            return series.counter("usher_turns_repeated_total", [("flow", flow)]).increment()
        }
        let (turns, durations) = turns(Kind(flow: flow, isUnderstood: understanding?.decision.isUnderstood))
        turns.increment()
        durations.record(duration: time)
    }

    private func turns(_ kind: Kind) -> (turns: Counter, durations: Timer) {
        known.value(kind) {
            let reply = kind.isUnderstood.map { $0 ? "understood" : "not_understood" } ?? "none"
            return (
                turns: series.counter("usher_turns_total", [("flow", kind.flow), ("reply", reply)]),
                durations: series.timer("usher_turn_duration_seconds", [("flow", kind.flow)])
            )
        }
    }

    /// Counts an action.
    public func didRunAction(_ name: String, outcome: String, time: Duration) {
        series.counter("usher_actions_total", [("action", name), ("outcome", outcome)]).increment()
        series.timer("usher_action_duration_seconds", [("action", name)]).record(duration: time)
    }

    /// Counts a defect, and logs it.
    public func didFindDefect(_ detail: String, flow: String) {
        series.counter("usher_defects_total", [("flow", flow)]).increment()
        logger.error("defect", metadata: ["flow": "\(flow)", "detail": "\(detail)"])
    }

    /// Counts an action that was not finished.
    public func didLoseAction(_ name: String) {
        series.counter("usher_actions_total", [("action", name), ("outcome", "")]).increment()
    }
}
