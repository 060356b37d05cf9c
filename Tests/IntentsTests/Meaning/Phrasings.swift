import Diagnostics
import Foundation
import Intents

/// Replies as people write them, labelled by what they mean: the tables of phrasings among the transcripts.
enum Phrasings {
    /// The rows of a table.
    static func read(_ name: String) throws -> [LabelledReply] {
        try read(path: root.appending(path: "Tests/Transcripts/model-evaluation/phrasings/\(name).phrasings.tsv").path)
    }

    /// The rows of a table anywhere on disk.
    static func read(path: String) throws -> [LabelledReply] {
        var diagnostics = DiagnosticList()
        let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        let known = Set(CommonRules.all.filter { $0.kind == .command }.map(\.intent))
        let replies = LabelledReply.read(
            text,
            file: path,
            known: known.union(Evaluation.measuredIntents),
            diagnostics: &diagnostics
        )
        try diagnostics.throwIfErrors()
        return replies
    }

    /// The folder of the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Utterances that many people wrote for an assistant; not part of the package.
    static let collected = root.appending(path: "../shared/data/clinc150/train.tsv").standardizedFileURL.path
}
