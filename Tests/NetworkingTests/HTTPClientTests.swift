import Foundation
import Networking
import Testing

@Suite("Requests over HTTP")
struct HTTPClientTests {
    private let client = HTTPClient(sizeLimit: 1_000)

    private func request(
        _ server: LoopbackServer,
        method: String = "GET",
        headers: [(name: String, value: String)] = [],
        body: Data? = nil,
        timeLimit: Duration = .seconds(30)
    ) -> HTTPClient.Request {
        HTTPClient.Request(
            "http://127.0.0.1:\(server.port)/path?query",
            method: method,
            headers: headers,
            body: body,
            timeLimit: timeLimit
        )
    }

    @Test("Method, headers and body arrive, and so does the answer", arguments: ["POST", "PUT", "DELETE"])
    func exchange(method: String) async throws {
        let answer =
            "HTTP/1.1 201 Created\r\nX-One: 1\r\nx-two:  b \r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
        let server = try LoopbackServer(answer: Array(answer.utf8))
        defer { server.stop() }
        let headers = [("X-Token", "abc"), ("X-Empty", "")]
        let response = try await client.send(
            request(server, method: method, headers: headers, body: Data("{\"a\": 1}".utf8))
        )
        #expect(response.status == 201)
        #expect(response.body == Data("hi".utf8))
        #expect(response.header("x-one") == "1" && response.header("X-Two") == "b" && response.header("none") == nil)
        let received = try #require(server.received.first)
        #expect(received.hasPrefix("\(method) /path?query HTTP/1.1\r\n"))
        #expect(received.contains("\r\nX-Token: abc\r\n") && received.contains("\r\nX-Empty:\r\n"))
        #expect(received.hasSuffix("\r\n\r\n{\"a\": 1}") && !received.contains("Expect:"))
    }

    @Test("A redirect is an answer, and is not followed")
    func redirect() async throws {
        let elsewhere = try LoopbackServer(answer: Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))
        defer { elsewhere.stop() }
        let answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(elsewhere.port)/\r\nContent-Length: 0\r\n\r\n"
        let server = try LoopbackServer(answer: Array(answer.utf8))
        defer { server.stop() }
        #expect(try await client.send(request(server)).status == 302)
        #expect(elsewhere.received.isEmpty)
    }

    @Test("An answer that is too long, or has too many headers, is a failure", arguments: [true, false])
    func tooLong(isBody: Bool) async throws {
        let body = String(repeating: "x", count: 1_001)
        let headers = String(repeating: "X: 1\r\n", count: 300)
        let answer =
            isBody
            ? "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n\(body)"
            : "HTTP/1.1 200 OK\r\n\(headers)Content-Length: 0\r\n\r\n"
        let server = try LoopbackServer(answer: Array(answer.utf8))
        defer { server.stop() }
        await #expect(throws: ConnectionFailure.tooLong) { try await client.send(request(server)) }
    }

    @Test("Where nobody listens, where the name is unknown, and where no answer comes, the failure says so")
    func failures() async throws {
        let server = try LoopbackServer(answer: nil)
        await #expect(throws: ConnectionFailure.timedOut) {
            try await client.send(request(server, timeLimit: .milliseconds(200)))
        }
        server.stop()
        await #expect(throws: ConnectionFailure.unreachable) { try await client.send(request(server)) }
        await #expect(throws: ConnectionFailure.unknownHost) {
            try await client.send(HTTPClient.Request("http://nowhere.invalid/", timeLimit: .seconds(30)))
        }
    }

    @Test(
        "Only HTTP is spoken: another scheme is refused",
        arguments: ["file:///etc/passwd", "gopher://127.0.0.1/", "no address"]
    )
    func schemes(url: String) async {
        await #expect(throws: ConnectionFailure.self) {
            try await client.send(HTTPClient.Request(url, timeLimit: .seconds(30)))
        }
    }

    @Test(
        "What would be read as another header, or as another line, is not sent",
        arguments: [
            ("GET", "X-A", "b\r\nX-B: c"), ("GET", "X-A", "b\nX-B: c"), ("GET", "X-A: b\r\nX-B", "c"),
            ("GET", "", "c"), ("GET /other HTTP/1.1\r\nX-B:", "X-A", "c"), ("GET", "X-A", "b\u{0}c"),
        ]
    )
    func injection(method: String, name: String, value: String) async throws {
        let server = try LoopbackServer(answer: Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))
        defer { server.stop() }
        let error = await #expect(throws: ConnectionFailure.self) {
            try await client.send(request(server, method: method, headers: [(name, value)]))
        }
        guard case .badRequest = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(server.received.isEmpty)
    }

    @Test("A task that is cancelled gives its request up, and others go on")
    func cancellation() async throws {
        let silent = try LoopbackServer(answer: nil)
        defer { silent.stop() }
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
        let server = try LoopbackServer(answer: Array(answer.utf8))
        defer { server.stop() }
        let given = Task { try await client.send(request(silent, timeLimit: .seconds(3_600))) }
        #expect(try await client.send(request(server)).status == 200)
        given.cancel()
        await #expect(throws: CancellationError.self) { try await given.value }
        // One that is cancelled before it begins.
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.send(request(silent, timeLimit: .seconds(3_600)))
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test("Many requests at once are each answered")
    func many() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
        let server = try LoopbackServer(answer: Array(answer.utf8))
        defer { server.stop() }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await client.send(request(server)).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 50))
    }
}
