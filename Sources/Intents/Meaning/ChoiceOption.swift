/// One of the answers to choose from.
public struct ChoiceOption: Sendable, Hashable, Codable {
    /// What is stored: unique in its list.
    public var id: String
    /// What is shown and may be typed.
    public var name: String
    /// What else may be typed.
    public var aliases: [String]

    /// Makes an option.
    public init(id: String, name: String, aliases: [String] = []) {
        self.id = id
        self.name = name
        self.aliases = aliases
    }
}
