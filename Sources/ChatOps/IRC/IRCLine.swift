/// One line of the protocol (RFC 2812): who sent it, a command and its parameters.
struct IRCLine: Hashable {
    /// The sender's nick; empty where a line names none.
    var nick = ""
    var command: String
    var parameters: [String]

    /// Reads a line without its end; `nil` where it is none.
    init?(_ text: String) {
        var rest = text[...]
        // Tags of IRC version 3, which nobody asked for.
        if rest.hasPrefix("@") { rest = rest.drop { $0 != " " }.drop { $0 == " " } }
        if rest.hasPrefix(":") {
            let prefix = rest.dropFirst().prefix { $0 != " " }
            nick = String(prefix.prefix { $0 != "!" && $0 != "@" })
            rest = rest.dropFirst().dropFirst(prefix.count).drop { $0 == " " }
        }
        command = rest.prefix { $0 != " " }.uppercased()
        rest = rest.drop { $0 != " " }.drop { $0 == " " }
        parameters = []
        while !rest.isEmpty {
            if rest.hasPrefix(":") {
                parameters.append(String(rest.dropFirst()))
                break
            }
            parameters.append(String(rest.prefix { $0 != " " }))
            rest = rest.drop { $0 != " " }.drop { $0 == " " }
        }
        guard !command.isEmpty else { return nil }
    }

    /// A nick or a channel as the network compares them: case does not count, and `[]\~` are capitals of `{}|^`.
    static func folded(_ name: String) -> String {
        let pairs: [Character: Character] = ["[": "{", "]": "}", "\\": "|", "~": "^"]
        return String(name.lowercased().map { pairs[$0] ?? $0 })
    }
}
