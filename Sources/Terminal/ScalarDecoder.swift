/// Puts the bytes of UTF-8 together, one scalar at a time; what is wrong becomes U+FFFD.
struct ScalarDecoder {
    /// What one more byte made of it.
    enum Step: Equatable {
        /// More bytes are needed.
        case needsMore
        /// A scalar is whole.
        case scalar(Unicode.Scalar)
        /// What was begun cannot go on with this byte: it is wrong, and the byte is to be taken again.
        case wrongBefore
    }

    private var pending: [UInt8] = []

    /// Takes one byte.
    mutating func take(_ byte: UInt8) -> Step {
        if pending.isEmpty, byte < 0x80 { return .scalar(Unicode.Scalar(byte)) }
        guard pending.isEmpty || byte & 0xC0 == 0x80 else {
            pending = []
            return .wrongBefore
        }
        pending.append(byte)
        guard let length = Self.length(startingWith: pending[0]) else {
            pending = []
            return .scalar("\u{FFFD}")
        }
        guard pending.count == length else { return .needsMore }
        defer { pending = [] }
        return .scalar(String(validating: pending, as: UTF8.self)?.unicodeScalars.first ?? "\u{FFFD}")
    }

    private static func length(startingWith byte: UInt8) -> Int? {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }
}
