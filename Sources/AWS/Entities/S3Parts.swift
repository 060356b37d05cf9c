internal import Intents

/// A place in S3 that is told in parts: "bucket my-bucket, key data/eval.jsonl".
struct S3Parts {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The place with the half-open UTF-8 byte range from the name of the bucket to the end of the key; `nil` where bucket and
    /// key are not both named.
    ///
    /// - Complexity: O(n); texts without "bucket" cost a search for it.
    func place() -> (S3URI, Range<Int>)? {
        guard text.asciiLowercased.contains("bucket") else { return nil }
        let words = words()
        guard let bucket = value(after: ["bucket"], in: words[...]),
            let key = value(
                after: ["key", "path", "prefix", "object", "file", "folder", "under"],
                in: words[(bucket + 1)...]
            ),
            words[key].text.contains(where: { $0 == "/" || $0 == "." }),
            let uri = try? S3URI(parsing: "s3://\(words[bucket].text)/\(words[key].text)")
        else { return nil }
        return (uri, words[bucket].range.lowerBound..<words[key].range.upperBound)
    }

    /// The position of the word that a cue is followed by, small words between them left out.
    private func value(after cues: Set<String>, in words: ArraySlice<Word>) -> Int? {
        guard let cue = words.firstIndex(where: { cues.contains($0.text.asciiLowercased) }) else { return nil }
        return words[(cue + 1)...].firstIndex { !Self.links.contains($0.text.asciiLowercased) }
    }

    private static let links: Set<String> = ["is", "called", "named", "name", "the", "in", "at", "=", "and", "s3"]

    private struct Word {
        var text: String
        var range: Range<Int>
    }

    /// Words between white space, without the punctuation and quotes around them.
    private func words() -> [Word] {
        let reply = ReplyBytes(text)
        var words: [Word] = []
        var offset = 0
        while offset < reply.count {
            guard !ByteClass.isSpace(reply.bytes[offset]) else {
                offset += 1
                continue
            }
            let token = reply.token(around: offset)
            offset = token.upperBound
            var lower = token.lowerBound
            while lower < token.upperBound, "\"'`(".utf8.contains(reply.bytes[lower]) { lower += 1 }
            let upper = reply.endWithoutPunctuation(lower..<token.upperBound)
            if upper > lower { words.append(Word(text: reply.text(lower..<upper), range: lower..<upper)) }
        }
        return words
    }
}
