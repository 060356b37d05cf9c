/// The actions about built-in and custom metrics.
public enum MetricActions {
    /// Each of them once.
    public static let all: [any Action] = [
        RecommendMetrics(), CheckCustomMetrics(), ComposeCustomMetric(), SaveCustomMetrics(),
    ]
}
