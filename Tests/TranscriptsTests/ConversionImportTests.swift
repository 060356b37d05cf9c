import Diagnostics
import Testing
import Transcripts

/// A file of another tool, and the transcript that it becomes.
struct ForeignConversation: Sendable, CustomTestStringConvertible {
    var format: ConversationFormat
    var text: String
    var transcript: String
    var losses: [String] = []
    var testDescription: String { format.rawValue }
}

@Suite("Conversations of other tools are read")
struct ConversionImportTests {
    static let examples: [ForeignConversation] = [
        ForeignConversation(
            format: .chat,
            text: """
                > A greeting.
                user=Joe
                bot=LulaBot

                Joe: Hello!
                LulaBot: [Typing][Delay=3000] Hi!
                What would you like to do?
                * update
                > Not said.
                * list
                [SuggestedActions=Update|List]
                joe->LulaBot: update
                bot: fine [Attachment=a.png|image/png] [or so]

                """,
            transcript: """
                # A greeting.

                user: Hello!
                bot: Hi!
                  What would you like to do?
                  * update
                  * list
                  1. Update
                  2. List
                # Not said.

                user: update
                bot: fine  [or so]

                """,
            losses: [
                "x:6:1: warning: '[Delay=3000]'", "x:6:1: warning: '[Typing]'",
                "x:13:1: warning: '[Attachment=a.png|image/png]'",
            ]
        ),
        ForeignConversation(
            format: .activities,
            text: """
                [
                  {"type": "conversationUpdate", "id": "0"},
                  {"type": "message", "from": {"role": "user"}, "text": "hi\\r\\nthere"},
                  {"type": "message", "from": {"name": "Bot"}, "text": "Which?",
                   "suggestedActions": {"actions": [{"title": "A"}, {"value": "B"}, "C"]}, "attachments": [{}], "entities": []},
                  {"type": "message", "from": {"role": "user"}}
                ]
                """,
            transcript: "user: hi\n  there\nbot: Which?\n  1. A\n  2. B\n  3. C\n\nuser:\n",
            losses: [
                "x:2:3: warning: the activity 'conversationUpdate'", "x:3:57: warning: lines of texts",
                "x:5:91: warning: 'attachments'",
            ]
        ),
        ForeignConversation(
            format: .botium,
            text: """
                Ordering pizza
                For two.

                #begin
                PAUSE 10

                #me
                a pizza

                #bot main
                Which one?

                It is cheap.
                BUTTONS a\\|b|c
                INTENT order

                #me
                BUTTON margherita|Margherita

                #bot
                !Sorry

                #bot
                ?Fine
                #bot
                ??what
                #bot
                UTT_BYE
                #me

                """,
            transcript: """
                # Ordering pizza
                # For two.

                user: a pizza
                bot: Which one?
                  \\
                  It is cheap.
                  1. a|b
                  2. c

                user: margherita
                bot: Fine
                bot: ?what
                bot: UTT_BYE

                user:

                """,
            losses: [
                "x:4:1: warning: the section '#begin'", "x:5:1: warning: 'PAUSE 10'", "x:15:1: warning: 'INTENT order'",
                "x:10:1: warning: the channel 'main'", "x:18:1: warning: the button", "x:20:1: warning: '!Sorry'",
                "x:23:1: warning: the text may be missing", "x:27:1: warning: 'UTT_BYE'",
            ]
        ),
        ForeignConversation(
            format: .rasa,
            text: """
                fixtures:
                  - premium: [{a: b}]
                test_cases:
                  - test_case: yes and no
                    fixtures: [premium]
                    steps:
                      - user: yes
                      - bot: no
                      - user: true
                      - user: "true"
                      - user: ""
                      - utter: utter_x
                      - slot_was_set:
                          - tea: green
                          - milk: true
                          - sugar
                      - slot_was_not_set:
                          - cup
                          - cup: big
                      - user: |
                          two
                          lines
                        assertions:
                          - bot_uttered:
                              utter_name: utter_y
                              text_matches: "a.*b"
                              buttons: [{title: X, payload: /x}]
                          - slot_was_set: [{name: a, value: 1}]
                          - flow_started: f
                """,
            transcript: """
                # yes and no

                user: yes
                bot: no

                user: yes

                user: true

                user:
                expect: slot tea = green
                expect: slot milk = yes
                expect: slot cup unknown

                user: two
                  lines
                  \\
                bot: a.*b
                  1. X
                expect: slot a = 1

                """,
            losses: [
                "x:1:1: warning: 'fixtures'", "x:5:5: warning: 'fixtures'", "x:12:9: warning: 'utter: utter_x'",
                "x:16:13: warning: that 'sugar' is set", "x:19:13: warning: that 'cup' is not 'big'",
                "x:25:15: warning: 'utter_name'", "x:26:29: warning: the pattern 'a.*b' becomes literal",
                "x:29:13: warning: 'flow_started'",
            ]
        ),
        ForeignConversation(
            format: .markdown,
            text: """
                # A conversation

                Some words.

                ```usher
                flow: tea
                ```

                ~~~ bot extra
                Which?
                  ```
                ~~~

                   ````user
                   ```
                   ````

                ```json
                {}
                ```
                > A remark.
                ```usher
                do: brew -> done
                user-hex: ff
                ```
                """,
            transcript: """
                # A conversation
                # Some words.
                flow: tea
                bot: Which?
                    ```

                user: ```
                # {}
                # A remark.
                do: brew -> done

                user-hex: ff

                """,
            losses: ["x:18:1: warning: the block 'json'"]
        ),
    ]

