public import Dialogue
public import Intents

/// Finds model package groups by words that the user remembers of a model or a training job.
///
/// The words are reduced to what a group's name can hold. First all of them are tried together, joined by hyphens; only
/// where that finds nothing each is tried alone, and groups that hold more of them come first.
public struct FindModelPackageGroups: Action {
    /// `find_model_package_groups`.
    public static let signature = ActionSignature(
        name: "find_model_package_groups",
        inputs: [.init("keywords", .text), .init("region", .text, isRequired: false)],
        outputs: [.init("groups", .options, isRequired: false)] + AWSOutcomes.outputs,
        outcomes: ["found", "none"] + AWSOutcomes.failures()
    )

    /// How many words are tried alone, and how many groups are told.
    private static let wordLimit = 4
    private static let groupLimit = 20
    /// Words of a sentence around the name, never tried alone.
    private static let fillers: Set<String> = [
        "a", "about", "an", "and", "called", "for", "group", "in", "is", "it", "like", "model", "my", "named", "of",
        "on",
        "or", "our", "something", "the", "to", "was", "with",
    ]

    /// Makes the action.
    public init() {}

    /// Looks for groups.
    public func run(
        _ input: [String: Value],
        in world: World,
        progress: @escaping @Sendable (String) -> Void
    ) async throws -> ActionResult {
        let words = Self.words(input["keywords"]?.text ?? "")
        let region = input["region"]?.text
        return try await reportingFailures {
            var groups: [ModelPackageGroupSummary] = []
            if !words.isEmpty { progress("Looking for model package groups") }
            for attempt in Self.attempts(words) where groups.isEmpty {
                var seen: Set<String> = []
                for text in attempt {
                    groups += try await world.aws.listModelPackageGroups(nameContains: text, region: region)
                        .filter { seen.insert($0.name).inserted }
                }
            }
            guard !groups.isEmpty else { return ActionResult(outcome: "none") }
            let best = Self.ranked(groups, words).prefix(Self.groupLimit)
            let options = best.map { Value.record(["id": .text($0.arn ?? $0.name), "name": .text($0.name)]) }
            return ActionResult(outcome: "found", values: ["groups": .list(options)])
        }
    }

    /// Runs of letters, digits and hyphens in their order, each once.
    static func words(_ text: String) -> [String] {
        var seen: Set<String> = []
        return text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }
            .map { word in
                let front = word.drop { $0 == "-" }
                return String(front.reversed().drop { $0 == "-" }.reversed())
            }
            .filter { !$0.isEmpty && $0.utf8.count <= 63 && seen.insert($0.lowercased()).inserted }
    }

    /// What to look for, the next only where the one before found nothing.
    static func attempts(_ words: [String]) -> [[String]] {
        let telling = words.filter { !fillers.contains($0.lowercased()) && $0.utf8.count > 1 }
        let alone = Array((telling.isEmpty ? words : telling).prefix(wordLimit))
        let joined = alone.joined(separator: "-")
        var attempts = alone.count > 1 && joined.utf8.count <= 63 ? [[joined]] : []
        if !alone.isEmpty { attempts.append(alone) }
        // Names are often in lower case, and the API does not say whether it looks at case.
        let lowered = alone.map { $0.lowercased() }
        if lowered != alone { attempts.append(lowered) }
        return attempts
    }

    /// Groups that hold more of the words first; else in the order given.
    private static func ranked(_ groups: [ModelPackageGroupSummary], _ words: [String]) -> [ModelPackageGroupSummary] {
        let scored = groups.enumerated().map { index, group in
            let name = group.name.lowercased()
            return (group: group, count: words.count { name.contains($0.lowercased()) }, index: index)
        }
        return scored.sorted { ($1.count, $0.index) < ($0.count, $1.index) }.map(\.group)
    }
}
