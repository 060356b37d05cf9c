import Dialogue
import Foundation
import Synchronization
import Testing
import TranscriptTesting
import Transcripts

/// Transcripts of the flow of `Examples/tea`, written for each test.
private struct Folder {
    let path: String

    init(_ files: [String: String]) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8) }
        path = url.path
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Transcripts as cases of Swift Testing")
struct TranscriptTestingTests {
    private static let prompts = "../../Examples/tea/prompts"
    private let bot = TestedBot(
        flow: "tea",
        prompts: prompts,
        actions: [
            ActionSignature(
                name: "check_stock",
                inputs: [.init("tea", .text)],
                outputs: [.init("left", .number, isRequired: false)],
                outcomes: ["in_stock", "sold_out"]
            )
        ]
    )

    private static let opening = "bot: Which tea?\n  1. Green tea\n  2. Mint tea\n"

    /// What a check records: the comment and the place of each issue.
    private func issues(
        _ bot: TestedBot,
        _ transcript: TranscriptCase
    ) async -> [(text: String, place: SourceLocation?)] {
        let found = Mutex<[(text: String, place: SourceLocation?)]>([])
        await withKnownIssue(isIntermittent: true) {
            await bot.check(transcript)
        } matching: { issue in
            let text = issue.comments.map(\.rawValue).joined(separator: "\n")
            found.withLock { $0.append((text, issue.sourceLocation)) }
            return true
        }
        return found.withLock { $0 }
    }

    @Test("Each transcript is a case, named by its path")
    func cases() throws {
        let folder = try Folder(["b.transcript": "bot: x\n", "a.transcript": "", "c.txt": ""])
        defer { folder.remove() }
        let cases = TranscriptCase.all(in: folder.path)
        #expect(cases.map(\.testDescription) == ["a.transcript", "b.transcript"])
        #expect(cases.map(\.file) == ["\(folder.path)/a.transcript", "\(folder.path)/b.transcript"])
        let examples = TranscriptCase.all(in: "../../Examples/tea/Tests/TeaTests/Transcripts")
        #expect(examples.map(\.testDescription) == ["green.transcript", "sold-out.transcript"])
    }

    @Test("What goes as written is no issue")
    func passes() async throws {
        let folder = try Folder(["a.transcript": Self.opening + "expect: step tea\n"])
        defer { folder.remove() }
        for transcript in TranscriptCase.all(in: folder.path) {
            #expect(await issues(bot, transcript).isEmpty)
        }
    }

    @Test("What transcripts share is included, and lies in their folder")
    func includes() async throws {
        let folder = try Folder([
            "a.transcript": "include: opening.part\nexpect: step tea\n", "opening.part": Self.opening,
            "b.transcript": "include: ../opening.part\n",
        ])
        defer { folder.remove() }
        let cases = TranscriptCase.all(in: folder.path)
        #expect(await issues(bot, cases[0]).isEmpty)
        #expect(await issues(bot, cases[1]).first?.text.contains("b.transcript:1:10: error:") == true)
    }

    @Test("What goes otherwise is an issue at its line, with the difference")
    func differs() async throws {
        let folder = try Folder(["a.transcript": "# A comment.\n\nbot: Which coffee?\nexpect: step cups\n"])
        defer { folder.remove() }
        let found = await issues(bot, TranscriptCase.all(in: folder.path)[0])
        #expect(found.count == 1)
        let file = folder.path + "/a.transcript"
        #expect(found.first?.text.hasPrefix("\(file):") == true, "\(found)")
        for words in ["\(file):3: ", "- Which coffee?", "+ Which tea?", "expected 'cups', but it is 'tea'"] {
            #expect(found.first?.text.contains(words) == true, "\(found)")
        }
        #expect(found.first?.place?.line == 3)
        #expect(found.first?.place.map { "\($0)" }?.hasSuffix("a.transcript:3:1") == true)
    }

    @Test("What cannot be read is an issue at its mistake")
    func unreadable() async throws {
        let folder = try Folder(["a.transcript": Self.opening + "nonsense\n"])
        defer { folder.remove() }
        let found = await issues(bot, TranscriptCase.all(in: folder.path)[0])
        #expect(
            found.first?.text.hasPrefix("\(folder.path)/a.transcript:4:1: error: expected 'user:'") == true,
            "\(found)"
        )
        #expect(found.first?.place?.line == 4)
    }

    @Test("A folder that is not there, or holds nothing, fails instead of passing unseen")
    func empty() async throws {
        let folder = try Folder([:])
        defer { folder.remove() }
        for (path, words) in [(folder.path, "no transcripts"), (folder.path + "/none", "no such file or folder")] {
            let cases = TranscriptCase.all(in: path)
            #expect(cases.count == 1)
            let found = await issues(bot, cases[0])
            #expect(found.first?.text.contains(words) == true, "\(found)")
        }
    }

    @Test("A flow that is not there, or has mistakes, is an issue")
    func flows() async throws {
        let folder = try Folder(["a.transcript": "flow: coffee\n" + Self.opening, "b.transcript": Self.opening])
        defer { folder.remove() }
        let cases = TranscriptCase.all(in: folder.path)
        let missing = await issues(bot, cases[0])
        #expect(missing.first?.text.contains("there is no flow 'coffee'") == true, "\(missing)")
        // Without its signature the flow's action is unknown.
        let broken = await issues(TestedBot(flow: "tea", prompts: Self.prompts), cases[1])
        #expect(broken.first?.text.contains("tea/flow.yaml:16:") == true, "\(broken)")
    }
}
