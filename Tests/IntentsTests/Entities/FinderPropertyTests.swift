import AWS
import Intents
import Testing

/// What every finder promises for any text: no trap, and ranges in order, apart, in bounds and between characters.
struct FinderPropertyTests {
    private static let pieces = [
        "arn:aws:", "ARN:", "sagemaker:", "us-west-2", ":", "::", "123456789012", "model-package/", "/", "//", "s3://",
        "s3:", "S3",
        "bucket", ".", "..", ",", " ", "\n", "\"", "'", "`", "(", ")", "[", "]", "{", "}", "<", ">", "*", "_", "-", "=",
        "%41", "%",
        "https://", "s3.amazonaws.com", "é", "👍", "\u{2026}", "\u{3002}", "\u{A0}", "\u{0}", "\u{1B}", "\\", "0", "3.5",
        "-1", "#", "No. ",
        "all", "but", "not", "first", "last", "two", "1-3", "99999999999999999999", "claude", "haiku",
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN", " PRIVATE KEY-----", "-----END", "Bearer ", "eyJ", "IQoJ", "secret", "~/", "./x.json",
        "aws-global", "Oregon", "?",
        "true", "instead of ", "replace", "too", "~", "$", "e\u{301}", "\r",
    ]

    /// Texts from a fixed sequence, so that a failure can be repeated.
    private static let texts: [String] = {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            // The steps of xorshift64.
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        return (0..<1_000).map { _ in (0...next(12)).map { _ in pieces[next(pieces.count)] }.joined() }
    }()

    private func check(_ ranges: [Range<Int>], in text: String, _ what: String) {
        let bytes = Array(text.utf8)
        var end = 0
        for range in ranges {
            #expect(range.lowerBound >= end && range.upperBound <= bytes.count, "\(what) in \(text.debugDescription)")
            guard range.upperBound <= bytes.count else { return }
            #expect(String(validating: bytes[range], as: UTF8.self) != nil, "\(what) in \(text.debugDescription)")
            end = range.upperBound
        }
    }

    private func check<Value: Entity>(_ type: Value.Type, in text: String) {
        let found = Value.findAll(in: text)
        check(found.map(\.range), in: text, "\(Value.self)")
        for finding in found {
            guard let suggestion = finding.problem?.suggestion else { continue }
            #expect((try? Value(parsing: suggestion)) != nil, "\(Value.self) offers \(suggestion.debugDescription)")
        }
    }

    @Test func `any text gives ranges in order and offers that are good`() {
        for text in Self.texts {
            check(ARN.self, in: text)
            check(ModelPackageReference.self, in: text)
            check(S3URI.self, in: text)
            check(Region.self, in: text)
            check(PathReply.self, in: text)
            for type in EntityTypes.all {
                let found = type.base.occurrences(in: Utterance(text))
                check(found.map(\.range), in: Utterance(text).text, type.name)
            }
            check(JSONBlock.self, in: text)
            check(SecretScan.findAll(in: text).map(\.range), in: text, "SecretScan")
            #expect(SecretScan.findAll(in: SecretScan.redacted(text)).isEmpty, "\(text.debugDescription)")
        }
    }

    @Test func `any text gives choices that exist`() {
        let list = ChoiceListTests.judges
        for text in Self.texts {
            let indices: [Int] =
                switch list.one(in: text) {
                case .exact(let index, let range):
                    { () -> [Int] in
                        check([range], in: text, "one")
                        return [index]
                    }()
                case .suggestion(let indices), .ambiguous(let indices): indices
                case .outOfRange, .none: []
                }
            #expect(indices.allSatisfy(list.options.indices.contains))
            let several = list.several(in: text, current: [0, 3])
            #expect((several.selection ?? []).allSatisfy(list.options.indices.contains))
            #expect((several.selection ?? []) == Set(several.selection ?? []).sorted())
            check(several.unknown.map(\.range), in: text, "several")
            let name = text.slug(limit: 64)
            #expect(name == nil || AnyEntityType.projectName.base.problem(with: name ?? "") == nil)
        }
    }
}
