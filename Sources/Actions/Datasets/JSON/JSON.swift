/// A JSON value that keeps what a document says: the order of the keys, the digits of a number, a key given twice.
///
/// Foundation's decoders lose all three and do not say where a document is wrong, so they cannot give a notebook back as
/// it was, keep the unknown keys of a state file in place, or point at line and column of a user's mistake.
package enum JSON: Sendable, Hashable {
    /// One key of an object and its value.
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: JSON

        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    /// The number's own characters, e.g. `1.50` or `1e400`.
    case number(String)
    case string(String)
    case array([JSON])
    /// The keys in their order; of two equal keys the later one counts.
    case object([Member])
}

extension JSON {
    /// The value of a key, where this is an object that has it.
    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The text, where this is a string.
    package var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The elements, where this is an array.
    package var array: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The keys and values, where this is an object.
    package var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The whole number, where this is one that fits, written without fraction and exponent.
    package var integer: Int? {
        if case .number(let digits) = self { Int(digits) } else { nil }
    }

    /// What kind of value this is, for messages (`an object`).
    package var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
