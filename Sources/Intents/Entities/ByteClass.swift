/// Questions about single bytes of UTF-8 text; bytes from 0x80 are in no class.
package enum ByteClass {
    package static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    package static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    package static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    package static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
    /// Space, tab and the line ends.
    package static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
    /// What a terminal might act on: C0 and DEL.
    package static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
    /// The lower-case form of an ASCII letter; any other byte as it is.
    package static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
}

extension StringProtocol {
    /// Whether every byte is in a class; true for an empty text.
    package func allBytes(_ isInClass: (UInt8) -> Bool) -> Bool { utf8.allSatisfy(isInClass) }

    /// The text with ASCII letters in lower case and all else as it is.
    package var asciiLowercased: String {
        guard utf8.contains(where: ByteClass.isUpper) else { return String(self) }
        return String(decoding: utf8.map(ByteClass.lowercased), as: UTF8.self)
    }

    /// The first control character: C0, DEL, or C1 (U+0080...U+009F).
    package var firstControl: Unicode.Scalar? {
        var before: UInt8 = 0
        let hasControl = utf8.contains { byte in
            defer { before = byte }
            return ByteClass.isControl(byte) || before == 0xC2 && byte < 0xA0
        }
        return hasControl ? unicodeScalars.first { $0.properties.generalCategory == .control } : nil
    }

    /// The first scalar that is not in a class, in a form that is safe to show: `'_'`, or `U+0007` if it is invisible.
    package func firstShown(notIn isInClass: (UInt8) -> Bool) -> String? {
        for scalar in unicodeScalars where !(scalar.isASCII && isInClass(UInt8(truncatingIfNeeded: scalar.value))) {
            return scalar.shown
        }
        return nil
    }
}

extension Unicode.Scalar {
    /// The scalar in quotes, or its number if it cannot be seen or would act on a terminal.
    package var shown: String {
        if self == " " { return "a space" }
        let isVisible: Bool =
            switch properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
                .paragraphSeparator:
                false
            default: true
            }
        if isVisible { return "'\(self)'" }
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
