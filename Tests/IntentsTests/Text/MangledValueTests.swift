import Intents
import Testing

@Suite("Values survive how chat clients mangle them")
struct MangledValueTests {
    private func decide(_ text: String, _ kind: AnyEntityType) -> Decision {
        CommonRules.resolver.understand(Utterance(text, of: EntityTypes.all), answering: Question(form: .value(kind)))
            .decision
    }

    private static let uri = "s3://my-bucket/data/train.jsonl"
    private static let package = "arn:aws:sagemaker:us-west-2:012345678901:model-package/support-bot/3"

    @Test(
        "An S3 URI is taken as it was meant",
        arguments: [
            "<\(uri)|\(uri)>", "<\(uri)|train.jsonl>", "it is <\(uri)>", "the data: <\(uri)|\(uri)>, thanks",
            "`\(uri)`", "```\(uri)```", "```\n\(uri)\n```", "“\(uri)”", "‘\(uri)’", "«\(uri)»", "„\(uri)“", "‹\(uri)›",
            "\"\(uri)\"", "'\(uri)'", "**\(uri)**", "[the data](\(uri))", "(\(uri))", "\(uri).", "\(uri),", "\(uri)!",
            "\(uri);", "\(uri)\u{2026}", "\(uri)\u{3002}", "\u{200B}\(uri)\u{200B}", "\u{FEFF}\(uri)", "\(uri)\u{A0}",
            "\u{202A}\(uri)\u{202C}", "s3://my-\u{AD}bucket/data/train.jsonl", "s3://my\u{2011}bucket/data/train.jsonl",
            "s3://my\u{2013}bucket/data/train.jsonl", "s3://my\u{2212}bucket/data/train.jsonl",
            "ｓ３：／／ｍｙ－ｂｕｃｋｅｔ／ｄａｔａ／ｔｒａｉｎ．ｊｓｏｎｌ",
            "s3://my-\nbucket/data/train.jsonl", "s3://\nmy-bucket/data/train.jsonl",
            "s3://my-bucket/data/<http://train.jsonl|train.jsonl>",
        ]
    )
    func place(text: String) {
        #expect(decide(text, .s3URI(.object)) == .value(.text(Self.uri)))
    }

    @Test(
        "An ARN is taken as it was meant",
        arguments: [
            "<\(package)|\(package)>", "`\(package)`", "“\(package)”", "\(package).", "\(package)\u{200B}",
            "arn:aws:sagemaker:us\u{2011}west\u{2011}2:012345678901:model\u{2010}package/support\u{2013}bot/3",
            "arn:aws:sagemaker:us-west-2:\n012345678901:model-package/support-bot/3",
            "arn:aws:sagemaker:us-\nwest-2:012345678901:model-\n  package/support-bot/3",
            "arn:aws:sagemaker:us-west-2:012345678901:model-package/support-\nbot/3",
            "arn:aws:sagemaker:us-west-2:012345678901:\r\nmodel-package/support-bot/3",
            "ａｒｎ：ａｗｓ：ｓａｇｅｍａｋｅｒ：ｕｓ－ｗｅｓｔ－２：０１２３４５６７８９０１：ｍｏｄｅｌ－ｐａｃｋａｇｅ／ｓｕｐｐｏｒｔ－ｂｏｔ／３",
        ]
    )
    func arn(text: String) {
        #expect(decide(text, .modelPackage) == .value(.text(Self.package)))
    }

    @Test(
        "What may be mangled or meant is asked about",
        arguments: [
            // A long dash stands for one hyphen or for two.
            ("s3://my\u{2014}bucket/data/train.jsonl", uri),
            // A key may hold these characters.
            ("s3://my-bucket/2020\u{2013}2021.jsonl", "s3://my-bucket/2020-2021.jsonl"),
            ("s3://my-bucket/it\u{2019}s.jsonl", "s3://my-bucket/it's.jsonl"),
            // Both the first line and the two together are places.
            ("s3://my-bucket/data/\ntrain.jsonl", uri),
            ("s3://my-bucket/da\nta/train.jsonl", uri),
            ("s3://my-bucket/data\n/train.jsonl", uri),
            ("s3://my-bucket/data/train.js\nonl", uri),
            ("the dataset is s3://my-bucket/data/\n  train.jsonl", uri),
            ("s3://my-bucket/data/train\n.jsonl", uri),
            ("S3://my-bucket/data/\ntrain.jsonl", uri),
        ]
    )
    func doubtful(text: String, meant: String) {
        let suggestion: Value?
        switch decide(text, .s3URI(.object)) {
        case .problem(let message, let value):
            #expect(message.hasSuffix("."))
            suggestion = value
        case .badCorrection(slot: 2, _, let value): suggestion = value
        case let decision:
            Issue.record("\(decision)")
            return
        }
        #expect(suggestion == .text(meant))
    }