    @Test("What a transcript can hold is taken, and the rest is reported", arguments: examples)
    func reading(_ example: ForeignConversation) throws {
        for text in [
            example.text,
            example.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"),
        ] {
            let read = try TranscriptConversion.read(text, as: example.format, file: "x")
            #expect(read.count == 1)
            #expect(read[0].transcript.text == example.transcript)
            let losses = read[0].losses.map(\.description)
            #expect(losses.count == example.losses.count, "\(losses)")
            for (loss, wanted) in zip(losses, example.losses) { #expect(loss.hasPrefix(wanted), "\(loss)") }
        }
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            (.chat, "", "x:1:1", "no message"), (.chat, "hello\nuser: a\n", "x:1:1", "expected a message"),
            (.chat, "user=a=b\nuser: c", "x:1:1", "expected a setting"),
            (.chat, "\u{0}\u{1}\n", "x:1:1", "expected a message"),
            (.activities, "", "x:1:1", "not valid JSON"), (.activities, "[", "x:1:2", "not valid JSON"),
            (.activities, "{}", "x:1:1", "a list of activities"), (.activities, "[]", "x:1:1", "no activity"),
            (.activities, "[1]", "x:1:2", "not a number"), (.activities, "[{}]", "x:1:2", "needs 'type'"),
            (
                .activities, "[{\"type\":\"message\",\n\"text\":1,\"from\":{\"role\":\"bot\"}}]", "x:2:8",
                "'text' is a text"
            ),
            (.activities, "[{\"type\":\"message\"}]", "x:1:2", "needs 'from'"),
            (.activities, "[{\"type\":\"message\",\"from\":{\"id\":\"7\"}}]", "x:1:27", "needs 'role'"),
            (.botium, "", "x:1:1", "no message"), (.botium, "name\n", "x:1:1", "no message"),
            (.botium, "n\n\n#you\nhi\n", "x:3:2", "not '#you'"), (.botium, "n\n#\n", "x:2:2", "expected '#me'"),
            (.rasa, "", "x:1:1", "empty"), (.rasa, "stories: []", "x:1:1", "expected 'test_cases'"),
            (.rasa, "test_cases: []", "x:1:1", "at least one"),
            (.rasa, "test_cases: [a]", "x:1:14", "a test case is written"),
            (.rasa, "test_cases:\n- steps: []\n", "x:2:3", "needs 'test_case'"),
            (.rasa, "test_cases:\n- test_case: a\n", "x:2:3", "needs 'steps'"),
            (.rasa, "test_cases:\n- test_case: a\n  steps: [hello]\n", "x:3:11", "a step is written"),
            (.rasa, "test_cases:\n- test_case: a\n  steps:\n  - user: [b]\n", "x:4:11", "'user' is one text"),
            (.rasa, "test_cases:\n- test_case: a\n  steps:\n  - slot_was_set: [[b]]\n", "x:4:20", "the name of a slot"),
            (.rasa, "test_cases:\n\t- a", "x:2:1", "not valid YAML"), (.rasa, "[a\n", "x:2:1", "not valid YAML"),
            (.markdown, "", "x:1:1", "no message"), (.markdown, "# Only words\n", "x:1:1", "no message"),
            (.markdown, "a\n```user\nb\n", "x:2:1", "no end"),
            (.markdown, "```usher\nuser: a\nnonsense\n```\n", "x:3:1", "expected 'user:'"),
            (.markdown, "\n```usher\ndo: x\n```\n", "x:3:5", "ACTION -> OUTCOME"),
        ] as [(ConversationFormat, String, String, String)]
    )
    func problems(format: ConversationFormat, text: String, place: String, words: String) {
        let error = #expect(throws: DiagnosticsError.self) {
            try TranscriptConversion.read(text, as: format, file: "x")
        }
        let first = error?.diagnostics.first
        #expect(first.map { "\($0.location)" } == place, "\(first?.message ?? "")")
        #expect(first?.message.contains(words) == true, "\(first?.message ?? "")")
    }

    @Test("Any bytes give a conversation or an error, never a crash", arguments: ConversationFormat.allCases)
    func damaged(format: ConversationFormat) {
        let whole = Self.examples.first { $0.format == format }?.text ?? "bot: a\nuser: b\n"
        let scalars = Array(whole.unicodeScalars)
        var results = 0
        for end in stride(from: 0, to: scalars.count, by: 5) {
            for odd in ["", "\u{0}", "\"", "[", "\r", "&a *a", "`", "#", "\u{301}"] as [String] {
                var text = String.UnicodeScalarView(scalars[..<end])
                text.append(contentsOf: odd.unicodeScalars)
                if end % 7 == 0 { text.append(contentsOf: scalars[end...]) }
                results += (try? TranscriptConversion.read(String(text), as: format, file: "x").count) ?? 1
            }
        }
        #expect(results >= scalars.count)
    }

    @Test("What is too large, too deep or multiplies itself is refused")
    func bombs() {
        let large = String(repeating: "user: a\n", count: 600_000)
        for format in ConversationFormat.allCases {
            #expect(throws: DiagnosticsError.self) { try TranscriptConversion.read(large, as: format, file: "x") }
        }
        let deep = String(repeating: "[", count: 50_000)
        #expect(throws: DiagnosticsError.self) { try TranscriptConversion.read(deep, as: .activities, file: "x") }
        #expect(throws: DiagnosticsError.self) {
            try TranscriptConversion.read(deep.prefix(500) + "", as: .rasa, file: "x")
        }
        var laughs = "a0: &a0 [x, x]\n"
        for level in 1...30 { laughs += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(throws: DiagnosticsError.self) { try TranscriptConversion.read(laughs, as: .rasa, file: "x") }
    }

    @Test(
        "A format is known by the name of a file, and by its text where that is not enough",
        arguments: [
            ("a.transcript", "flow: x\nbot: y\n", .usher), ("a.transcript", "\u{FEFF}\n [{}]", .activities),
            ("a.chat", "", .chat),
            ("a.convo.txt", "", .botium), ("A.YML", "", .rasa), ("a.yaml", "", .rasa), ("a.md", "", .markdown),
            ("a.txt", "x", nil),
            ("a.json", "[]", .activities),
        ] as [(String, String, ConversationFormat?)]
    )
    func detection(file: String, text: String, format: ConversationFormat?) {
        #expect(ConversationFormat.detect(text, file: file) == format)
    }
}
