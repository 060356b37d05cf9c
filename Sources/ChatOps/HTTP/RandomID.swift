/// Names that nobody guesses.
enum RandomID {
    /// Random bytes in hexadecimal, from the system's generator.
    ///
    /// - Parameter bytes: How many; a multiple of 8.
    /// - Returns: Two digits a byte, in lower case.
    static func hexadecimal(bytes: Int) -> String {
        (0..<bytes / 8).map { _ in
            let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}
