import Diagnostics
import Foundation
import Intents
import YAMLReading

/// The rules of `prompts/common/`, as they lie in the package.
enum CommonRules {
    static let files = ["amendments", "answers", "back", "commands", "corrections", "polarity"]

    static let all: [Rule] = {
        var rules: [Rule] = []
        for name in files { rules += load("common/\(name).yaml") }
        return rules
    }()

    static let resolver = Resolver(
        rules: all,
        vocabulary: [
            SlotVocabulary(index: 0, type: .text(limit: 100), names: ["SLOT", "task"]),
            SlotVocabulary(index: 1, type: .region, names: ["region"]),
            SlotVocabulary(index: 2, type: .s3URI(.object), names: ["dataset", "data set"]),
        ],
        entities: EntityTypes.all
    )

    static func load(_ path: String, slotNames: String = "SLOT|task|region|data\\s+set|dataset") -> [Rule] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let url = root.appending(path: "prompts/\(path)")
        var diagnostics = DiagnosticList()
        guard let text = try? String(contentsOf: url, encoding: .utf8),
            let root = YAMLNode(text, file: path, diagnostics: &diagnostics),
            let file = RuleFile(root, diagnostics: &diagnostics)
        else { return [] }
        let rules = RuleCompiler.compile(
            file,
            slotNames: slotNames,
            diagnostics: &diagnostics
        )
        for diagnostic in diagnostics.diagnostics { print(diagnostic) }
        return rules
    }
}
