/// A rating scale as people say it, made into what the service reads.
struct RatingScale: Sendable, Hashable {
    /// Why words make no scale.
    struct Mistake: Error, Sendable, Hashable {
        var reason: String
    }

    /// The `ratingScale` of a metric; `nil` for none.
    let json: JSON?

    /// Reads `1-5`, `yes/no`, `none`, or a list of words: `good, bad` or `good: no mistakes; bad: useless`.
    ///
    /// - Throws: ``Mistake`` for what makes no scale or one of more than ten ratings.
    init(_ text: String) throws(Mistake) {
        let words = text.trimmed
        guard !["", "none", "no", "no scale"].contains(words.lowercased()) else {
            json = nil
            return
        }
        if let range = try Self.range(words) {
            json = .array(range)
            return
        }
        let separator: Character = words.contains(";") ? ";" : words.contains(",") ? "," : "/"
        let labels = words.split(separator: separator).map { String($0).trimmed }.filter { !$0.isEmpty }
        guard (2...10).contains(labels.count) else {
            throw Mistake(
                reason:
                    "“\(PlainText.shown(words, limit: 60))” is no scale; give a range like 1-5, “yes/no”, “none”, or 2 to 10 words"
            )
        }
        json = .array(labels.map(Self.rating))
    }

    private static func range(_ text: String) throws(Mistake) -> [JSON]? {
        let ends = ["–", "—", "..", " to ", "-"].lazy
            .map { text.split(separator: $0, maxSplits: 1).map { String($0).trimmed } }
            .first { $0.count == 2 && $0.allSatisfy { Int($0) != nil } }
        guard let ends, let low = Int(ends[0]), let high = Int(ends[1]) else { return nil }
        guard low < high, high - low < 10 else {
            throw Mistake(reason: "a scale from \(low) to \(high) does not have 2 to 10 ratings")
        }
        return (low...high).map { value in
            let definition = definition(of: value - low + 1, among: high - low + 1)
            return ["definition": .string(definition), "value": ["floatValue": .number(String(value))]]
        }
    }

    private static func definition(of step: Int, among count: Int) -> String {
        switch (step, count) {
        case (1, 2): "Not met"
        case (2, 2): "Met"
        case (1, _): "Very poor"
        case (_, step): "Very good"
        case (2, 3), (3, 5): "Fair"
        case (2, 5): "Poor"
        case (4, 5): "Good"
        default: "Step \(step) of \(count) from very poor to very good"
        }
    }

    private static func rating(_ text: String) -> JSON {
        for separator in [":", "="] {
            let parts = text.split(separator: separator, maxSplits: 1).map { String($0).trimmed }
            if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty {
                return ["definition": .string(parts[1]), "value": ["stringValue": .string(parts[0])]]
            }
        }
        let definition: String =
            switch text.lowercased() {
            case "yes": "The criterion is met"
            case "no": "The criterion is not met"
            default: text
            }
        return ["definition": .string(definition), "value": ["stringValue": .string(text)]]
    }
}
