import Foundation

/// A token as it is kept: not the token, only what it is recognised by.
public struct AccessToken: Sendable, Hashable, Codable {
    /// What people call it.
    public var name: String
    /// Whose sessions its bearer works with.
    public var user: String
    /// What its bearer may do.
    public var scopes: Set<AccessScope>
    /// SHA-256 of the token, in hexadecimal digits.
    ///
    /// A token is 256 random bits, so that there is nothing to guess and a slow hash would gain nothing.
    public var hash: String
    /// When it ends to be valid, in milliseconds since 1970; `nil` for never.
    public var expires: Int64?

    private enum CodingKeys: String, CodingKey { case name, user, scopes, hash, expires }

    /// Makes a record.
    public init(name: String, user: String, scopes: Set<AccessScope>, hash: String, expires: Int64? = nil) {
        self.name = name
        self.user = user
        self.scopes = scopes
        self.hash = hash
        self.expires = expires
    }

    /// Makes a new token.
    ///
    /// - Parameters:
    ///   - name: What people call it.
    ///   - user: Whose sessions its bearer works with.
    ///   - scopes: What its bearer may do.
    ///   - expires: When it ends to be valid.
    /// - Returns: The token, which is nowhere kept, and its record.
    public static func make(
        name: String,
        user: String,
        scopes: Set<AccessScope>,
        expires: Int64? = nil
    ) -> (token: String, record: AccessToken) {
        let token = "usher_" + Digest.urlSafe(Digest.random(32))
        return (
            token, AccessToken(name: name, user: user, scopes: scopes, hash: Self.hash(of: token), expires: expires)
        )
    }

    /// What a token is recognised by.
    public static func hash(of token: String) -> String {
        Digest.sha256(token.utf8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension AccessToken {
    /// Writes scopes in their order, so that equal records have equal bytes.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(user, forKey: .user)
        try fields.encode(scopes.sorted { $0.rawValue < $1.rawValue }, forKey: .scopes)
        try fields.encode(hash, forKey: .hash)
        try fields.encodeIfPresent(expires, forKey: .expires)
    }
}
