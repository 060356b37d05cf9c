import Foundation
import Terminal
import Testing

struct HistoryFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")

    private var path: String { folder.appending(path: "a/b/history").path(percentEncoded: false) }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `what is added comes back, and only its owner may read it`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = HistoryFile(path: path)
        let entries = ["yes", "žluť 日本", "two\nlines", "back\\slash\\n", "\\"]
        for entry in entries { try history.append(entry) }
        #expect(try history.load() == entries)
        #expect(try permissions(path) == 0o600)
        #expect(try permissions(folder.appending(path: "a").path(percentEncoded: false)) == 0o700)
    }

    @Test func `no file is no history`() throws {
        #expect(try HistoryFile(path: path).load() == [])
    }

    @Test func `a file that others could read is made private`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = HistoryFile(path: path)
        try history.append("one")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try history.append("two")
        #expect(try permissions(path) == 0o600)
    }

    @Test func `the file is cut when it has grown to more than twice the limit`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = HistoryFile(path: path, limit: 3)
        for number in 1...6 { try history.append("\(number)") }
        #expect(try history.load() == ["4", "5", "6"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "1\n2\n3\n4\n5\n6\n")
        try history.append("7")
        #expect(try history.load() == ["5", "6", "7"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "5\n6\n7\n")
        #expect(try permissions(path) == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "a/b").path(percentEncoded: false)
            ) == ["history"]
        )
    }

    @Test func `what is no file is an error with a reason`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let history = HistoryFile(path: path)
        let failure = #expect(throws: HistoryFailure.self) { try history.load() }
        #expect(failure?.description == "The history file \(path) is no regular file.")
        #expect(throws: HistoryFailure.self) { try history.append("x") }
    }
}
