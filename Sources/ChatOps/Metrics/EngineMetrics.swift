internal import CoreMetrics
public import Intents
internal import Metrics
public import Sessions

/// Counts what an engine does.
///
/// | metric | labels |
/// | --- | --- |
/// | `usher_turns_total` | `flow`; `reply`: `understood`, `not_understood`, or `none` for an event that is no reply |
/// | `usher_turns_repeated_total` | `flow` |
/// | `usher_turn_duration_seconds` | `flow` |
/// | `usher_actions_total` | `action`, `outcome`; those that were not finished have none |
/// | `usher_action_duration_seconds` | `action` |
public struct EngineMetrics: EngineObserver {
    private let series: MetricsSeries

    /// Makes an observer.
    ///
    /// - Parameter registry: Where it counts.
    public init(_ registry: MetricsRegistry) { series = MetricsSeries(registry) }

    /// Counts a turn.
    public func didTakeTurn(flow: String, understanding: Understanding?, isRepeated: Bool, time: Duration) {
        guard !isRepeated else {
            return series.counter("usher_turns_repeated_total", [("flow", flow)]).increment()
        }
        let reply = understanding.map { $0.decision.isUnderstood ? "understood" : "not_understood" } ?? "none"
        series.counter("usher_turns_total", [("flow", flow), ("reply", reply)]).increment()
        series.timer("usher_turn_duration_seconds", [("flow", flow)]).record(duration: time)
    }

    /// Counts an action.
    public func didRunAction(_ name: String, outcome: String, time: Duration) {
        series.counter("usher_actions_total", [("action", name), ("outcome", outcome)]).increment()
        series.timer("usher_action_duration_seconds", [("action", name)]).record(duration: time)
    }

    /// Counts an action that was not finished.
    public func didLoseAction(_ name: String) {
        series.counter("usher_actions_total", [("action", name), ("outcome", "")]).increment()
    }
}
