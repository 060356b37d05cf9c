import Foundation
import HTTPTypes
import Hummingbird
import KettleFlow
import NIOCore
import Sessions
import Testing

@testable import ChatOps

@Suite("Tokens say who somebody is and what they may do")
struct AccessTests {
    private func file() -> TokenFile {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)")
        return TokenFile(path: folder.appending(path: "tokens.json").path)
    }

    private func add(
        _ name: String,
        _ scopes: Set<AccessScope>,
        expires: Int64? = nil,
        to file: TokenFile
    ) throws -> [String: String] {
        let (token, record) = AccessToken.make(name: name, user: name, scopes: scopes, expires: expires)
        try file.add(record)
        return ["Authorization": "Bearer \(token)"]
    }

    @Test("Without a token, or with a wrong one, nobody gets in, and nothing of it is logged")
    func strangers() async throws {
        let file = file()
        _ = try add("ann", [.read], to: file)
        let desk = try Desk(tokens: file)
        try await desk.ask { client in
            for header in ["", "Basic abc", "Bearer", "Bearer usher_wrongwrongwrong", "bearer \u{1}"] {
                let headers = header.isEmpty ? [:] : ["Authorization": header]
                let answer = try await client.get("/v1/sessions", headers: headers)
                #expect(answer.status == .unauthorized && answer.problem == "unauthorized")
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
            }
            #expect(try await client.get("/healthz").status == .ok)
        }
        #expect(!desk.log.text.contains("wrongwrong"))
    }

    @Test("A token allows what its scopes say", arguments: AccessScope.allCases)
    func scopes(scope: AccessScope) async throws {
        let file = file()
        let headers = try add("ann", [scope], to: file)
        try await Desk(tokens: file).ask { client in
            #expect((try await client.get("/v1/sessions", headers: headers).status == .ok) == (scope == .read))
            let begun = try await client.post("/v1/sessions", "{}", headers: headers)
            #expect((begun.status == .created) == (scope == .converse))
            #expect((try await client.get("/metrics", headers: headers).status == .ok) == (scope == .metrics))
        }
    }

    @Test("One user's session is not there for another, whatever they do with it")
    func othersSessions() async throws {
        let file = file()
        let ann = try add("ann", [.converse, .read], to: file)
        let bob = try add("bob", [.converse, .read], to: file)
        let desk = try Desk(tokens: file)
        try await desk.ask { client in
            let session = try #require(
                try await client.post("/v1/sessions", "{}", key: "k", headers: ann).json["session"].text
            )
            let path = "/v1/sessions/\(session)"
            for part in [
                "", "/messages", "/events", "/transcript", "/explanation", "/export", "/steps", "/files", "/files/a",
            ] {
                #expect(try await client.get(path + part, headers: bob).status == .notFound)
            }
            #expect(try await client.get(path, method: .delete, headers: bob).status == .notFound)
            #expect(
                try await client.post(path + "/replies", #"{"text": "blue"}"#, headers: bob).status == .notFound
            )
            #expect(try await client.get("/v1/sessions", headers: bob).json["sessions"].list.isEmpty)
            #expect(try await client.get("/v1/sessions", method: .delete, headers: bob).json["removed"].number == 0)
            // The same key of another user is another session.
            let other = try await client.post("/v1/sessions", "{}", key: "k", headers: bob)
            #expect(other.status == .created && other.json["session"].text != session)
            #expect(await desk.store.load(session)?.events.count == 1)
        }
    }

    @Test("A bot acts for its users, who are apart from each other and from other bots' users")
    func delegates() async throws {
        let file = file()
        let bot = try add("bot", [.converse, .read, .delegate], to: file)
        let other = try add("other", [.converse, .read, .delegate], to: file)
        let plain = try add("plain", [.converse, .read], to: file)
        func acting(_ headers: [String: String], for user: String) -> [String: String] {
            headers.merging(["Usher-User": user]) { $1 }
        }
        let ann = acting(bot, for: "ann")
        let bob = acting(bot, for: "bob")
        let othersAnn = acting(other, for: "ann")
        let pretender = acting(plain, for: "ann")
        let nobody = acting(bot, for: String(repeating: "x", count: 129))
        try await Desk(tokens: file).ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}", headers: ann).json["session"].text)
            let path = "/v1/sessions/\(session)"
            #expect(try await client.get(path, headers: ann).status == .ok)
            #expect(try await client.get(path, headers: bob).status == .notFound)
            #expect(try await client.get(path, headers: othersAnn).status == .notFound)
            #expect(try await client.get(path, headers: bot).status == .notFound)
            #expect(try await client.get(path, headers: pretender).status == .forbidden)
            #expect(try await client.get(path, headers: nobody).status == .badRequest)
        }
    }

    @Test("A token ends when its time is over, or when it is taken back, without a restart")
    func ends() async throws {
        let file = file()
        let desk = try Desk(tokens: file)
        let short = try add("short", [.read], expires: desk.now.time + 1_000, to: file)
        let long = try add("long", [.read], to: file)
        try await desk.ask { client in
            #expect(try await client.get("/v1/sessions", headers: short).status == .ok)
            desk.now.pass(1_000)
            #expect(try await client.get("/v1/sessions", headers: short).status == .unauthorized)
            #expect(try await client.get("/v1/sessions", headers: long).status == .ok)
            let isTakenBack = try TokenFile(path: file.path).remove("long")
            #expect(isTakenBack)
            #expect(try await client.get("/v1/sessions", headers: long).status == .unauthorized)
        }
    }

    @Test("The file holds no token, and only its user can read it")
    func atRest() throws {
        let file = file()
        let (token, record) = AccessToken.make(name: "ann", user: "ann", scopes: [.read, .converse])
        try file.add(record)
        try file.add(record)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(!text.contains(token) && text.contains(record.hash))
        #expect(try file.all() == [record])
        #expect(try file.record(of: token) == record)
        #expect(try file.record(of: token + "x") == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(token.count == 49 && AccessToken.make(name: "a", user: "a", scopes: []).token != token)
    }

    @Test("A file that holds something else is said to", arguments: ["", "[]", #"{"version": 2, "tokens": []}"#])
    func broken(text: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString)").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: TokenFileError.self) { try TokenFile(path: path).all() }
    }

    @Test(
        "A server without tokens answers only as this machine, so that no page reaches it",
        arguments: [
            ("localhost", true), ("localhost:8080", true), ("127.0.0.1:1", true), ("[::1]:8080", true), ("[::1]", true),
            ("LOCALHOST", true), ("evil.example", false), ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:80", false), ("", false),
        ]
    )
    func hosts(host: String, isTaken: Bool) throws {
        let gatekeeper = Gatekeeper(tokens: nil, now: { 0 })
        let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/v1/sessions")
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        let principal = try? gatekeeper.admit(request, for: .read)
        #expect(principal?.owner == (isTaken ? "local" : nil))
    }
}
