import Diagnostics
import Foundation
import Testing
import Transcripts

/// A folder with files in it that is gone when the test has ended.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func text(of name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }
}

@Suite("Transcripts share their openings")
struct TranscriptIncludeTests {
    private func load(_ folder: TemporaryFolder, _ name: String, root: String = "") throws -> Transcript {
        try TranscriptLoader(root: TranscriptRoot(folder.path + root)).load(folder.path + "/" + name)
    }

    private func messages(_ folder: TemporaryFolder, _ name: String, root: String = "") -> [String] {
        let error = #expect(throws: DiagnosticsError.self) { try load(folder, name, root: root) }
        return error?.diagnostics.map { $0.description.replacing(folder.path + "/", with: "") } ?? []
    }

    @Test("What is included stands in its place, with its fields and variables where the file has none")
    func tree() throws {
        let folder = try TemporaryFolder([
            "cases/a.transcript":
                "tags: x\nvar: data = mine\n\ninclude: ../openings/two.transcript\n\nuser: end ${colour}\n",
            "openings/two.transcript":
                "flow: tea\naws: aws/b.yaml, c.yaml\nvar: data = theirs\ninclude: deep/one.transcript\nuser: ${data}\n",
            "openings/deep/one.transcript": "workspace: w.yaml\noffline: yes\nvar: colour = red\n\nbot: first\n",
        ])
        let transcript = try load(folder, "cases/a.transcript")
        let compared = transcript.entries.filter { if case .remark = $0.kind { false } else { true } }
        #expect(
            compared.map(\.kind) == [
                .include("../openings/two.transcript"), .include("deep/one.transcript"), .bot("first"),
                .user(.text("mine")), .user(.text("end red")),
            ]
        )
        #expect(compared.map(\.origin) == [0, 1, 2, 1, 0])
        #expect(
            compared.map { transcript.file(of: $0).split(separator: "/").last } == [
                "a.transcript", "two.transcript", "one.transcript", "two.transcript", "a.transcript",
            ]
        )
        #expect(transcript.field("flow") == "tea")
        #expect(transcript.list("aws") == ["../openings/aws/b.yaml", "../openings/c.yaml"])
        #expect(transcript.list("workspace") == ["../openings/deep/w.yaml"])
        #expect(transcript.field("offline") == "yes")
        #expect(transcript.tags == ["x"])
        #expect(transcript.text == folder.text(of: "cases/a.transcript"))
    }

    @Test("A circle is shown as a chain")
    func circle() throws {
        let folder = try TemporaryFolder([
            "a.transcript": "include: b.transcript\n", "b.transcript": "\ninclude: c/c.transcript\n",
            "c/c.transcript": "include: ../a.transcript\n", "self.transcript": "include: self.transcript\n",
        ])
        #expect(
            messages(folder, "a.transcript") == [
                "c/c.transcript:1:10: error: the files include each other in a circle: "
                    + "a.transcript -> b.transcript -> c/c.transcript -> a.transcript"
            ]
        )
        #expect(
            messages(folder, "self.transcript") == [
                "self.transcript:1:10: error: the files include each other in a circle: self.transcript -> self.transcript"
            ]
        )
    }

    @Test("No path leaves the root, by whatever way")
    func root() throws {
        let folder = try TemporaryFolder([
            "secret.transcript": "bot: x\n", "root/up.transcript": "include: ../secret.transcript\n",
            "root/absolute.transcript": "include: /etc/passwd\n",
            "root/link.transcript": "include: way/secret.transcript\n",
            "root/file-link.transcript": "include: alias.transcript\n",
            "root/missing.transcript": "include: no.transcript\n",
            "root/folder.transcript": "include: inner\n", "root/inner/fine.transcript": "include: ../fine.transcript\n",
            "root/fine.transcript": "bot: x\n", "rootless/x.transcript": "bot: x\n",
            "root/sibling.transcript": "include: ../rootless/x.transcript\n",
        ])
        let files = FileManager.default
        try files.createSymbolicLink(atPath: folder.path + "/root/way", withDestinationPath: folder.path)
        try files.createSymbolicLink(
            atPath: folder.path + "/root/alias.transcript",
            withDestinationPath: "../secret.transcript"
        )
        func message(_ name: String) -> String? { messages(folder, "root/\(name).transcript", root: "/root").first }
        let root = "root"
        #expect(message("up") == "root/up.transcript:1:10: error: '../secret.transcript' lies outside of \(root)")
        #expect(
            message("absolute")
                == "root/absolute.transcript:1:10: error: '/etc/passwd' is an absolute path; name it relative to this file"
        )
        #expect(message("link") == "root/link.transcript:1:10: error: 'way/secret.transcript' lies outside of \(root)")
        #expect(
            message("file-link") == "root/file-link.transcript:1:10: error: 'alias.transcript' lies outside of \(root)"
        )
        #expect(
            message("sibling")
                == "root/sibling.transcript:1:10: error: '../rootless/x.transcript' lies outside of \(root)"
        )
        #expect(
            message("missing")
                == "root/missing.transcript:1:10: error: there is no file 'no.transcript' that can be read, relative to this file"
        )
        #expect(message("folder") == "root/folder.transcript:1:10: error: root/inner: is not a file")
        #expect(try load(folder, "root/inner/fine.transcript", root: "/root").entries.count == 2)
    }

    @Test("Depth and total size have their limits")
    func limits() throws {
        let folder = try TemporaryFolder([:])
        for level in 0..<20 { try folder.write("include: \(level + 1).transcript\n", to: "\(level).transcript") }
        try folder.write("bot: x\n", to: "20.transcript")
        #expect(messages(folder, "0.transcript").first?.hasSuffix("files include each other more than 16 deep") == true)
        #expect(try load(folder, "10.transcript").entries.count == 11)
        // Each file includes the next one four times: 4^12 times the last one.
        for level in 0..<12 {
            let line = "include: w\(level + 1).transcript\n"
            try folder.write(String(repeating: line, count: 4), to: "w\(level).transcript")
        }
        try folder.write("# " + String(repeating: "x", count: 1_000) + "\n", to: "w12.transcript")
        #expect(
            messages(folder, "w0.transcript").first?.contains("with all that is included there are more than") == true
        )
    }

    @Test("What is wrong in an included file is said there")
    func mistakes() throws {
        let folder = try TemporaryFolder([
            "a.transcript": "include: b.transcript\nuser: ${x}\n", "b.transcript": "bot: a\ndo: b\n",
            "c.transcript": "include: d.transcript\nuser: ${y}\n", "d.transcript": "var: x = 1\nuser: ${z} ${x}\n",
        ])
        #expect(
            messages(folder, "a.transcript").first
                == "a.transcript:2:7: error: there is no variable 'x'; declare it by "
                + "'var: x = …' in the header, or write '$${x}' for the text itself"
        )
        #expect(messages(folder, "a.transcript").last == "b.transcript:2:5: error: expected 'do: ACTION -> OUTCOME'")
        #expect(
            messages(folder, "c.transcript").map { String($0.prefix(24)) } == [
                "c.transcript:2:7: error:", "d.transcript:2:7: error:",
            ]
        )
    }
}
