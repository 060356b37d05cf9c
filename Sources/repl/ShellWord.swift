/// A text as one word of a POSIX shell, for commands that are shown to be copied.
struct ShellWord {
    /// The word, in quotes where it needs them.
    let text: String

    init(_ text: String) {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_./+,:@%".utf8.contains(byte)
                }
            }
        self.text = isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
