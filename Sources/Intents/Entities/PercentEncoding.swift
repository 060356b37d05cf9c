/// The encoding of bytes in addresses, `%41` for `A`.
///
/// - Note: Source: RFC 3986 section 2.1.
package enum PercentEncoding {
    /// The text with `%41` read as `A`; `nil` if a sequence is broken or the bytes are not UTF-8.
    package static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        if ByteClass.isDigit(byte) { return byte - 0x30 }
        return ByteClass.isHex(byte) ? (byte | 0x20) - 0x61 + 10 : nil
    }
}
