/// Checks custom metrics against every limit at once, so that the user mends all mistakes in one go.
///
/// - Note: Source of the limits: Amazon Bedrock API Reference, `CustomMetricDefinition`, `RatingScaleItem`,
///   `AutomatedEvaluationCustomMetricConfig`; of the warnings: Amazon Bedrock User Guide, custom metric prompts.
struct CustomMetricsCheck: Sendable {
    /// How many custom metrics one job takes.
    static let limit = 10

    /// The metrics' names, where they have one.
    private(set) var names: [String] = []
    /// What makes the metrics unusable; each names the metric by number and name.
    private(set) var problems: [String] = []
    /// What makes results worse than they could be.
    private(set) var warnings: [String] = []

    private let builtinNames: Set<String>

    /// Checks all metrics.
    ///
    /// - Parameters:
    ///   - metrics: The elements of the array.
    ///   - builtins: The names of the built-in metrics.
    init(_ metrics: [JSON], builtins: [String]) {
        builtinNames = Set(builtins.map { $0.lowercased() })
        for (index, metric) in metrics.enumerated() { check(metric, number: index + 1) }
        checkNames()
        if metrics.count > Self.limit {
            problems.append("\(metrics.count) metrics; a job takes at most \(Self.limit)")
        }
    }

    private mutating func check(_ metric: JSON, number: Int) {
        guard metric.members != nil else {
            problems.append("metric \(number) is \(metric.kindName) where an object is needed")
            return
        }
        guard let definition = metric["customMetricDefinition"] else {
            let hint = metric["name"] != nil || metric["instructions"] != nil ? "; put its fields inside that" : ""
            problems.append("metric \(number) has no “customMetricDefinition”\(hint)")
            return
        }
        guard definition.members != nil else {
            problems.append(
                "metric \(number): “customMetricDefinition” is \(definition.kindName) where an object is needed"
            )
            return
        }
        let name = definition["name"]?.string
        if let name, !name.isEmpty { names.append(name) }
        let label = name.map { "metric \(number) (“\(PlainText.shown($0, limit: 63))”)" } ?? "metric \(number)"
        var one = MetricCheck(definition)
        one.run()
        problems += one.problems.map { "\(label): \($0)" }
        warnings += one.warnings.map { "\(label): \($0)" }
        warnings += Self.unknownKeys(metric, ["customMetricDefinition"]).map { "\(label): \($0)" }
        if let name, builtinNames.contains(name.lowercased()) || name.lowercased().hasPrefix("builtin.") {
            warnings.append("\(label): has the name of a built-in metric; results would be hard to tell apart")
        }
    }

    private mutating func checkNames() {
        var seen: Set<String> = []
        var seenFolded: Set<String> = []
        for name in names {
            if !seen.insert(name).inserted {
                problems.append("the name “\(PlainText.shown(name, limit: 63))” is given twice")
            } else if !seenFolded.insert(name.lowercased()).inserted {
                warnings.append("the name “\(PlainText.shown(name, limit: 63))” differs from another only in case")
            }
        }
    }

    /// Sentences about keys that have no meaning here.
    static func unknownKeys(_ object: JSON, _ known: [String]) -> [String] {
        (object.members ?? []).filter { !known.contains($0.name) }.map {
            "the key “\(PlainText.shown($0.name, limit: 60))” is unknown and ignored"
        }
    }
}

/// Checks one metric's definition.
private struct MetricCheck {
    private let definition: JSON
    private(set) var problems: [String] = []
    private(set) var warnings: [String] = []

    init(_ definition: JSON) {
        self.definition = definition
    }

    mutating func run() {
        checkName()
        checkInstructions()
        checkScale()
        warnings += CustomMetricsCheck.unknownKeys(definition, ["name", "instructions", "ratingScale"])
    }

    /// A text of the definition; reports when it is missing, of another kind, blank or too long.
    private mutating func text(_ value: JSON?, _ name: String, limit: Int) -> String? {
        guard let value else {
            problems.append("“\(name)” is missing")
            return nil
        }
        guard let text = value.string else {
            problems.append("“\(name)” is \(value.kindName) where a text is needed")
            return nil
        }
        let count = text.unicodeScalars.count
        if text.allSatisfy(\.isWhitespace) {
            problems.append("“\(name)” is empty")
        } else if count > limit {
            problems.append("“\(name)” has \(count) characters; at most \(limit) are allowed")
        }
        return text
    }

