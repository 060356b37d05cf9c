import Hummingbird
import Testing

@testable import ChatOps

@Suite("Usher among the routes of another application")
struct EmbeddingTests {
    private static func application(_ desk: Desk, isFirst: Bool) -> some ApplicationProtocol {
        let router = Router()
        let server = desk.server
        if isFirst { router.add(middleware: server.routes()) }
        router.get("menu") { _, _ in "coffee" }
        router.get("v1/prices") { _, _ in "3 euros" }
        if !isFirst { router.add(middleware: server.routes()) }
        return Application(router: router, configuration: ApplicationConfiguration(address: .hostname(port: 0)))
    }

    @Test("Each answers what it is asked for, wherever Usher is added", arguments: [true, false])
    func side(isFirst: Bool) async throws {
        let desk = try Desk()
        try await Self.application(desk, isFirst: isFirst).test { client in
            #expect(try await client.get("/menu").text == "coffee")
            #expect(try await client.get("/v1/prices").text == "3 euros")
            let begun = try await client.post("/v1/sessions", "{}")
            #expect(begun.status == .created)
            let session = try #require(begun.json["session"].text)
            let answer = try await client.post("/v1/sessions/\(session)/replies", #"{"text": "blue"}"#)
            #expect(answer.json["messages"][0]["text"].text == "It is hot.")
            // What is wrong with a request to Usher is told in Usher's way, and what is not its own in the other's.
            let refused = try await client.get("/v1/sessions/\(session)", method: .put)
            #expect(refused.status == .methodNotAllowed && refused.problem != nil)
            let unknown = try await client.get("/v1/sessions/none")
            #expect(unknown.status == .notFound && unknown.problem != nil)
            let missing = try await client.get("/nowhere")
            #expect(missing.status == .notFound && missing.problem == nil)
        }
    }

    @Test("A path that Usher would have can stay the application's own")
    func exceptions() async throws {
        let server = try Desk().server
        for (own, text) in [([], nil), (["/"], "Our own page")] as [(Set<String>, String?)] {
            let router = Router()
            router.add(middleware: server.routes(except: own))
            router.get("/") { _, _ in "Our own page" }
            let application = Application(
                router: router,
                configuration: ApplicationConfiguration(address: .hostname(port: 0))
            )
            try await application.test { client in
                let page = try await client.get("/")
                #expect(page.status == .ok)
                #expect((page.text == text) == (text != nil))
                #expect(try await client.get("/healthz").status == .ok)
            }
        }
    }

    @Test(
        "A path is matched part by part",
        arguments: [
            ("/v1/sessions", "/v1/sessions", true), ("/v1/sessions", "/v1/sessions/", true),
            ("/v1/sessions", "/v1", false), ("/v1/sessions", "/v1/sessions/a", false),
            ("/v1/sessions/:id", "/v1/sessions/a", true), ("/v1/sessions/:id", "/v1/sessions", false),
            ("/v1/sessions/:id/replies", "/v1/sessions/a/replies", true),
            ("/v1/sessions/:id/replies", "/v1/sessions/a/events", false), ("/files/**", "/files/a/b.css", true),
            ("/files/**", "/files", false), ("/files/*", "/files/a", true), ("/", "/", true), ("/", "/a", false),
        ]
    )
    func patterns(pattern: String, path: String, matches: Bool) {
        #expect(PathPattern(pattern).matches(path) == matches)
    }
}
