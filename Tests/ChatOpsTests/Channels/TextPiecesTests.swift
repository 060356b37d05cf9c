import ChatOps
import Testing

@Suite("Long texts are split where it hurts least")
struct TextPiecesTests {
    private func split(_ text: String, _ limit: Int) -> [String] {
        TextPieces.split(text, limit: limit) { UTF8.width($0) }
    }

    @Test(
        "Between paragraphs, else lines, else words, else characters",
        arguments: [
            ("", 10, []), ("short", 10, ["short"]), ("exactly 10", 10, ["exactly 10"]),
            ("one\n\ntwo\nthree four", 12, ["one", "two", "three four"]),
            ("one\ntwo three", 9, ["one", "two three"]), ("one two three", 9, ["one two", "three"]),
            ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("ééééé", 4, ["éé", "éé", "é"]),
            ("\n\n\n\n\n", 4, []),
        ] as [(String, Int, [String])]
    )
    func places(text: String, limit: Int, pieces: [String]) { #expect(split(text, limit) == pieces) }

    @Test("No character is broken unless it is too large by itself, and nothing but white space is lost")
    func whole() {
        let family = "👨‍👩‍👧‍👦"
        let text = String(repeating: "word \(family) & ", count: 50)
        let pieces = split(text, 60)
        #expect(pieces.allSatisfy { $0.utf8.count <= 60 && !$0.isEmpty })
        #expect(pieces.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
        #expect(pieces.joined().count { $0 == Character(family) } == 50)
        let heap = "a" + String(repeating: "\u{301}", count: 100)
        let parts = split(heap, 21)
        #expect(parts.allSatisfy { $0.utf8.count <= 21 } && parts.flatMap(\.unicodeScalars).count == 101)
    }
}
