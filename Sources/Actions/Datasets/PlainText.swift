/// Texts from a dataset or file, made fit for one line of a terminal or a chat.
package enum PlainText {
    /// The text with everything invisible written out, cut to `limit` characters with an ellipsis at the end.
    package static func shown(_ text: String, limit: Int = 300) -> String {
        var shown = ""
        var count = 0
        for character in text {
            guard count < limit else { return shown + "…" }
            count += 1
            for (scalar, isPlain) in ReadableScalars(String(character)) {
                switch scalar {
                case "\n": shown += "\\n"
                case "\r": shown += "\\r"
                case "\t": shown += "\\t"
                default:
                    if isPlain {
                        shown.unicodeScalars.append(scalar)
                    } else {
                        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
                    }
                }
            }
        }
        return shown
    }

    /// A list as people write it: `a, b and c`.
    static func joined(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// A count with its noun: `1 record`, `1,200 records`.
    package static func count(_ number: Int, _ noun: String) -> String {
        var digits = String(number)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = String(digits.dropLast(3))
        }
        groups.insert(digits[...], at: 0)
        return groups.joined(separator: ",") + " " + noun + (number == 1 ? "" : "s")
    }
}
