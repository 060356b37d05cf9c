/// Texts as they go through IRC: in short lines, with no sign that the protocol takes for its own.
enum IRCText {
    /// The longest line with its end (RFC 2812, 2.3).
    static let lineLimit = 512
    /// What a server puts before a line that it passes on, but for the nick: `:`, `!user@`, a host of 63 bytes, a space.
    private static let prefixSize = 1 + 1 + 12 + 1 + 63 + 1

    /// The lines that say a text at a place.
    ///
    /// - Parameters:
    ///   - text: Any text; its ends of line, and any other control characters, reach nobody.
    ///   - place: A nick or a channel.
    ///   - nick: The bot's own.
    ///   - user: Who is addressed in the first line; `nil` for nobody.
    /// - Returns: Lines of at most 512 bytes with all that a server adds, none split inside of a character.
    static func lines(_ text: String, to place: String, from nick: String, addressing user: String?) -> [String] {
        let head = "PRIVMSG \(safe(place)) :"
        let limit = max(64, lineLimit - 2 - prefixSize - nick.utf8.count - head.utf8.count)
        let addressed = (user.map { $0 + ": " } ?? "") + text
        return addressed.split(whereSeparator: \.isNewline).flatMap { line in
            TextPieces.split(safe(String(line)), limit: limit) { String($0).utf8.count }
        }.filter { !$0.allSatisfy(\.isWhitespace) }.map { head + $0 }
    }

    /// A text without control characters: nothing in it ends a line, or is a command to a client.
    static func safe(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    /// What a user wrote without the marks of bold, colours and the like.
    static func plain(_ text: String) -> String {
        safe(text.replacing(/\u{03}(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?|[\u{02}\u{0F}\u{11}\u{16}\u{1D}-\u{1F}]/, with: ""))
    }

    /// What is said to the bot in a line of a channel; `nil` where it is said to somebody else or to all.
    static func addressed(_ text: String, to nick: String) -> String? {
        guard IRCLine.folded(String(text.prefix(nick.count))) == IRCLine.folded(nick) else { return nil }
        let rest = text.dropFirst(nick.count)
        if let mark = rest.first, !":, ".contains(mark) { return nil }
        return String(rest.drop { ":, ".contains($0) })
    }
}
