import Foundation
import Testing

@testable import Terminal

struct CompletionStepTests {
    @Test(arguments: [
        ("", ["yes", "no"], CompletionStep.list(["yes", "no"])),
        ("x", [], .nothing),
        ("y", ["yes"], .replace(utf8Start: 0, text: "yes ")),
        ("yes ", ["yes "], .replace(utf8Start: 0, text: "yes  ")),
        ("/h", ["/help", "/history"], .list(["/help", "/history"])),
        ("/", ["/help", "/helium"], .replace(utf8Start: 0, text: "/hel")),
        ("/HEL", ["/help", "/helium"], .replace(utf8Start: 0, text: "/hel")),
        ("ž", ["žluť", "žlutá"], .replace(utf8Start: 0, text: "žlu")),
        ("zz", ["ab", "ac"], .list(["ab", "ac"])),
    ])
    func `Tab does what the candidates allow`(_ typed: String, _ words: [String], _ step: CompletionStep) {
        let completions = words.map { Completion(text: $0, utf8Start: 0) }
        #expect(CompletionStep(completions, line: typed, utf8Cursor: typed.utf8.count) == step)
    }

    @Test func `only the word before the cursor is replaced`() {
        let completion = Completion(text: "folder/", utf8Start: 4, endsWord: false)
        #expect(
            CompletionStep([completion], line: "see fo now", utf8Cursor: 6) == .replace(utf8Start: 4, text: "folder/")
        )
        #expect(CompletionStep([completion], line: "see folder/ now", utf8Cursor: 11) == .nothing)
    }

    @Test func `a start behind the cursor completes nothing`() {
        #expect(CompletionStep([Completion(text: "x", utf8Start: 9)], line: "ab", utf8Cursor: 2) == .nothing)
        #expect(CompletionStep([Completion(text: "x", utf8Start: -1)], line: "ab", utf8Cursor: 2) == .nothing)
    }

    @Test func `words complete whatever their case`() {
        #expect(
            Completion.words(["/help", "/why"], line: " /HE", utf8Cursor: 4) == [
                Completion(text: "/help", utf8Start: 1)
            ]
        )
        #expect(Completion.words(["yes", "no"], line: "", utf8Cursor: 0).map(\.text) == ["yes", "no"])
        #expect(Completion.words(["yes"], line: "yes please", utf8Cursor: 10).isEmpty)
    }

    @Test func `labels stand in columns, and cannot command the terminal`() {
        #expect(CompletionStep.columns(of: ["a", "bb", "c", "日本", "e"], width: 13) == ["a     日本", "bb    e", "c"])
        #expect(CompletionStep.columns(of: ["long-label", "b"], width: 3) == ["long-label", "b"])
        #expect(CompletionStep.columns(of: ["\u{1B}[2J"], width: 80) == ["␛[2J"])
        #expect(CompletionStep.columns(of: ["a", "b", "c"], width: 80, most: 2) == ["a  b", "… and 1 more"])
        #expect(CompletionStep.columns(of: [], width: 80).isEmpty)
    }
}

struct PathCompletionTests {
    private let folder: URL
    private let paths: PathCompletion

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "paths-\(UUID().uuidString)")
        for name in ["data", "žluť", ".hidden"] {
            try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        for name in ["data.jsonl", "data/a.json", "data/b.json", "with space", "esc\u{1B}[2J", "žluť/日本", ".env"] {
            try Data().write(to: folder.appending(path: name))
        }
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "link"),
            withDestinationURL: folder.appending(path: "data")
        )
        let path = folder.path(percentEncoded: false)
        paths = PathCompletion(home: path, workingFolder: path)
    }

    private func complete(_ line: String) -> [String] {
        defer { try? FileManager.default.removeItem(at: folder) }
        return paths.completions(line: line, utf8Cursor: line.utf8.count).map(\.text)
    }

    @Test(arguments: [
        ("", ["data.jsonl", "data/", "link/", "žluť/"]),
        ("d", ["data.jsonl", "data/"]),
        ("use d", ["data.jsonl", "data/"]),
        ("data/", ["data/a.json", "data/b.json"]),
        ("./data/a", ["./data/a.json"]),
        ("link/b", ["link/b.json"]),
        ("~", ["~/"]),
        ("~/da", ["~/data.jsonl", "~/data/"]),
        ("žluť/", ["žluť/日本"]),
        (".", [".env", ".hidden/"]),
        ("none/", []),
        ("data.jsonl/", []),
        ("x", []),
    ])
    func `names go on from what is typed`(_ line: String, _ names: [String]) {
        #expect(complete(line) == names)
    }

    @Test func `an absolute path is its own`() {
        #expect(complete(folder.path(percentEncoded: false) + "/data/a").count == 1)
    }

    @Test func `a folder is not the end of a word`() {
        defer { try? FileManager.default.removeItem(at: folder) }
        let completions = paths.completions(line: "see data now", utf8Cursor: 8)
        #expect(completions.map(\.endsWord) == [true, false])
        #expect(completions.map(\.utf8Start) == [4, 4])
        #expect(completions.map(\.label) == ["data.jsonl", "data/"])
    }
}
