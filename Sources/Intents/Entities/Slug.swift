extension String {
    /// The nearest name for a file or folder: lower-case letters without accents, digits, and hyphens for all else.
    ///
    /// - Parameter limit: The most characters that it may have.
    /// - Returns: `nil` where no letter and no digit is left.
    public func slug(limit: Int) -> String? {
        var slug = ""
        for scalar in unicodeScalars {
            if let letters = scalar.plainLetters {
                slug += letters
            } else if scalar.properties.isDiacritic || scalar == "'" {
                continue
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        slug = String(slug.prefix(limit))
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty ? nil : slug
    }
}

extension Unicode.Scalar {
    /// The plain letters or the digit for a scalar: `É` gives `e`, `ß` gives `ss`; `nil` for all other signs.
    ///
    /// Unicode names an accented letter by its base letter: "LATIN SMALL LETTER E WITH ACUTE".
    fileprivate var plainLetters: String? {
        if isASCII {
            let byte = ByteClass.lowercased(UInt8(truncatingIfNeeded: value))
            return ByteClass.isAlphanumeric(byte) ? String(UnicodeScalar(byte)) : nil
        }
        if self == "ß" { return "ss" }
        guard let name = properties.name, name.hasPrefix("LATIN ") else { return nil }
        let words = name.split(separator: " ")
        guard words.count >= 4, words[2] == "LETTER", words[3].utf8.count <= 2 else { return nil }
        return words[3].lowercased()
    }
}
