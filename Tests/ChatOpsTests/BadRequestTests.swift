import ChatOps
import Foundation
import HTTPTypes
import Hummingbird
import KettleFlow
import Sessions
import Testing

@Suite("Bad requests get the right status and a problem")
struct BadRequestTests {
    /// A body that is wrong, with what is answered.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var body: [UInt8]
        var type: String? = "application/json"
        var status: Int
        var problem: String

        init(
            _ description: String,
            _ body: String,
            type: String? = "application/json",
            _ status: Int,
            _ problem: String = "bad-request"
        ) {
            testDescription = description
            self.body = Array(body.utf8)
            self.type = type
            self.status = status
            self.problem = problem
        }

        init(_ description: String, bytes: [UInt8], _ status: Int) {
            self.init(description, "", status)
            body = bytes
        }
    }

    private static let bodies = [
        Case("no body", "", 400),
        Case("no JSON", "text=blue", 400),
        Case("a list", "[]", 400),
        Case("half an object", #"{"text": "#, 400),
        Case("a key twice", #"{"text": "a", "text": "b"}"#, 400),
        Case("no text", "{}", 400),
        Case("null", #"{"text": null}"#, 400),
        Case("a number", #"{"text": 3}"#, 400),
        Case("an unknown field", #"{"text": "a", "flow": "b"}"#, 400),
        Case("half of a surrogate pair", #"{"text": "\ud800"}"#, 400),
        Case("nested deeply", String(repeating: #"{"text":"#, count: 5_000), 400),
        Case("invalid UTF-8", bytes: Array(#"{"text": ""#.utf8) + [0xFF, 0xC0] + Array(#""}"#.utf8), 400),
        Case("UTF-16", bytes: [0xFF, 0xFE, 0x7B, 0, 0x7D, 0], 400),
        Case("too large", #"{"text": ""# + String(repeating: "x", count: 70_000) + #""}"#, 413, "too-large"),
        Case("a form", #"{"text": "blue"}"#, type: "application/x-www-form-urlencoded", 415, "wrong-media-type"),
        Case("plain text", #"{"text": "blue"}"#, type: "text/plain", 415, "wrong-media-type"),
        Case("no type", #"{"text": "blue"}"#, type: nil, 415, "wrong-media-type"),
    ]

    @Test("Nothing is stored of a body that is wrong", arguments: bodies)
    func body(bad: Case) async throws {
        let desk = try Desk()
        try await desk.ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            var fields = HTTPFields()
            fields[.contentType] = bad.type
            let answer = try await client.execute(
                uri: "/v1/sessions/\(session)/replies",
                method: .post,
                headers: fields,
                body: ByteBuffer(bytes: bad.body)
            )
            #expect(answer.status.code == bad.status)
            #expect(answer.problem == bad.problem)
            #expect(answer.json["status"].number == bad.status)
            #expect(await desk.store.load(session)?.events.count == 1)
        }
    }

    @Test("All mistakes of a body are told at once, with their places")
    func allAtOnce() async throws {
        try await Desk().ask { client in
            let answer = try await client.post("/v1/sessions", #"{"flow": 1, "a/b": 2, "hints": {"cup": 1.5}}"#)
            let places = answer.json["errors"].list.map { $0["pointer"].text }
            #expect(Set(places) == ["/flow", "/a~1b", "/hints"])
        }
    }

    @Test(
        "What is not there is not found, whatever it is called",
        arguments: [
            "/v1", "/v1/", "/chat", "/index.html", "/../chat.js", "/v1/sessions/none", "/v1/sessions/none/transcript",
            "/v1/sessions/..%2F..%2Fetc",
            "/v1/sessions/../../etc/passwd", "/v1/sessions/%00", "/v1/sessions/\(String(repeating: "x", count: 300))",
            "/v1/sessions/none/files", "//v1//nothing",
        ]
    )
    func notFound(path: String) async throws {
        try await Desk().ask { client in
            let answer = try await client.get(path)
            #expect(answer.status == .notFound && answer.problem == "not-found")
        }
    }

    @Test(
        "Other methods are refused by name",
        arguments: [
            ("/v1/sessions", HTTPRequest.Method.put, "DELETE, GET, HEAD, POST"), ("/healthz", .post, "GET, HEAD"),
            ("/v1/sessions/x/replies", .get, "POST"),
        ]
    )
    func methods(path: String, method: HTTPRequest.Method, allowed: String) async throws {
        try await Desk().ask { client in
            let answer = try await client.get(path, method: method)
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == allowed)
        }
    }

    @Test("An unknown flow is named", arguments: ["tea", "../kettle", ""])
    func unknownFlow(name: String) async throws {
        try await Desk().ask { client in
            let answer = try await client.post("/v1/sessions", #"{"flow": "\#(name)"}"#)
            #expect(answer.status == .badRequest)
            #expect(answer.json["errors"][0]["pointer"].text == "/flow")
        }
    }

    @Test("A key that is none is refused", arguments: ["", "with space", String(repeating: "k", count: 256)])
    func badKey(key: String) async throws {
        let desk = try Desk()
        try await desk.ask { client in
            let answer = try await client.post("/v1/sessions", "{}", key: key)
            #expect(answer.status == .badRequest)
        }
        #expect(await desk.store.list(owner: nil).isEmpty)
    }

    @Test("A request's id comes back, unless it could be taken for something else", arguments: [true, false])
    func requestID(isPlain: Bool) async throws {
        try await Desk().ask { client in
            let id = isPlain ? "abc-1.2_3" : "a b\u{7F}\"c"
            let answer = try await client.get("/healthz", headers: ["X-Request-ID": id])
            let name = try #require(HTTPField.Name("X-Request-ID"))
            #expect((answer.headers[name] == id) == isPlain)
        }
    }

    @Test("Too many requests are told how long to wait")
    func tooMany() async throws {
        let desk = try Desk { settings in
            settings.limits.burst = 2
            settings.limits.userPerMinute = 60
        }
        try await desk.ask { client in
            for _ in 0..<2 { #expect(try await client.get("/v1/sessions").status == .ok) }
            let answer = try await client.get("/v1/sessions")
            #expect(answer.status == .tooManyRequests && answer.headers[.retryAfter] == "1")
            #expect(answer.problem == "too-many-requests")
            #expect(try await client.get("/healthz").status == .ok)
            desk.now.pass(1_000)
            #expect(try await client.get("/v1/sessions").status == .ok)
        }
    }
}
