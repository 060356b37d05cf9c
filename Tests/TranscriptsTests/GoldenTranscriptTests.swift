import Actions
import BundledPrompts
import Dialogue
import Foundation
import Testing
import Transcripts

/// The golden transcripts of the bundled flow: what it says and does, word by word.
@Suite("Golden transcripts")
struct GoldenTranscriptTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Transcripts").path
    static let files = (try? TranscriptFiles.find(in: [folder])) ?? []
    private static let loader = Result { TranscriptLoader(root: try TranscriptRoot(folder)) }
    private static let kept = Kept<Transcript>()

    /// One of them with all that it includes.
    static func load(_ file: String) throws -> Transcript {
        try kept.value(file) { try loader.get().load(file) }
    }

    @Test("There are enough of them")
    func enough() {
        #expect(Self.files.count >= 60)
    }

    @Test("The conversation goes as written", arguments: files.map { String($0.dropFirst(folder.count + 1)) })
    func golden(name: String) async throws {
        let file = Self.folder + "/" + name
        let transcript = try Self.load(file)
        let flow = try BundledFlow.compiled(entry: transcript.field("entry"))
        let stage = try BundledFlow.world(of: transcript)
        let result = try await TranscriptRunner(flow: flow).run(
            transcript,
            on: TranscriptStage(runner: ActionRegistry.all.runner(in: stage.world), file: stage.file)
        )
        for line in result.broken { Issue.record(Comment(rawValue: line)) }
        if !result.difference.isEmpty {
            Issue.record(Comment(rawValue: "\(name):\n" + result.difference.joined(separator: "\n")))
        }
        #expect(result.actual.entries.count { $0.isQuestionless } == 0)
    }
}

extension Transcript.Entry {
    fileprivate var isQuestionless: Bool { if case .bot(let text) = kind { text.isEmpty } else { false } }
}
