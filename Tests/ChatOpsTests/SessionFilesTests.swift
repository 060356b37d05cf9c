import ChatOps
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import Testing

@Suite("Files that a session has written can be fetched by its user")
struct SessionFilesTests {
    /// Files in memory; it notes the paths that it is asked for.
    private final class Shelf: SessionFiles {
        let files: [String: [UInt8]]
        /// What a file says that it has, beyond what it gives.
        let lacking: Int
        private let asked = Mutex<[String]>([])
        var paths: [String] { asked.withLock { $0 } }

        init(_ files: [String: [UInt8]], lacking: Int = 0) {
            self.files = files
            self.lacking = lacking
        }

        func files(of session: String, limit: Int) throws -> [SessionFile] {
            files.map { SessionFile(path: $0.key, size: $0.value.count) }.sorted { $0.path < $1.path }
        }

        func open(_ path: String, of session: String) throws -> OpenSessionFile? {
            asked.withLock { $0.append(path) }
            guard let bytes = files[path] else { return nil }
            return OpenSessionFile(size: bytes.count + lacking) { offset, count in
                Array(bytes.dropFirst(offset).prefix(count))
            }
        }
    }

    @Test("They are listed, and come byte by byte, to be saved under their names")
    func fetched() async throws {
        // Longer than what is read at once.
        let long = (0..<600_000).map { UInt8(truncatingIfNeeded: $0) }
        let shelf = Shelf(["p/notebooks/a.ipynb": Array("{}".utf8), "p/größe \"x\".bin": long, "empty.txt": []])
        let desk = try Desk(files: shelf)
        try await desk.ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            let path = "/v1/sessions/\(session)/files"
            let listed = try await client.get(path).json["files"].list
            #expect(listed.map { $0["path"].text } == ["empty.txt", "p/größe \"x\".bin", "p/notebooks/a.ipynb"])
            #expect(listed.map { $0["size"].number } == [0, 600_000, 2])

            let notebook = try await client.get(path + "/p/notebooks/a.ipynb")
            #expect(notebook.text == "{}" && notebook.headers[.contentType] == "application/x-ipynb+json")
            #expect(notebook.headers[.contentDisposition] == "attachment; filename=\"a.ipynb\"")
            #expect(notebook.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(notebook.headers[.cacheControl] == "no-store")
            #expect(try await client.get(path + "/p%2Fnotebooks%2Fa.ipynb").text == "{}")

            let other = try await client.get(path + "/p/gr%C3%B6%C3%9Fe%20%22x%22.bin")
            #expect(Array(other.body.readableBytesView) == long)
            #expect(other.headers[.contentType] == "application/octet-stream")
            #expect(
                other.headers[.contentDisposition]
                    == "attachment; filename=\"gr____e _x_.bin\"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%22x%22.bin"
            )
            #expect(try await client.get(path + "/empty.txt").body.readableBytes == 0)
            let head = try await client.get(path + "/p/notebooks/a.ipynb", method: .head)
            #expect(head.status == .ok && head.headers[.contentLength] == "2" && head.body.readableBytes == 0)
        }
    }

    @Test(
        "What leads elsewhere is asked for as it was meant, or not at all",
        arguments: [
            ("../secret", "../secret"), ("%2e%2e/secret", "../secret"), ("%2E%2E%2Fsecret", "../secret"),
            ("%2Fetc%2Fpasswd", "/etc/passwd"), ("a%00.txt", "a\u{0}.txt"),
            ("%252e%252e%252fsecret", "%2e%2e%2fsecret"),
            ("..%5csecret", "..\\secret"), ("a%ff.txt", nil), ("a%2.txt", nil), ("", nil), ("/", nil),
        ]
    )
    func tricks(sent: String, asked: String?) async throws {
        let shelf = Shelf(["secret": [1]])
        let desk = try Desk(files: shelf)
        try await desk.ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            let answer = try await client.get("/v1/sessions/\(session)/files/\(sent)")
            #expect(
                [.notFound, .ok].contains(answer.status) && (answer.status == .ok) == sent.allSatisfy { $0 == "/" }
            )
            #expect(answer.status == .ok || !answer.text.contains("secret"))
        }
        #expect(shelf.paths == [asked].compactMap(\.self))
    }

    @Test("Another user's files are not there, nor those of a session that is none, nor any where nothing is written")
    func strangers() async throws {
        let shelf = Shelf(["a.txt": [1]])
        try await Desk(files: shelf).ask { client in
            let list = try await client.get("/v1/sessions/none/files")
            let file = try await client.get("/v1/sessions/none/files/a.txt")
            #expect(list.status == .notFound && file.status == .notFound)
        }
        #expect(shelf.paths.isEmpty)
        try await Desk().ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            #expect(try await client.get("/v1/sessions/\(session)/files").json["files"].list.isEmpty)
            #expect(try await client.get("/v1/sessions/\(session)/files/a.txt").status == .notFound)
        }
    }

    @Test("A file that becomes shorter while it is sent ends the connection, so that nobody takes it for whole")
    func shortened() async throws {
        try await Desk(files: Shelf(["a.txt": [1, 2]], lacking: 3)).ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            await #expect(throws: (any Error).self) { try await client.get("/v1/sessions/\(session)/files/a.txt") }
        }
    }
}
