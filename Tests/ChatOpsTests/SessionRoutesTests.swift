import Foundation
import HTTPTypes
import Hummingbird
import KettleFlow
import Sessions
import Testing

@Suite("Sessions over HTTP")
struct SessionRoutesTests {
    @Test("A conversation goes from its beginning to its end")
    func wholeConversation() async throws {
        try await Desk().ask { client in
            let begun = try await client.post("/v1/sessions", "{}")
            #expect(begun.status == .created)
            let session = try #require(begun.json["session"].text)
            #expect(begun.headers[.location] == "/v1/sessions/\(session)")
            #expect(begun.json["messages"][0]["text"].text == "Which cup?")
            #expect(begun.json["rest"]["state"].text == "waiting")

            let place = try await client.get("/v1/sessions/\(session)").json
            #expect(place["step"].text == "cup" && place["title"].text == "cup")
            let answer = try await client.post("/v1/sessions/\(session)/replies", #"{"text": "blue"}"#)
            #expect(answer.status == .ok)
            #expect(answer.json["messages"].list.map { $0["text"].text } == ["It is hot."])
            #expect(answer.json["rest"]["state"].text == "completed")
            #expect(answer.json["rest"]["outcome"].text == "done")

            let view = try await client.get("/v1/sessions/\(session)").json
            #expect(view["events"].number == 3 && view["flow"].text == "kettle")
            #expect(view["rest"]["state"].text == "completed")
            let messages = try await client.get("/v1/sessions/\(session)/messages?after=1").json["messages"].list
            #expect(messages.map { $0["number"].number } == [2])
            let transcript = try await client.get("/v1/sessions/\(session)/transcript")
            #expect(transcript.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(transcript.text.contains("user: blue") && transcript.text.contains("bot: It is hot."))
            let export = try await client.get("/v1/sessions/\(session)/export").text
            #expect(export.split(separator: "\n").count == 4)
            let explanation = try await client.get("/v1/sessions/\(session)/explanation").json
            #expect(explanation["flow"].text == "kettle" && explanation["version"].number == 1)
        }
    }

    @Test("The steps are told with how they stand, and what is asked with what it takes")
    func steps() async throws {
        try await Desk().ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            let path = "/v1/sessions/\(session)"
            func states() async throws -> [String] {
                let flows = try await client.get(path + "/steps").json["flows"]
                #expect(flows.list.count == 1 && flows[0]["flow"].text == "kettle")
                return flows[0]["steps"].list.map { "\($0["id"].text ?? "") \($0["state"].text ?? "")" }
            }
            #expect(try await states() == ["cup present", "heat ahead", "done ahead"])
            let question = try await client.get(path + "/steps").json["question"]
            #expect(question["step"].text == "cup" && question["takes"].text == "text")
            #expect(question["proposed"].flag == false && question["chosen"].list.isEmpty)
            _ = try await client.post(path + "/replies", #"{"text": "blue"}"#)
            #expect(try await states() == ["cup done", "heat done", "done done"])
            #expect(try await client.get(path + "/steps").json["question"] == .null)
        }
    }

    @Test("What is sent twice with one key is done once, and gets the same answer")
    func repeated() async throws {
        let desk = try Desk()
        try await desk.ask { client in
            let first = try await client.post("/v1/sessions", "{}", key: "k1")
            let again = try await client.post("/v1/sessions", "{}", key: "k1")
            #expect(first.status == .created && again.status == .ok)
            #expect(first.json["session"] == again.json["session"])
            #expect(first.json["messages"] == again.json["messages"])
            #expect(again.json["repeated"].flag == true)
            let path = "/v1/sessions/\(try #require(first.json["session"].text))/replies"
            let answer = try await client.post(path, #"{"text": "blue"}"#, key: "k2")
            let repeated = try await client.post(path, #"{"text": "blue"}"#, key: "k2")
            #expect(answer.json["messages"] == repeated.json["messages"])
            #expect(answer.json["rest"] == repeated.json["rest"])
            #expect(repeated.json["repeated"].flag == true && answer.json["repeated"].flag == false)
        }
        #expect(await desk.store.list(owner: nil).count == 1)
    }

    @Test("A session is removed with all that is kept of it, and all of a user's are")
    func removal() async throws {
        let desk = try Desk()
        try await desk.ask { client in
            var sessions: [String] = []
            for _ in 0..<3 {
                sessions.append(try #require(try await client.post("/v1/sessions", "{}").json["session"].text))
            }
            let listed = try await client.get("/v1/sessions").json["sessions"].list.compactMap(\.text)
            #expect(listed == sessions.reversed())
            #expect(try await client.get("/v1/sessions/\(sessions[0])", method: .delete).status == .noContent)
            #expect(try await client.get("/v1/sessions/\(sessions[0])").status == .notFound)
            let removed = try await client.get("/v1/sessions", method: .delete)
            #expect(removed.json["removed"].number == 2)
        }
        #expect(await desk.store.list(owner: nil).isEmpty)
    }

    @Test("A reply that holds a secret is refused, and nothing of it is kept or logged")
    func secret() async throws {
        let desk = try Desk()
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        try await desk.ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            let body = #"{"text": "aws_secret_access_key = \#(secret)"}"#
            let answer = try await client.post("/v1/sessions/\(session)/replies", body)
            #expect(answer.status == .ok && !answer.text.contains(secret))
            let export = try await client.get("/v1/sessions/\(session)/export").text
            #expect(!export.contains(secret) && export.contains("refused"))
        }
        #expect(!desk.log.text.contains(secret) && desk.log.text.contains(#""message":"request""#))
    }

    @Test("Any reply is explained by its position")
    func explanations() async throws {
        try await Desk().ask { client in
            let session = try #require(try await client.post("/v1/sessions", "{}").json["session"].text)
            for text in ["help", "status"] {
                _ = try await client.post("/v1/sessions/\(session)/replies", #"{"text": "\#(text)"}"#)
            }
            let last = try await client.get("/v1/sessions/\(session)/explanation").json
            let first = try await client.get("/v1/sessions/\(session)/explanation?position=1").json
            #expect(last["decision"] != first["decision"])
            #expect(try await client.get("/v1/sessions/\(session)/explanation?position=0").status == .notFound)
            #expect(try await client.get("/v1/sessions/\(session)/explanation?position=x").status == .badRequest)
        }
    }
}
