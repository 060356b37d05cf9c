import Testing

@testable import Terminal

struct ScalarDecoderTests {
    @Test(
        arguments: [
            ([], ""),
            (Array("plain žluť 日本 👍".utf8), "plain žluť 日本 👍"),
            ([0xFF, 0x61], "\u{FFFD}a"),
            ([0xC3, 0x0D], "\u{FFFD}\r"),
            ([0xE6, 0x97, 0x61], "\u{FFFD}a"),
            ([0xE6, 0xE6, 0x97, 0xA5], "\u{FFFD}日"),
            ([0x80, 0x61], "\u{FFFD}a"),
            ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}"),
            ([0xF4, 0x90, 0x80, 0x80, 0x61], "\u{FFFD}a"),
            ([0xE6, 0x97], ""),
        ] as [([UInt8], String)]
    )
    func `bytes become scalars, and no byte after a wrong one is lost`(_ bytes: [UInt8], _ text: String) {
        var decoder = ScalarDecoder()
        var decoded = String.UnicodeScalarView()
        var rest = bytes[...]
        while let byte = rest.first {
            switch decoder.take(byte) {
            case .needsMore: rest = rest.dropFirst()
            case .scalar(let scalar):
                decoded.append(scalar)
                rest = rest.dropFirst()
            case .wrongBefore:
                decoded.append("\u{FFFD}")
            }
        }
        #expect(Array(decoded) == Array(text.unicodeScalars))
    }
}

struct PasteTests {
    private func paste(_ text: String, limit: Int = 100) -> Paste {
        var paste = Paste(limit: limit)
        for byte in text.utf8 where !paste.isWhole { paste.take(byte) }
        return paste
    }

    @Test(arguments: [
        ("\u{1B}[201~", ""),
        ("one\u{1B}[201~", "one"),
        ("one\rtwo\r\nthree\nfour\u{1B}[201~", "one\ntwo\nthree\nfour"),
        ("one\r\r\r\u{1B}[201~", "one"),
        ("a\0b\u{1B}[201~", "ab"),
        ("\u{1B}[31mred\u{1B}[20\u{1B}[201~", "\u{1B}[31mred\u{1B}[20"),
        ("\u{1B}\u{1B}[201~", "\u{1B}"),
        ("\tžluť\u{1B}[201~", "\tžluť"),
    ])
    func `a paste ends at its mark`(_ bytes: String, _ text: String) {
        let paste = paste(bytes)
        #expect(paste.isWhole)
        #expect(paste.text == text)
    }

    @Test func `a paste that is too long is counted`() {
        let paste = paste(String(repeating: "x", count: 101) + "\u{1B}[201~")
        #expect(paste.isWhole)
        #expect(paste.text == nil)
        #expect(paste.byteCount == 101)
    }

    @Test func `without its mark it is not whole`() {
        #expect(!paste("one\u{1B}[201").isWhole)
    }
}

struct LibeditTextTests {
    @Test(arguments: [
        ("> ", "> "),
        ("\u{1B}[1m>\u{1B}[22m ", "\u{1}\u{1B}[1m\u{1}>\u{1}\u{1B}[22m\u{1} "),
        ("\u{1B}[1m>\u{1B}[22m", "\u{1}\u{1B}[1m\u{1}>\u{1}\u{1B}[22m\u{1} "),
        ("", ""),
    ])
    func `escape sequences of a prompt are marked, and something follows the last`(_ line: String, _ marked: String) {
        #expect(LibeditText.prompt(line) == marked)
    }

    @Test func `text goes to scalars and back, without NUL`() {
        let scalars = LibeditText.scalars("ž\u{0}日👍")
        defer { scalars.deallocate() }
        #expect(LibeditText.utf8(scalars, count: 3) == Array("ž日👍".utf8))
        #expect(scalars[3] == 0)
    }
}
