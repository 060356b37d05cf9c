internal import HTTPTypes
internal import Hummingbird

/// Decides who makes a request.
///
/// Where there are no tokens, the server listens on the loopback interface alone and everybody is one local user. Then a
/// page on the web must not reach it through the user's browser: a request has to name the server as what it is, and where
/// a browser says which page makes it, that has to be a page of this server.
struct Gatekeeper: Sendable {
    private let tokens: TokenFile?
    private let now: @Sendable () -> Int64

    /// The one user of a server without tokens.
    static let localOwner = "local"
    private static let localUser = Principal(
        owner: localOwner,
        scopes: Set(AccessScope.allCases).subtracting([.delegate])
    )
    private static let delegated = HTTPField.Name("Usher-User")
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    init(tokens: TokenFile?, now: @escaping @Sendable () -> Int64) {
        self.tokens = tokens
        self.now = now
    }

    /// Who makes a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - scope: What it takes.
    /// - Returns: Who it is.
    /// - Throws: ``Problem`` with 401 or 403.
    func admit(_ request: Request, for scope: AccessScope) throws -> Principal {
        guard let tokens else { return try admitLocally(request) }
        guard let token = Self.bearer(of: request) else {
            throw Problem.unauthorized("a request needs the header 'Authorization: Bearer TOKEN'", error: nil)
        }
        // Which of the two it is, nobody is told who does not have the token.
        guard let record = try tokens.record(of: token), record.expires.map({ $0 > now() }) ?? true else {
            throw Problem.unauthorized("the token is not known, or is not valid any more", error: "invalid_token")
        }
        guard record.scopes.contains(scope) else {
            throw Problem.forbidden("the token lacks the scope '\(scope.rawValue)'", scope: scope)
        }
        guard let name = Self.delegated.flatMap({ request.headers[$0] }) else {
            return Principal(owner: record.user, scopes: record.scopes)
        }
        guard record.scopes.contains(.delegate) else {
            throw Problem.forbidden("the token lacks the scope 'delegate', which 'Usher-User' needs", scope: .delegate)
        }
        guard (1...128).contains(name.utf8.count) else {
            throw Problem.badRequest("the header 'Usher-User' has 1 to 128 bytes")
        }
        // A bot's users are apart from users of other tokens, whatever they are called.
        return Principal(owner: "\(record.user)/\(name)", scopes: record.scopes)
    }

    /// Lets somebody look at a page.
    ///
    /// Where there are tokens anybody may; where there are none, who names the server as what it is. A link elsewhere may
    /// lead to it.
    ///
    /// - Throws: ``Problem`` with 403.
    func admitVisitor(_ request: Request) throws {
        if tokens == nil { try checkHost(request.head.authority ?? "") }
    }

    private func admitLocally(_ request: Request) throws -> Principal {
        let host = request.head.authority ?? ""
        try checkHost(host)
        // Where it is not the same, it is a page's of another port or of the web. Programs send neither header.
        let origin = request.headers[.origin].map { $0 == "http://\(host)" || $0 == "https://\(host)" }
        let site = Self.fetchSite.flatMap { request.headers[$0] }.map { $0 == "same-origin" || $0 == "none" }
        guard origin != false, site != false else {
            throw Problem.forbidden("a server without tokens answers no pages of others", scope: nil)
        }
        return Self.localUser
    }

    private func checkHost(_ host: String) throws {
        guard Self.loopback.contains(Self.name(ofHost: host).lowercased()) else {
            throw Problem.forbidden("a server without tokens answers only as 'localhost'", scope: nil)
        }
    }

    /// A host without its port.
    private static func name(ofHost host: String) -> Substring {
        guard let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")),
            host.utf8[host.utf8.index(after: colon)...].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return host[...] }
        return host[..<colon]
    }

    private static func bearer(of request: Request) -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else { return nil }
        return String(parts[1])
    }
}
