/// Makes a text of the `aws` command fit for logs and messages: one line, bounded, without secrets.
enum SecretText {
    /// The most characters that are kept.
    static let limit = 500

    /// Removes what must not be shown: access key ids, runs that look like a secret or a token (40 characters or more
    /// with upper case, lower case and digits), and the request that services echo when a signature does not match.
    static func cleaned(_ text: String) -> String {
        var line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for echo in [
            "The Canonical String", "The canonical string", "The String-to-Sign",
            "Encoded authorization failure message",
        ] {
            if let range = line.firstRange(of: echo) {
                line = String(line[..<range.lowerBound]).trimmingSuffix(while: \.isWhitespace)
            }
        }
        var cleaned = ""
        var run = ""
        for character in line {
            if character.isASCII, character.isLetter || character.isNumber || "+/=".contains(character) {
                run.append(character)
            } else {
                cleaned += shown(run)
                run = ""
                cleaned.append(character)
            }
        }
        cleaned += shown(run)
        return cleaned.count > limit ? cleaned.prefix(limit) + "…" : cleaned
    }

    private static func shown(_ run: String) -> String {
        let isKey =
            run.count >= 20 && ["AKIA", "ASIA", "AIDA", "AROA"].contains(String(run.prefix(4)))
            && run.allSatisfy { $0.isUppercase || $0.isNumber }
        let isSecret =
            run.count >= 40 && run.contains(where: \.isUppercase) && run.contains(where: \.isLowercase)
            && run.contains(where: \.isNumber)
        return isKey || isSecret ? "[hidden]" : run
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