    private mutating func checkName() {
        guard let name = text(definition["name"], "name", limit: 63), !name.isEmpty else { return }
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        if !allowed, !name.allSatisfy(\.isWhitespace) {
            problems.append("“name” may hold only letters a–z and A–Z, digits, “-”, “_” and “.”")
        }
    }

    private mutating func checkInstructions() {
        guard let text = text(definition["instructions"], "instructions", limit: 5000) else { return }
        guard !text.allSatisfy(\.isWhitespace) else { return }
        let variables = PromptVariables(text)
        let hasNeeded = variables.used.contains("prompt") || variables.used.contains("prediction")
        for miss in variables.nearMisses {
            let meant = miss.meant.map { "; write {{\($0)}}" }
            let sentence = "“\(PlainText.shown(miss.text, limit: 60))” is no variable\(meant ?? "")"
            if miss.meant != nil, miss.isDouble || !hasNeeded {
                problems.append(sentence)
            } else {
                warnings.append(sentence)
            }
        }
        if !hasNeeded { problems.append("“instructions” need {{prompt}} or {{prediction}}, written exactly so") }
        let words = PromptVariables.wordCount(variables.textBefore) + PromptVariables.wordCount(variables.textAfter)
        if words == 0 {
            problems.append("“instructions” say nothing but variables")
        } else if words < 15 {
            warnings.append(
                "the instructions have \(PlainText.count(words, "word")); the judge needs at least 15 to go by"
            )
        }
        if hasNeeded, PromptVariables.wordCount(variables.textAfter) > 8 * variables.used.count {
            warnings.append("the variables should come last, after everything the judge shall do")
        }
        if hasNeeded, !variables.used.contains("prediction") {
            warnings.append("without {{prediction}} the judge does not see the model's answer")
        }
        if hasNeeded, !variables.used.contains("ground_truth") {
            warnings.append("without {{ground_truth}} the judge does not see the reference answer")
        }
    }

    private mutating func checkScale() {
        guard let scale = definition["ratingScale"] else {
            warnings.append("without a rating scale there are no charts and no average scores")
            return
        }
        guard let ratings = scale.array else {
            problems.append("“ratingScale” is \(scale.kindName) where a list is needed")
            return
        }
        if ratings.isEmpty { problems.append("“ratingScale” is empty; leave it out or give 1 to 10 ratings") }
        if ratings.count > 10 { problems.append("“ratingScale” has \(ratings.count) ratings; at most 10 are allowed") }
        var values: [JSON] = []
        for (index, rating) in ratings.enumerated() {
            if let value = check(rating, "rating \(index + 1)") { values.append(value) }
        }
        if values.contains(where: { $0.string == nil }), values.contains(where: { $0.string != nil }) {
            problems.append("“ratingScale” mixes numbers and texts as values")
        }
        if Set(values).count < values.count { warnings.append("“ratingScale” has the same value twice") }
    }

    private mutating func check(_ rating: JSON, _ label: String) -> JSON? {
        guard rating.members != nil else {
            problems.append("\(label) is \(rating.kindName) where an object is needed")
            return nil
        }
        _ = text(rating["definition"], "\(label): definition", limit: 100)
        warnings += CustomMetricsCheck.unknownKeys(rating, ["definition", "value"]).map { "\(label): \($0)" }
        guard let value = rating["value"], value.members != nil else {
            problems.append("\(label) needs a “value” with “floatValue” or “stringValue”")
            return nil
        }
        switch (value["floatValue"], value["stringValue"]) {
        case (let number?, nil):
            guard case .number = number else {
                problems.append("\(label): “floatValue” is \(number.kindName) where a number is needed")
                return nil
            }
            return number
        case (nil, let word?):
            return text(word, "\(label): stringValue", limit: 100).map(JSON.string)
        case (nil, nil):
            problems.append("\(label) needs “floatValue” or “stringValue” in its “value”")
        default:
            problems.append("\(label) has both “floatValue” and “stringValue”; keep one")
        }
        return nil
    }
}
