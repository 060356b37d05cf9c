/// Swift source that holds files as string literals.
///
/// The literals are raw and multi-line, so that the generated file reads like the files in it. They stay in the
/// read-only data of the binary: nothing is copied when the program starts.
struct SwiftSource {
    /// The files, in the order in which they are written.
    var files: [(path: String, text: String)]

    /// The whole source file.
    var text: String {
        var source = """
            // Generated from the prompts folder by embed-prompts. Edits here are lost: edit the prompts.

            enum EmbeddedPrompts {
                static let files: [(path: String, text: String)] = [

            """
        for file in files {
            source += "(\(Self.literal(file.path)), \(Self.literal(file.text))),\n"
        }
        return source + "    ]\n}\n"
    }

    /// A Swift expression whose value is `text`, scalar for scalar.
    ///
    /// What a compiler would read differently (it turns CR LF in a literal into LF, and complains of NUL) or a reader
    /// would not see (controls, bidirectional marks) is written as an escape.
    static func literal(_ text: String) -> String {
        let hashes = String(repeating: "#", count: hashesNeeded(for: text))
        var literal = "\(hashes)\"\"\"\n"
        for scalar in text.unicodeScalars {
            if isWrittenAsItIs(scalar) {
                literal.unicodeScalars.append(scalar)
            } else {
                literal += "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
            }
        }
        return literal + "\n\"\"\"\(hashes)"
    }

    /// One more `#` than any run of them that follows a quote or a backslash in the text; at least one.
    private static func hashesNeeded(for text: String) -> Int {
        var longest = 0
        var run: Int?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): run = 0
            case UInt8(ascii: "#"): run = run.map { $0 + 1 }
            default: run = nil
            }
            longest = max(longest, run ?? 0)
        }
        return longest + 1
    }

    private static func isWrittenAsItIs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar == "\n" || scalar == "\t"
        case .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }
}
