internal import Intents

/// Looks for the name of a model package group in a reply without an ARN.
struct NameSearch {
    private let reply: ReplyBytes

    init(_ reply: ReplyBytes) { self.reply = reply }

    /// Words after which a name stands, with or without "is", "name", ":" and "=" between.
    private static let cues: Set<String> = ["group", "package", "named", "called", "name"]
    private static let links: Set<String> = ["is", "name", "named", "called", "it", "the", "group", "package"]

    func findAll() -> [(Range<Int>, String)] {
        if let whole = wholeReply() { return [whole] }
        var found: [(Range<Int>, String)] = []
        var isCued = false
        for range in words() {
            let word = reply.text(range)
            let isQuoted = reply.closingQuote(ofValueAt: range.lowerBound) == range.upperBound
            let lowercased = word.asciiLowercased
            if !isQuoted, Self.cues.contains(lowercased) {
                isCued = true
            } else if !isQuoted, Self.links.contains(lowercased) {
                continue
            } else {
                if isCued || isQuoted, Self.looksLikeName(word) || isCued && isQuoted,
                    EntityName.problem(with: word) == nil
                {
                    found.append((range, word))
                }
                isCued = false
            }
        }
        return found.isEmpty ? beforeGroup().map { [$0] } ?? [] : found
    }

    /// The name in "the support-bot group".
    private func beforeGroup() -> (Range<Int>, String)? {
        let words = words()
        for (word, next) in zip(words, words.dropFirst()) where reply.text(next).asciiLowercased == "group" {
            let name = reply.text(word)
            if Self.looksLikeName(name), !name.asciiLowercased.hasPrefix("model-package"),
                EntityName.problem(with: name) == nil
            {
                return (word, name)
            }
        }
        return nil
    }

    /// A name with a version, in a reply that holds little else: "support-bot v3", "support-bot/3", "version 3 of support-bot".
    func versioned() -> (Range<Int>, String)? {
        let words = words()
        guard (1...5).contains(words.count) else { return nil }
        let texts = words.map { reply.text($0).asciiLowercased }
        func name(_ range: Range<Int>) -> (Range<Int>, String)? {
            let name = reply.text(range)
            return Self.looksLikeName(name) && EntityName.problem(with: name) == nil ? (range, name) : nil
        }
        for index in words.indices {
            let rest = texts[(index + 1)...]
            let isFollowed =
                rest.first.map { $0.isVersion(after: ["v", "#"]) } == true
                || rest.first == "version" && rest.dropFirst().first?.isVersion(after: [""]) == true
            let isLed =
                index > 2 && texts[index - 1] == "of" && texts[index - 2].isVersion(after: ["", "v"])
                && texts[index - 3].hasSuffix("version")
            if isFollowed || isLed, let found = name(words[index]) { return found }
            let word = reply.text(words[index])
            guard let separator = word.lastIndex(where: { $0 == "/" || $0 == ":" }) else { continue }
            let end = words[index].lowerBound + word[..<separator].utf8.count
            if String(word[word.index(after: separator)...]).isVersion(after: ["", "v"]),
                let found = name(words[index].lowerBound..<end)
            {
                return found
            }
        }
        return nil
    }

    private func wholeReply() -> (Range<Int>, String)? {
        var range = reply.trimmedRange
        if let first = range.first, let quote = reply.closingQuote(ofValueAt: first + 1), quote + 1 == range.upperBound
        {
            range = (first + 1)..<quote
        } else {
            range = range.lowerBound..<reply.endWithoutPunctuation(range)
        }
        guard !range.isEmpty else { return nil }
        let name = reply.text(range)
        return Self.looksLikeName(name) && EntityName.problem(with: name) == nil ? (range, name) : nil
    }

    /// Whether a word is not plain prose: a digit, a hyphen, or a capital after a small letter.
    private static func looksLikeName(_ word: String) -> Bool {
        var before: UInt8 = 0
        for byte in word.utf8 {
            if ByteClass.isDigit(byte) || byte == 0x2D || ByteClass.isUpper(byte) && ByteClass.isLower(before) {
                return word.utf8.contains(where: ByteClass.isLetter)
            }
            before = byte
        }
        return false
    }

    /// The words of the reply without quotes and punctuation around them.
    private func words() -> [Range<Int>] {
        var words: [Range<Int>] = []
        var offset = 0
        while offset < reply.count {
            let byte = reply.bytes[offset]
            if ByteClass.isSpace(byte) || [0x22, 0x27, 0x60, 0x28, 0x3A, 0x3D].contains(byte) {
                offset += 1
                continue
            }
            var end = offset
            while end < reply.count, !ByteClass.isSpace(reply.bytes[end]),
                ![0x22, 0x60, 0x3D].contains(reply.bytes[end])
            {
                end += 1
            }
            let trimmed = reply.endWithoutPunctuation(offset..<end)
            if trimmed > offset { words.append(offset..<trimmed) }
            offset = max(end, offset + 1)
        }
        return words
    }
}

extension String {
    /// Whether it is one of these and a whole number.
    fileprivate func isVersion(after prefixes: [String]) -> Bool {
        prefixes.contains { prefix in
            let rest = dropFirst(prefix.count)
            return hasPrefix(prefix) && (1...9).contains(rest.utf8.count) && rest.allBytes(ByteClass.isDigit)
        }
    }
}
