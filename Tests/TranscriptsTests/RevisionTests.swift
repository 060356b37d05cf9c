import Foundation
import Testing
import Transcripts

@Suite("An update changes only what went another way")
struct RevisionTests {
    @Test("Comments, spaces, expectations and what matches stay")
    func keeps() async throws {
        let text = """
            flow:  tea

            # The opening.
            bot:  Which tea?
              1. Green tea

            user:   green
            # Before.
            bot~: How many [..] of it?
            # After.
            expect:  step   cups

            user: 2
            bot: 3 x Green tea. Is that right?
            bot: And then some.
            # She is sure.

            user: yes
            expect: end served
            """
        let result = try await TeaFlow.play(text)
        #expect(
            result.actual.text == """
                flow:  tea

                # The opening.
                bot: Which tea would you like?
                  1. Green tea
                  2. Black tea

                user:   green
                # Before.
                bot~: How many [..] of it?
                # After.
                expect:  step   cups

                user: 2
                bot: 2 x Green tea. Is that right?
                # She is sure.

                user: yes
                do: brew -> done
                bot: Your tea is ready.
                expect: end served
                """
        )
        #expect(result.revisions.map(\.file) == ["t"])
        let again = try await TeaFlow.play(result.actual.text)
        #expect(again.isPassed)
        #expect(again.revisions.isEmpty)
    }

    @Test("A transcript of replies alone is filled in")
    func fills() async throws {
        let result = try await TeaFlow.play("flow: tea\n\nuser: green\nuser: 2\nexpect: step summary\n\nuser: yes\n")
        #expect(
            result.actual.text == """
                flow: tea

                bot: Which tea would you like?
                  1. Green tea
                  2. Black tea

                user: green
                bot: How many cups of it?

                user: 2
                bot: 2 x Green tea. Is that right?
                expect: step summary

                user: yes
                do: brew -> done
                bot: Your tea is ready.

                """
        )
    }

    @Test(
        "Line ends, variables and the lines of a pattern that match survive",
        arguments: [
            (
                "var: tea = Green tea\n\nbot~: [..]\n  1. Green[..]\n  [...]\n\nuser: green\nbot: a ${tea}\n",
                "var: tea = Green tea\n\nbot~: [..]\n  1. Green[..]\n  [...]\n\nuser: green\nbot: How many cups of it?\n"
            ),
            (
                "var: tea = Green tea\n\nbot~: [..]\n  1. ${tea}\n  2. Red [..]\n\nuser: green\nbot~: How [..]\nuser: 2\nbot: 3 x ${tea}. Is that right?\n",
                "var: tea = Green tea\n\nbot~: [..]\n  1. ${tea}\n  2. Black tea\n\nuser: green\nbot~: How [..]\nuser: 2\nbot: 2 x ${tea}. Is that right?\n"
            ),
            (
                "flow: tea\r\n\r\nbot: x\r\n\r\nuser: green\r\nbot~: How[..]\r\n",
                "flow: tea\r\n\r\nbot: Which tea would you like?\r\n  1. Green tea\r\n  2. Black tea\r\n\r\nuser: green\r\nbot~: How[..]\r\n"
            ),
            (
                "bot~: Which \\[..]\n  [...]\n  2. Red tea\n",
                "bot~: Which tea would you like?\n  [...]\n  2. Black tea\n"
            ),
        ]
    )
    func survives(text: String, updated: String) async throws {
        let result = try await TeaFlow.play(text)
        #expect(result.actual.text == updated)
        #expect(try await TeaFlow.play(updated).isPassed)
    }

    @Test("What is included is changed where it stands")
    func includes() async throws {
        let folder = try TemporaryFolder([
            "a.transcript": "include: open.transcript\nbot: How many?\n\nuser: 2\nbot: 2 x Green tea. Is that right?\n",
            "open.transcript": "# Shared.\nbot: Which?\n\nuser: green\n",
        ])
        let loader = try TranscriptLoader(root: TranscriptRoot(folder.path))
        let transcript = try loader.load(folder.path + "/a.transcript")
        let result = try await TranscriptRunner(flow: TeaFlow.compile()).run(transcript, on: TranscriptStage())
        #expect(result.revisions.map { $0.file.split(separator: "/").last } == ["a.transcript", "open.transcript"])
        for revision in result.revisions { try revision.write() }
        #expect(
            folder.text(of: "open.transcript")
                == "# Shared.\nbot: Which tea would you like?\n  1. Green tea\n  2. Black tea\n\nuser: green\n"
        )
        #expect(
            folder.text(of: "a.transcript")
                == "include: open.transcript\nbot: How many cups of it?\n\nuser: 2\nbot: 2 x Green tea. Is that right?\n"
        )
        loader.forget()
        let again = try loader.load(folder.path + "/a.transcript")
        #expect(try await TranscriptRunner(flow: TeaFlow.compile()).run(again, on: TranscriptStage()).isPassed)
    }

    @Test("Random edits of a transcript are all undone by one update")
    func random() async throws {
        let flow = try TeaFlow.compile()
        var random = SeededGenerator(seed: 3)
        let lines = TeaFlow.transcript.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let spare = [
            "bot: other", "bot~: [..] tea [..]", "do: brew -> done", "# note", "", "expect: step cups", "bot~: [...]",
        ]
        for _ in 0..<400 {
            var edited = lines
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 3..<edited.count, using: &random)
                let isReply = edited[index].hasPrefix("user:")
                switch Int.random(in: 0..<2, using: &random) {
                case 0 where !isReply && !edited[index].hasPrefix("  "): edited.remove(at: index)
                default: edited.insert(spare.randomElement(using: &random) ?? "", at: index)
                }
            }
            guard let transcript = try? TranscriptParser.parse(edited.joined(separator: "\n"), file: "t") else {
                continue
            }
            let stage = TranscriptStage(runner: TeaFlow.Kitchen())
            let result = try await TranscriptRunner(flow: flow).run(transcript, on: stage)
            let updated = try TranscriptParser.parse(result.actual.text, file: "t")
            let again = try await TranscriptRunner(flow: flow).run(updated, on: stage)
            #expect(again.changes.isEmpty, "\(edited.joined(separator: "\n"))\n---\n\(result.actual.text)")
            #expect(again.actual.text == result.actual.text)
            // The author's own lines are all there.
            for remark in edited where remark.hasPrefix("#") || remark.hasPrefix("user:") || remark.hasPrefix("expect:")
            {
                #expect(result.actual.text.contains(remark))
            }
        }
    }
}

