import Foundation
import Testing

@testable import ChatOps

@Suite("Digests are those of the standards")
struct DigestTests {
    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test(
        "SHA-256, with the examples of FIPS 180-4 and of nothing at all",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func sha256(text: String, digest: String) { #expect(Self.hex(Digest.sha256(text.utf8)) == digest) }

    @Test(
        "HMAC-SHA256, with the test cases 1, 2 and 6 of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func hmac(key: [UInt8], message: String, code: String) {
        #expect(Self.hex(Digest.hmac(of: message.utf8, key: key)) == code)
    }

    @Test("Digests are equal only where all of them is")
    func equality() {
        let digest = Digest.sha256("a".utf8)
        #expect(Digest.areEqual(digest, Digest.sha256("a".utf8)))
        #expect(!Digest.areEqual(digest, Digest.sha256("b".utf8)))
        #expect(!Digest.areEqual(digest, Array(digest.dropLast())))
    }
}
