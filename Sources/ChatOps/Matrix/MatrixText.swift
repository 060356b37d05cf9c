internal import Foundation

/// Texts on their way from and to Matrix.
enum MatrixText {
    /// How many bytes a scalar takes in JSON.
    static func cost(_ scalar: Unicode.Scalar) -> Int {
        scalar.value < 0x20 ? 6 : scalar == "\"" || scalar == "\\" ? 2 : UTF8.width(scalar)
    }

    /// A part of an address.
    static func escaped(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    /// What somebody typed, without what clients put before it: what it replies to, and the name of the bot.
    static func plain(_ body: String, isReply: Bool, own: String) -> String {
        var text = body[...]
        while isReply, text.hasPrefix(">") { text = text.drop { !$0.isNewline }.dropFirst() }
        let typed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let local = String(own.dropFirst().prefix { $0 != ":" })
        for name in [own, "@" + local, local] where typed.lowercased().hasPrefix(name.lowercased()) {
            let rest = typed.dropFirst(name.count)
            guard rest.first.map({ ":,".contains($0) }) ?? true || name == own else { continue }
            return rest.drop { ":, ".contains($0) }.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return typed
    }
}
