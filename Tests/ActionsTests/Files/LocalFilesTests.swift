import Actions
import Foundation
import Testing

/// What only a disk has: links, permissions, special files, leftovers.
struct LocalFilesTests {
    @Test func `a link that leads outside is not followed`() throws {
        try withFolder { folder in
            try folder.write("secret/key.txt", "secret")
            try folder.write("root/inside.txt", "inside")
            try folder.link("root/absolute", to: folder.path + "/secret")
            try folder.link("root/relative", to: "../secret")
            try folder.link("root/winding", to: "./relative/../../secret")
            try folder.link("root/file", to: "../secret/key.txt")
            let files = try LocalFiles(root: folder.path + "/root")
            for name in ["absolute", "relative", "winding"] {
                expect(.outside, name + "/key.txt") { try files.read($0, limit: 99) }
                expect(.outside, name + "/new.txt") { try files.create($0, bytes: [1]) }
                expect(.outside, name) { try files.list($0) }
                expect(.outside, name + "/folder") { try files.makeFolder($0) }
            }
            expect(.outside, "file") { try files.read($0, limit: 99) }
            expect(.outside, "file") { try files.replace($0, expecting: Array("secret".utf8), with: [1]) }
            expect(.exists, "file") { try files.create($0, bytes: [1]) }
            #expect(folder.text("secret/key.txt") == "secret")
            #expect(try files.list("") == ["absolute", "file", "inside.txt", "relative", "winding"])
        }
    }

    @Test func `a link that stays inside is followed`() throws {
        try withFolder { folder in
            try folder.write("root/real/deep/a.txt", "a")
            try folder.link("root/short", to: "real/deep")
            try folder.link("root/up", to: "real/deep/../../real")
            try folder.link("root/whole", to: folder.path + "/root/real")
            try folder.link("root/a.txt", to: "short/a.txt")
            let files = try LocalFiles(root: folder.path + "/root")
            #expect(try files.read("short/a.txt", limit: 9) == Array("a".utf8))
            #expect(try files.read("up/deep/a.txt", limit: 9) == Array("a".utf8))
            #expect(try files.read("whole/deep/a.txt", limit: 9) == Array("a".utf8))
            #expect(try files.list("") == ["a.txt", "real/", "short/", "up/", "whole/"])
            try files.replace("a.txt", expecting: Array("a".utf8), with: Array("b".utf8))
            #expect(folder.text("root/real/deep/a.txt") == "b")
            try files.create("short/new.txt", bytes: [])
            #expect(folder.text("root/real/deep/new.txt") == "")
        }
    }

    @Test func `a file is opened once and read in pieces, whatever takes its place`() throws {
        try withFolder { folder in
            try folder.write("secret.txt", "secret")
            try folder.write("root/p/a.txt", "abcdef")
            try folder.link("root/link", to: "../secret.txt")
            let files = try LocalFiles(root: folder.path + "/root")
            let file = try files.open("p/a.txt")
            try files.replace("p/a.txt", expecting: Array("abcdef".utf8), with: Array("other".utf8))
            #expect(file.size == 6)
            #expect(try file.piece(from: 0, count: 4) == Array("abcd".utf8))
            #expect(try file.piece(from: 4, count: 4) == Array("ef".utf8))
            #expect(try file.piece(from: 6, count: 4) == [])
            #expect(try files.open("p/a.txt").size == 5)
            for path in ["link", "../secret.txt", "p/../../secret.txt", "/etc/passwd", "p/a.txt\u{0}"] {
                expect(.outside, path) { try files.open($0) }
            }
            expect(.isFolder, "p") { try files.open($0) }
            expect(.isFolder, "") { try files.open($0) }
            expect(.notFound, "p/b.txt") { try files.open($0) }
            expect(.notFound, "p/a.txt/b") { try files.open($0) }
        }
    }

    @Test func `links that go round in circles end`() throws {
        try withFolder { folder in
            try folder.makeFolder("root")
            try folder.link("root/a", to: "b")
            try folder.link("root/b", to: "a")
            let files = try LocalFiles(root: folder.path + "/root")
            expect(.other, "a") { try files.read($0, limit: 9) }
            expect(.other, "a/x") { try files.create($0, bytes: []) }
            #expect(try files.list("") == ["a", "b"])
        }
    }

