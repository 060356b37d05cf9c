/// One of the answers to choose from.
public typealias ChoiceOption = ChoiceList.Option

extension ChoiceList.Option: Codable {
    private enum CodingKeys: String, CodingKey { case id, name, aliases }

    /// Reads an object with `id`, `name` and, where there are any, `aliases`.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try fields.decode(String.self, forKey: .id),
            name: try fields.decode(String.self, forKey: .name),
            aliases: try fields.decodeIfPresent([String].self, forKey: .aliases) ?? []
        )
    }

    /// Writes what ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(name, forKey: .name)
        if !aliases.isEmpty { try fields.encode(aliases, forKey: .aliases) }
    }
}