@Suite("Revisions wait for a review")
struct PendingRevisionTests {
    @Test("An accepted one is written, a rejected one is gone")
    func review() throws {
        let folder = try TemporaryFolder(["a.transcript": "bot: old\r\n", "b.transcript": "bot: old"])
        for name in ["a", "b"] {
            let file = "\(folder.path)/\(name).transcript"
            let original = try TranscriptFiles.read(file)
            try PendingRevision(Revision(file: file, original: original, text: "bot: new\r\n")).write()
        }
        let waiting = try PendingRevision.find(in: [folder.path])
        #expect(waiting.map { $0.dropFirst(folder.path.count) } == ["/a.transcript.pending", "/b.transcript.pending"])
        #expect(try TranscriptFiles.find(in: [folder.path]).count == 2)
        let first = try PendingRevision(reading: waiting[0])
        #expect(try first.revision().difference == ["@@ -1,1 +1,1 @@", "-bot: old\r", "+bot: new\r"])
        try first.accept()
        try PendingRevision(reading: waiting[1]).remove()
        #expect(folder.text(of: "a.transcript") == "bot: new\r\n")
        #expect(folder.text(of: "b.transcript") == "bot: old")
        #expect(try PendingRevision.find(in: [folder.path]).isEmpty)
    }

    @Test("One whose file has changed since is not taken over")
    func stale() throws {
        let folder = try TemporaryFolder(["a.transcript": "bot: old\n"])
        let file = folder.path + "/a.transcript"
        let revision = Revision(file: file, original: "bot: old\n", text: "bot: new\n")
        try PendingRevision(revision).write()
        try folder.write("bot: edited\n", to: "a.transcript")
        let pending = try PendingRevision(reading: file + ".pending")
        let error = #expect(throws: PendingRevision.Failure.self) { try pending.accept() }
        #expect(error?.description == "\(file): has changed since; run usher test again")
        #expect(throws: PendingRevision.Failure.self) { try revision.write() }
        #expect(folder.text(of: "a.transcript") == "bot: edited\n")
        #expect(folder.text(of: "a.transcript.pending") != nil)
    }

    @Test("A file of another kind is left alone")
    func foreign() throws {
        let folder = try TemporaryFolder(["a.pending": "something else\n"])
        #expect(throws: PendingRevision.Failure.self) { try PendingRevision(reading: folder.path + "/a.pending") }
    }

    @Test("Through a symbolic link the file that it means is written")
    func link() throws {
        let folder = try TemporaryFolder(["real/a.transcript": "bot: old\n"])
        let link = folder.path + "/link.transcript"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real/a.transcript")
        try Revision(file: link, original: "bot: old\n", text: "bot: new\n").write()
        #expect(folder.text(of: "real/a.transcript") == "bot: new\n")
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == "real/a.transcript")
    }

    @Test("A file that two transcripts want to be different is a conflict")
    func ledger() {
        var ledger = RevisionLedger()
        let first = Revision(file: "shared", original: "a", text: "b")
        #expect(ledger.note(first, of: "x") == .new)
        #expect(ledger.note(first, of: "y") == .known)
        #expect(ledger.note(Revision(file: "shared", original: "a", text: "c"), of: "z") == .conflict(with: "x"))
        #expect(ledger.note(Revision(file: "other", original: "a", text: "c"), of: "z") == .new)
    }
}