    @Test func `a root that is a link works like the folder it names`() throws {
        try withFolder { folder in
            try folder.write("real/a.txt", "a")
            try folder.link("root", to: "real")
            let files = try LocalFiles(root: folder.path + "/root")
            #expect(try files.read("a.txt", limit: 9) == Array("a".utf8))
        }
    }

    @Test func `a root that is missing or no folder is refused`() throws {
        try withFolder { folder in
            try folder.write("a.txt", "a")
            #expect(throws: FileFailure.self) { try LocalFiles(root: folder.path + "/missing") }
            #expect(throws: FileFailure.self) { try LocalFiles(root: folder.path + "/a.txt") }
        }
    }

    @Test func `a pipe is refused without waiting for it`() throws {
        try withFolder { folder in
            try folder.makeFolder("root")
            #expect(mkfifo(folder.path + "/root/pipe", 0o600) == 0)
            let files = try LocalFiles(root: folder.path + "/root")
            expect(.other, "pipe") { try files.read($0, limit: 9) }
            expect(.other, folder.path + "/root/pipe") { try files.readUserFile($0, limit: 9) }
            expect(.other, "/dev/zero") { try files.readUserFile($0, limit: 9) }
        }
    }

    @Test func `the home folder stands for the tilde`() throws {
        try withFolder { folder in
            try folder.makeFolder("root")
            try folder.write("home/metrics.json", "[]")
            let files = try LocalFiles(root: folder.path + "/root", home: folder.path + "/home")
            #expect(try files.readUserFile("~/metrics.json", limit: 9) == Array("[]".utf8))
            expect(.isFolder, "~") { try files.readUserFile($0, limit: 9) }
            expect(.notFound, "~other/metrics.json") { try files.readUserFile($0, limit: 9) }
            expect(.notFound, "~/metrics.json") {
                try LocalFiles(root: folder.path + "/root").readUserFile($0, limit: 9)
            }
            #expect(try files.readUserFile("../home/metrics.json", limit: 9) == Array("[]".utf8))
        }
    }

    @Test func `a failed write leaves no temporary file behind`() throws {
        try withFolder { folder in
            try folder.write("root/a.txt", "a")
            let files = try LocalFiles(root: folder.path + "/root")
            let name = String(repeating: "n", count: 300)
            expect(.other, name) { try files.create($0, bytes: [1]) }
            expect(.changed, "a.txt") { try files.replace($0, expecting: [], with: [1]) }
            #expect(try folder.names() == ["root", "root/a.txt"])
        }
    }

    @Test func `replacing keeps the permissions`() throws {
        try withFolder { folder in
            try folder.write("root/a.txt", "a")
            let path = folder.path + "/root/a.txt"
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            try LocalFiles(root: folder.path + "/root").replace("a.txt", expecting: Array("a".utf8), with: [])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o640)
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may do everything"))
    func `permissions are told from other failures`() throws {
        try withFolder { folder in
            try folder.write("root/a.txt", "a")
            try folder.makeFolder("root/locked")
            let files = try LocalFiles(root: folder.path + "/root")
            chmod(folder.path + "/root/a.txt", 0)
            chmod(folder.path + "/root/locked", 0o500)
            defer { chmod(folder.path + "/root/locked", 0o700) }
            expect(.denied, "a.txt") { try files.read($0, limit: 9) }
            expect(.denied, "locked/x") { try files.create($0, bytes: []) }
        }
    }

    @Test(.enabled(if: access("/proc/self", F_OK) == 0, "only Linux has /proc"))
    func `a file system that takes no file says so`() throws {
        let files = try LocalFiles(root: "/proc")
        let failure = #expect(throws: FileFailure.self) { try files.create("usher", bytes: []) }
        #expect([.notFound, .denied, .readOnly].contains(failure?.kind))
    }

    @Test func `writers at the same time never mix`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("root/count", "0")
        let files = try LocalFiles(root: folder.path + "/root")
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    var done = 0
                    while done < 25 {
                        guard let old = try? files.read("count", limit: 99) else { continue }
                        let number = (Int(String(decoding: old, as: UTF8.self)) ?? 0) + 1
                        let replaced: Void? = try? files.replace("count", expecting: old, with: Array("\(number)".utf8))
                        if replaced != nil { done += 1 }
                    }
                }
            }
        }
        #expect(folder.text("root/count") == "100")
        #expect(try folder.names() == ["root", "root/count"])
    }

    private func withFolder(_ body: (TemporaryFolder) throws -> Void) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try body(folder)
    }
}