    @Test("An ARN whose first line would do alone is asked about")
    func brokenARN() {
        let text = "arn:aws:sagemaker:us-west-2:012345678901:model-package/supp\nort-bot/3"
        guard case .problem(_, suggestion: .text(Self.package)) = decide(text, .modelPackage) else {
            Issue.record("\(decide(text, .modelPackage))")
            return
        }
    }

    @Test(
        "What stands on the next line and is something else stays something else",
        arguments: [
            "\(uri)\nus-west-2", "\(uri)\nthanks", "\(uri)\nquery and response", "\(uri)\nhttps://example.com/a",
            "\(uri)\n\n/other.jsonl", "\(uri),\nnotes.txt", "\(uri)\n- notes", "\(uri)\nyes",
        ]
    )
    func otherLines(text: String) {
        #expect(
            Utterance(text, of: EntityTypes.all).text.hasPrefix("\(Self.uri)")
                && Utterance(text, of: EntityTypes.all).text.contains("\n")
        )
    }

    @Test("In quotes, what a key has in it is the user's own")
    func quoted() {
        #expect(
            decide("\"s3://my-bucket/2020\u{2013}2021.jsonl\"", .s3URI(.object))
                == .value("s3://my-bucket/2020\u{2013}2021.jsonl")
        )
    }

    @Test("Keys keep their Unicode")
    func unicode() {
        for key in ["größe/データ.jsonl", "été 2024/наборы данных.jsonl", "👍.jsonl"] {
            #expect(decide("s3://my-bucket/\(key)", .s3URI(.object)) == .value(.text("s3://my-bucket/\(key)")))
        }
    }

    @Test(
        "A Region is taken as it was meant",
        arguments: [
            "“us-west-2”", "`us-west-2`", "us\u{2013}west\u{2013}2", "us\u{2011}west\u{2011}2", "us-west-2\u{200B}",
            "ｕｓ－ｗｅｓｔ－２", "us-west-2.", "us\u{A0}west\u{A0}2", "“Oregon”", "us-\nwest-2",
        ]
    )
    func region(text: String) {
        #expect(decide(text, .region) == .value("us-west-2"))
    }

    @Test(
        "Links of chat clients say what was typed",
        arguments: [
            ("<mailto:me@corp.com|me@corp.com>", "me@corp.com"), ("<mailto:me@corp.com>", "me@corp.com"),
            ("<tel:+15550100|555-0100>", "555-0100"), ("<http://corp.ai|corp.ai>", "corp.ai"),
            ("<http://corp.ai/|corp.ai>", "corp.ai"), ("<https://corp.ai/x|the site>", "https://corp.ai/x"),
            (
                "arn:aws:sts::012345678901:assumed-role/dev/<mailto:me@corp.com|me@corp.com>",
                "arn:aws:sts::012345678901:assumed-role/dev/me@corp.com"
            ),
            ("s3://b/a&amp;b", "s3://b/a&b"), ("a &lt;b&gt; c", "a <b> c"), ("a & b &copy;", "a & b &copy;"),
            ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ]
    )
    func links(typed: String, text: String) {
        #expect(Utterance(typed, of: EntityTypes.all).text == text)
    }

    @Test("What was typed is kept, with the place of each part")
    func offsets() {
        let typed = "“ok”: <mailto:me@corp.com|me@corp.com>, a&amp;b s3://my-\n  bucket/x.jsonl"
        let utterance = Utterance(typed, of: EntityTypes.all)
        #expect(utterance.typed == typed)
        #expect(utterance.text == "\"ok\": me@corp.com, a&b s3://my-bucket/x.jsonl")
        func typedText(_ part: String) -> String? {
            guard let range = utterance.text.firstRange(of: part) else { return nil }
            let lower = utterance.text.utf8.distance(from: utterance.text.startIndex, to: range.lowerBound)
            return utterance.typedText(of: lower..<lower + part.utf8.count)
        }
        #expect(typedText("\"ok\"") == "“ok”")
        #expect(typedText("me@corp.com") == "me@corp.com")
        #expect(typedText("a&b") == "a&amp;b")
        #expect(typedText("s3://my-bucket/x.jsonl") == "s3://my-\n  bucket/x.jsonl")
    }
}
