/// What a slot holds and what actions take and give back: a small, JSON-like value.
///
/// It encodes as the JSON value it looks like (text as a string, a record as an object), so events, cassettes and
/// transcripts stay readable. There is no null: an absent value is an absent key.
public enum Value: Sendable, Hashable {
    /// Text in any language; not normalised.
    case text(String)
    /// A whole number.
    case number(Int)
    /// Yes or no.
    case flag(Bool)
    /// Values in an order that means something.
    case list([Value])
    /// Named values; the order of the keys means nothing and they are encoded sorted.
    case record([String: Value])
}

extension Value {
    /// The text, where this is a text.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The number, where this is a number.
    public var number: Int? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The flag, where this is a flag.
    public var flag: Bool? {
        if case .flag(let flag) = self { flag } else { nil }
    }

    /// The elements, where this is a list.
    public var list: [Value]? {
        if case .list(let list) = self { list } else { nil }
    }

    /// The fields, where this is a record.
    public var record: [String: Value]? {
        if case .record(let record) = self { record } else { nil }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(value) }
    /// A flag.
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension Value: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A list.
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    /// A record; of two equal keys the later one counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .record(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension Value: Codable {
    /// Reads the JSON value it looks like.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([Value].self) {
            self = .list(list)
        } else {
            self = .record(try container.decode([String: Value].self))
        }
    }

    /// Writes the JSON value it looks like.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        case .record(let record): try container.encode(record)
        }
    }
}
