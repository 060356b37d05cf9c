internal import Dialogue
internal import Intents
package import Sessions
internal import Terminal

/// Why a reply was understood as it was: `/why` for the last one, `/why 2` for the one before it.
package struct ConsoleExplanation: Sendable, Hashable {
    /// How many replies are looked back, from 1 for the last.
    private let distance: Int
    /// Whether the conversation is to answer as well, which says why it asks.
    package let isReply: Bool

    /// Reads a reply; `nil` where it asks for no explanation.
    package init?(_ reply: String) {
        let words = reply.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, first.lowercased() == "/why", words.count <= 2 else { return nil }
        guard words.count == 2 else {
            distance = 1
            isReply = true
            return
        }
        guard let number = Int(words[1]) else { return nil }
        distance = number
        isReply = false
    }

    /// The explanation, line by line.
    ///
    /// - Parameter replies: The last replies, the newest last; those that ask for an explanation are not counted.
    /// - Returns: What is known of the reply, or how far can be looked back.
    package func lines(for replies: [RecentReply]) -> [String] {
        let replies = replies.filter { !$0.asksForExplanation }
        guard !replies.isEmpty else { return ["There is no reply yet that could be explained."] }
        guard (1...replies.count).contains(distance) else {
            let reach = replies.count == 1 ? "/why 1" : "/why 1 to /why \(replies.count)"
            return ["I can look back from \(reach)."]
        }
        let reply = replies[replies.count - distance]
        return Self.lines(for: reply.content, title) + Self.ends(of: reply)
    }

    /// The explanation in full, where it is known where the session stood; else what was recorded of it.
    ///
    /// - Parameters:
    ///   - replies: The last replies, the newest last.
    ///   - flow: The flow that the session goes through.
    ///   - style: The looks of where it is shown.
    /// - Returns: Lines with line feeds between them.
    func text(for replies: [RecentReply], in flow: Flow, style: Style) -> DisplayText {
        let counted = replies.filter { !$0.asksForExplanation }
        guard (1...max(1, counted.count)).contains(distance), let reply = counted.dropLast(distance - 1).last,
            case .taken(let text, _) = reply.content, let before = reply.before,
            let explanation = flow.explain(text, in: before)
        else {
            return lines(for: replies).map { style.dim(DisplayText($0)) }.joined(separator: "\n")
        }
        let parts = [DisplayText(title + ":"), ExplanationText(explanation, style: style).text]
        return (parts + Self.ends(of: reply).map { style.dim(DisplayText($0)) }).joined(separator: "\n")
    }

    private var title: String { distance == 1 ? "Your last reply" : "Your reply \(distance) replies ago" }

    /// What ended after a reply.
    private static func ends(of reply: RecentReply) -> [String] {
        reply.ended.map { "  then \($0.step) ended: \($0.outcome)" }
    }

    private static func lines(for content: RecentReply.Content, _ title: String) -> [String] {
        switch content {
        case .refused(let refusal): ["\(title) was refused, and nothing of it was kept: \(reason(refusal))."]
        case .taken(let text, let understanding):
            ["\(title), “\(shown(text))”:"] + lines(for: understanding)
        }
    }

    private static func lines(for understanding: Understanding?) -> [String] {
        guard let understanding else { return ["  it was not looked at, since nothing was asked"] }
        guard !understanding.evidence.isEmpty else { return ["  no rule matched, and no value was found"] }
        return understanding.evidence.map { evidence in
            let verdict =
                switch evidence.verdict {
                case .decided: "decided"
                case .counted: "counted"
                case .lost(let principle): "did not count: \(principle.rawValue)"
                }
            return "  \(evidence.source) (\(evidence.meaning)): \(verdict)"
        }
    }

    private static func reason(_ refusal: Refusal) -> String {
        switch refusal {
        case .secret(let kind): "it looked like \(kind)"
        case .notText: "it was not text"
        case .tooLong(let bytes, let limit): "it had \(bytes) bytes, and \(limit) can be taken"
        }
    }

    /// The beginning of a reply, on one line.
    private static func shown(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 60 ? line.prefix(59) + "…" : line
    }
}

extension RecentReply {
    fileprivate var asksForExplanation: Bool {
        guard case .taken(let text, _) = content else { return false }
        return ConsoleExplanation(text) != nil
    }
}
