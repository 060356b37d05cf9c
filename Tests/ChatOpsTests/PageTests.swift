import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import ChatOps

@Suite("The web chat is served with the policies that keep it safe")
struct PageTests {
    @Test("Each file of the page has its type, its policies and a tag, and is sent once")
    func files() async throws {
        try await Desk { $0.limits.burst = 1_000 }.ask { client in
            let script = "text/javascript; charset=utf-8"
            for (path, type) in [
                ("/", "text/html; charset=utf-8"), ("/chat.css", "text/css; charset=utf-8"), ("/chat.js", script),
                ("/chat-dom.js", script), ("/chat-log.js", script), ("/chat-server.js", script),
                ("/chat-side.js", script), ("/chat-talk.js", script), ("/chat.svg", "image/svg+xml"),
            ] {
                let answer = try await client.get(path)
                #expect(answer.status == .ok && answer.headers[.contentType] == type)
                #expect(answer.headers[.cacheControl] == "no-cache")
                for (name, value) in [
                    ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                    ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ] {
                    let field = try #require(HTTPField.Name(name))
                    #expect(answer.headers[field] == value)
                }
                let policy = try #require(answer.headers[.contentSecurityPolicy])
                let directives = policy.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
                #expect(
                    directives.contains("default-src 'none'") && directives.contains("script-src 'self'")
                        && directives.contains("frame-ancestors 'none'") && directives.contains("base-uri 'none'")
                        && directives.contains("form-action 'none'")
                )
                #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
                let tag = try #require(answer.headers[.eTag])
                for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                    let again = try await client.get(path, headers: ["If-None-Match": known])
                    #expect(again.status == .notModified && again.body.readableBytes == 0)
                    #expect(again.headers[.eTag] == tag && again.headers[.contentSecurityPolicy] == policy)
                }
                #expect(try await client.get(path, headers: ["If-None-Match": "\"other\""]).status == .ok)
                let head = try await client.get(path, method: .head)
                #expect(head.status == .ok && head.headers[.eTag] == tag && head.body.readableBytes == 0)
                #expect(head.headers[.contentLength] == String(answer.body.readableBytes))
                #expect(try await client.get(path, method: .post).status == .methodNotAllowed)
            }
        }
    }

    @Test("The page holds no script and no style, and refers to nothing but its own files")
    func references() throws {
        let page = String(decoding: PackageResources.chat_html, as: UTF8.self)
        let references = page.matches(of: /(?:src|href)="([^"]*)"/).map { String($0.1) }
        #expect(Set(references) == ["chat.svg", "chat.css", "chat.js", "#", "#text"])
        #expect(page.matches(of: /<script/).count == 1 && !page.contains("<style") && !page.contains("style="))
        #expect(page.firstMatch(of: /\son[a-z]+=/) == nil)
        let paths = Set(PageAsset.all.map(\.path))
        let scripts = [
            PackageResources.chat_js, PackageResources.chat_dom_js, PackageResources.chat_log_js,
            PackageResources.chat_server_js, PackageResources.chat_side_js, PackageResources.chat_talk_js,
        ].map { String(decoding: $0, as: UTF8.self) }
        for script in scripts {
            for name in script.matches(of: /from "\.(\/[^"]*)"/).map({ String($0.1) }) { #expect(paths.contains(name)) }
            for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("] {
                #expect(!script.contains(sink))
            }
        }
        let style = String(decoding: PackageResources.chat_css, as: UTF8.self)
        #expect(!style.contains("url(") && !style.contains("@import"))
    }

    @Test("The page is as small as its description says")
    func size() {
        let size = PageAsset.all.map(\.size).reduce(0, +)
        #expect(size <= 41_500)
    }

    @Test(
        "A server without tokens shows its page only under its own name; a link may lead there from anywhere",
        arguments: [("localhost:8080", true), ("127.0.0.1", true), ("evil.example", false), ("", false)]
    )
    func visitors(host: String, isAdmitted: Bool) throws {
        let gatekeeper = Gatekeeper(tokens: nil, now: { 0 })
        var head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/")
        head.headerFields[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "cross-site"
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        #expect((try? gatekeeper.admitVisitor(request)) != nil || !isAdmitted)
        #expect((try? gatekeeper.admitVisitor(request)) == nil || isAdmitted)
    }

    @Test(
        "A server without tokens does nothing for a page of others, whatever the page sends",
        arguments: [
            (["Origin": "http://localhost:8080"], true), (["Origin": "https://localhost:8080"], true),
            (["Sec-Fetch-Site": "same-origin"], true), (["Sec-Fetch-Site": "none"], true), ([:], true),
            (["Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"], true),
            (["Origin": "http://localhost:3000"], false), (["Origin": "http://127.0.0.1:8080"], false),
            (["Origin": "https://evil.example"], false), (["Origin": "null"], false), (["Origin": ""], false),
            (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
            (["Origin": "http://localhost:8080", "Sec-Fetch-Site": "cross-site"], false),
        ]
    )
    func foreignPages(headers: [String: String], isTaken: Bool) throws {
        let gatekeeper = Gatekeeper(tokens: nil, now: { 0 })
        for method in [HTTPRequest.Method.get, .post, .delete] {
            var head = HTTPRequest(method: method, scheme: "http", authority: "localhost:8080", path: "/v1/sessions")
            for (name, value) in headers { head.headerFields[try #require(HTTPField.Name(name))] = value }
            let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
            #expect(((try? gatekeeper.admit(request, for: .converse)) != nil) == isTaken)
        }
    }
}
