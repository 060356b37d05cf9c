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

    /// One of them with all that it includes.
    static func load(_ file: String) throws -> Transcript { try loader.get().load(file) }

    static let source = FlowSource(
        "model-evaluation",
        files: BundledPrompts.files.map { FlowSource.File(path: $0.path, text: $0.text) }
    )
    static let flows = Flows()

    /// Compiles each entry once.
    actor Flows {
        private var compiled: [String: Flow] = [:]

        func flow(_ entry: String?) throws -> Flow {
            if let flow = compiled[entry ?? ""] { return flow }
            let flow = try FlowCompiler(actions: ActionRegistry.all.signatures).compile(source, entry: entry)
            compiled[entry ?? ""] = flow
            return flow
        }
    }

    @Test("There are enough of them")
    func enough() {
        #expect(Self.files.count >= 60)
    }

    @Test("The conversation goes as written", arguments: files.map { String($0.dropFirst(folder.count + 1)) })
    func golden(name: String) async throws {
        let file = Self.folder + "/" + name
        let transcript = try Self.load(file)
        let flow = try await Self.flows.flow(transcript.field("entry"))
        let stage = try RecordedWorld(
            cassettes: transcript.list("aws").map { try TranscriptFiles.read(beside: file, $0) },
            workspace: transcript.list("workspace").map { try TranscriptFiles.read(beside: file, $0) },
            isOffline: transcript.field("offline") == "yes",
            data: Self.source.data
        )
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
