import ChatOps
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@Suite("The server describes itself")
struct OpenAPITests {
    @Test("Each operation of the document is there, and no other method is")
    func operations() async throws {
        try await Desk { $0.limits.burst = 1_000 }.ask { client in
            let document = try await client.get("/openapi.json").json
            #expect(document["openapi"].text == "3.1.0")
            guard case .object(let paths) = document["paths"] else {
                Issue.record("there are no paths")
                return
            }
            #expect(paths.count == 16)
            for (path, operations) in paths {
                let address = path.replacing("{session}", with: "none").replacing("{path}", with: "a/b")
                let answer = try await client.get(address, method: .put)
                #expect(answer.status == .methodNotAllowed)
                let allowed = Set((answer.headers[.allow] ?? "").split(separator: ", ").map { $0.lowercased() })
                let described = Set(["get", "post", "delete"].filter { operations[$0] != .null })
                #expect(allowed.subtracting(["head"]) == described)
            }
        }
    }
}
