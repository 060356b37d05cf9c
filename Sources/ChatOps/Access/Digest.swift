internal import CLibMD
internal import Foundation

/// SHA-256 by libmd, and what is made with it.
enum Digest {
    /// The number of bytes in a digest.
    static let size = Int(SHA256_DIGEST_LENGTH)

    /// SHA-256 of bytes (FIPS 180-4).
    static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        var context = SHA2_CTX()
        SHA256Init(&context)
        SHA256Update(&context, bytes, bytes.count)
        var digest = [UInt8](repeating: 0, count: size)
        SHA256Final(&digest, &context)
        return digest
    }

    /// HMAC-SHA256 of a message (RFC 2104).
    static func hmac(of message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
        let blockSize = Int(SHA256_BLOCK_LENGTH)
        var key = Array(key)
        if key.count > blockSize { key = sha256(key) }
        key += repeatElement(0, count: blockSize - key.count)
        let inner = sha256(key.map { $0 ^ 0x36 } + message)
        return sha256(key.map { $0 ^ 0x5c } + inner)
    }

    /// Compares two digests, in the same time wherever they differ.
    static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        guard first.count == second.count else { return false }
        return zip(first, second).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Random bytes from the system's generator, which can't be guessed.
    static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }

    /// In base 64 with the alphabet for URLs and without padding (RFC 4648, 5).
    static func urlSafe(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
