import Actions
import Testing

struct RecordSplitterTests {
    private func records(_ text: String, _ layout: RecordLayout, pieces size: Int) -> [String] {
        var splitter = RecordSplitter(layout)
        let bytes = Array(text.utf8)
        var records: [RawRecord] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            records += splitter.feed(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        if let last = splitter.finish() { records.append(last) }
        return records.map { "\($0.line) " + String(decoding: $0.bytes, as: UTF8.self) }
    }

    static let texts: [(RecordLayout, String, [String])] = [
        (.lines, "\n{\"a\":\"é\"}\r\n\n 1 \nlast", ["2 {\"a\":\"é\"}\r", "4  1 ", "5 last"]),
        (
            .array, "[{\"a\":[1,{}]} ,\n\"x]\\\"\", 12\n,null]\n",
            ["1 {\"a\":[1,{}]}", "2 \"x]\\\"\"", "2 12", "3 null"]
        ),
        (.array, "\n[1,[2],\n3]", ["2 1", "2 [2]", "3 3"]), (.array, "[]", []), (.array, "[{}", ["1 {}"]),
        (.array, "[{\"a\":", ["1 {\"a\":"]),
        (.array, "[1] 2", ["1 1"]), (.array, "[}]", ["1 }"]), (.array, "[{}}]", ["1 {}", "1 }"]),
        (.spread, "{\n\"a\": \"}\\\\\"\n}\n{\n}\n", ["1 {\n\"a\": \"}\\\\\"\n}", "4 {\n}"]),
        (.spread, "{}{}\n]{}", ["1 {}", "1 {}", "2 ]", "2 {}"]),
    ]

    @Test(arguments: texts)
    func `records are the same however the text is cut into pieces`(
        _ layout: RecordLayout,
        _ text: String,
        _ expected: [String]
    ) {
        for size in 1...(text.utf8.count + 1) {
            #expect(records(text, layout, pieces: size) == expected, "pieces of \(size)")
        }
    }

    @Test func `a record past the limit is dropped, not kept`() {
        var splitter = RecordSplitter(.lines, sizeLimit: 10)
        var records: [RawRecord] = []
        for piece in ["1234567890\n123456", "7890", "1", "2\nnext\n"] { records += splitter.feed(Array(piece.utf8)) }
        #expect(records.map(\.isTooLong) == [false, true, false])
        #expect(records.map(\.line) == [1, 2, 3])
        #expect(records[1].bytes == [])
    }
}
