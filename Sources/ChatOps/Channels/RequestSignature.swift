internal import Foundation

/// Signatures of requests by a secret that both sides know: HMAC-SHA256 in hexadecimal digits.
enum RequestSignature {
    /// Whether a signature is that of a message; it takes as long wherever they differ.
    static func isValid(_ signature: some StringProtocol, of message: Data, secret: String) -> Bool {
        let digits = signature.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map { UInt8($0) } }
        guard digits.count == 64, signature.utf8.count == 64 else { return false }
        let code = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        return Digest.areEqual(code, Digest.hmac(of: message, key: secret.utf8))
    }
}
