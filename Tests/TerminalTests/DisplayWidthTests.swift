import Terminal
import Testing

struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0),
        ("plain", 5),
        ("žluť", 4),
        ("z\u{30C}lut\u{30C}", 4),
        ("日本", 4),
        ("ｆｕｌｌ", 8),
        ("ﾊﾝｶｸ", 4),
        ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩‍🔬", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🏳️‍🌈", 2),
        ("🇨🇿", 2),
        ("❤️", 2),
        ("❤", 1),
        ("✔", 1),
        ("1️⃣", 2),
        ("a\u{200B}b\u{200D}c", 3),
        ("ไทย", 3),
        ("ที่", 1),
        ("שלום", 4),
        ("…—“”", 4),
        ("␛", 1),
        ("a\nb", 2),
    ])
    func `columns are those of a terminal`(_ text: String, _ columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }
}
