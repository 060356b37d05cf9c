/// Where and why a document is not JSON.
package struct JSONError: Error, Sendable, Hashable {
    /// What is wrong, as part of a sentence.
    package let problem: String
    /// Counted from 1; lines end with LF.
    package let line: Int
    /// Counted from 1, in characters (Unicode scalars).
    package let column: Int
    /// Whether the document only breaks off, so that more bytes could make it right.
    package let isCut: Bool

    init(_ problem: String, at offset: Int, in bytes: [UInt8], isCut: Bool) {
        self.problem = problem
        self.isCut = isCut
        var line = 1
        var start = 0
        for (index, byte) in bytes.prefix(offset).enumerated() where byte == 0x0A {
            line += 1
            start = index + 1
        }
        self.line = line
        let columnBytes = bytes[min(start, offset)..<min(offset, bytes.count)]
        column = 1 + columnBytes.count { $0 & 0xC0 != 0x80 }
    }
}

extension JSONError: CustomStringConvertible {
    /// The place and the problem, as in `3:14: expected a value`.
    package var description: String {
        "\(line):\(column): \(problem)"
    }
}
