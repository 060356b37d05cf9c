internal import COpenSSL
internal import Foundation

/// SHA-256 and what is made with it, by the system's OpenSSL.
enum Digest {
    /// The number of bytes in a digest.
    static let size = 32

    /// SHA-256 of bytes (FIPS 180-4).
    static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        return filled { EVP_Digest(bytes, bytes.count, $0, nil, EVP_sha256(), nil) == 1 }
    }

    /// HMAC-SHA256 of a message (RFC 2104).
    static func hmac(of message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
        let (message, key) = (Array(message), Array(key))
        return filled { HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, $0, nil) != nil }
    }

    /// Compares two digests, in the same time wherever they differ.
    static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && CRYPTO_memcmp(first, second, first.count) == 0
    }

    /// Random bytes from the system's generator, which can't be guessed.
    static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }

    /// In base 64 with the alphabet for URLs and without padding (RFC 4648, 5).
    static func urlSafe(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func filled(_ body: (UnsafeMutablePointer<UInt8>) -> Bool) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let start = buffer.baseAddress, body(start) else {
                // OpenSSL fails here only where it was built without SHA-256, or there is no memory.
                preconditionFailure("OpenSSL cannot make a digest")
            }
            count = size
        }
    }
}
