internal import Foundation

/// A form that conversations are written in, ours and those of other tools.
public enum ConversationFormat: String, Sendable, Hashable, CaseIterable {
    /// Usher's own transcripts.
    case usher
    /// `.chat` files of the Bot Framework's chatdown.
    case chat
    /// `.transcript` files of the Bot Framework: a JSON list of activities.
    case activities
    /// `.convo.txt` files of Botium.
    case botium
    /// End-to-end tests of Rasa: `test_cases` in YAML.
    case rasa
    /// Markdown with a block for each message.
    case markdown

    /// What it is called in messages.
    public var title: String {
        switch self {
        case .usher: "a transcript"
        case .chat: "a .chat file"
        case .activities: "a list of activities"
        case .botium: "a Botium conversation"
        case .rasa: "a Rasa test case"
        case .markdown: "Markdown"
        }
    }

    /// How names of its files end.
    public var ending: String {
        switch self {
        case .usher, .activities: ".transcript"
        case .chat: ".chat"
        case .botium: ".convo.txt"
        case .rasa: ".yml"
        case .markdown: ".md"
        }
    }

    /// Whether one file may hold several conversations.
    public var holdsSeveral: Bool { self == .rasa }

    /// The format of a file, by its name and, where two formats share an ending, by its text.
    ///
    /// - Returns: `nil` where the name says nothing.
    public static func detect(_ text: String, file: String) -> ConversationFormat? {
        let name = file.lowercased()
        if name.hasSuffix(".convo.txt") { return .botium }
        if name.hasSuffix(".chat") { return .chat }
        if name.hasSuffix(".yml") || name.hasSuffix(".yaml") { return .rasa }
        if name.hasSuffix(".md") || name.hasSuffix(".markdown") { return .markdown }
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
        if name.hasSuffix(".json") { return .activities }
        if name.hasSuffix(".transcript") { return first == "[" || first == "{" ? .activities : .usher }
        return nil
    }
}
