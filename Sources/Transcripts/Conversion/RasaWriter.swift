internal import Diagnostics
internal import Yams

/// Writes end-to-end tests of Rasa: `test_cases` in YAML.
///
/// Every text is in quotes or a block, so that `yes` and `no` stay words for readers of any version of YAML.
enum RasaWriter {
    static func write(_ conversations: [ConvertedConversation]) -> (text: String, losses: [Diagnostic]) {
        var losses: [Diagnostic] = []
        var names: Set<String> = []
        let cases = conversations.map { conversation in
            var spoken = SpokenTranscript(conversation, for: .init(title: "a Rasa test case", slots: true))
            for comment in spoken.about {
                let place = Location(file: conversation.transcript.file, line: 1, column: 1)
                spoken.losses.warning("the comment '\(comment)' is left out: a Rasa test case holds none", at: place)
            }
            let name = unique(spoken.title, &names)
            if name != spoken.title {
                let place = Location(file: conversation.transcript.file, line: 1, column: 1)
                spoken.losses.warning("the name becomes '\(name)': another test case has it already", at: place)
            }
            for line in spoken.lines where line.words?.unicodeScalars.first == "\u{FEFF}" {
                spoken.losses.warning("readers of YAML may take the byte order mark off the text", at: line.location)
            }
            let steps = spoken.lines.compactMap(step)
            losses += spoken.losses.diagnostics
            return Node([(Node("test_case"), text(name)), (Node("steps"), Node(steps))])
        }
        let root = Node([(Node("test_cases"), Node(cases))])
        // A tree of texts that was made here can always be written.
        let yaml = (try? Yams.serialize(node: root, width: -1, allowUnicode: true)) ?? ""
        return (yaml, losses)
    }

    private static func unique(_ name: String, _ names: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name) (\(number))"
            number += 1
        }
        return candidate
    }

    private static func step(_ line: SpokenTranscript.Line) -> Node? {
        switch line.kind {
        case .user(let words): Node([(Node("user"), text(words))])
        case .bot(let words): Node([(Node("bot"), text(words))])
        case .slot(let name, let value?):
            Node([(Node("slot_was_set"), Node([Node([(text(name), text(value))])]))])
        case .slot(let name, nil): Node([(Node("slot_was_not_set"), Node([text(name)]))])
        case .comment: nil
        }
    }

    /// Several lines as a block where it keeps them as they are, everything else in double quotes.
    private static func text(_ text: String) -> Node {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy {
            $0 == "\n" || (0x20..<0x7F).contains($0.value) || $0.value > 0xA0
        }
        let isBlock =
            lines.count > 1 && isPlain && lines.first?.isEmpty == false && lines.last?.isEmpty == false
            && lines.allSatisfy { $0.first != " " && $0.last != " " }
        return Node(text, .implicit, isBlock ? .literal : .doubleQuoted)
    }
}
