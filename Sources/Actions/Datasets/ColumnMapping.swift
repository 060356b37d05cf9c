internal import Intents

/// Which fields of the user's records hold what, for records with names of their own.
///
/// It is written as `prompt_field=question,response_field=answer`; `system_field` and `category_field` are known too.
struct ColumnMapping: Sendable, Hashable {
    /// Why a mapping cannot be used, as a sentence.
    struct Mistake: Error, Sendable, Hashable {
        var reason: String
    }

    let prompt: String
    let response: String?
    let system: String?
    let category: String?

    /// Reads a mapping.
    ///
    /// - Throws: ``Mistake`` for an unknown or repeated part, or one without a field; `prompt_field` is needed.
    init(_ text: String) throws(Mistake) {
        var fields: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard pair.count == 2, !pair[1].isEmpty else {
                throw Mistake(reason: "“\(String(part).trimmed)” is not “name=field”")
            }
            guard ["prompt_field", "response_field", "system_field", "category_field"].contains(pair[0]) else {
                throw Mistake(
                    reason:
                        "“\(pair[0])” is unknown; known are prompt_field, response_field, system_field, category_field"
                )
            }
            guard fields.updateValue(pair[1], forKey: pair[0]) == nil else {
                throw Mistake(reason: "“\(pair[0])” is given twice")
            }
        }
        guard let prompt = fields["prompt_field"] else {
            throw Mistake(reason: "“prompt_field” is missing: the field that holds the prompt")
        }
        self.prompt = prompt
        response = fields["response_field"]
        system = fields["system_field"]
        category = fields["category_field"]
    }

    /// The mapping that an action's inputs give: `prompt_field` with `response_field` (`none` where there is none), or
    /// both and more in one text under `mapping`; `nil` where they give none.
    ///
    /// - Throws: ``Mistake`` as ``init(_:)``.
    static func given(by input: [String: Value]) throws(Mistake) -> ColumnMapping? {
        if let prompt = input["prompt_field"]?.text {
            let response = input["response_field"]?.text
            return ColumnMapping(prompt: prompt, response: response == "none" ? nil : response)
        }
        guard let text = input["mapping"]?.text, !text.isEmpty else { return nil }
        return try ColumnMapping(text)
    }

    private init(prompt: String, response: String?) {
        self.prompt = prompt
        self.response = response
        system = nil
        category = nil
    }

    /// The fields it names.
    var fields: [String] {
        [prompt] + [response, system, category].compactMap { $0 }
    }

    /// Maps a record; values that are no text, number or boolean cannot be mapped.
    func map(_ record: JSON) -> RecordMapper.Result {
        for field in fields {
            switch record[field] {
            case .array?, .object?:
                return .skipped("“\(field)” is \(record[field]?.kindName ?? "") where a text is needed")
            default: break
            }
        }
        func value(_ field: String?) -> JSON? { field.flatMap { record[$0] } }
        return RecordMapper.result(record[prompt], value(response), system: value(system), category: value(category))
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.prefix(start.count - start.reversed().prefix(while: \.isWhitespace).count))
    }
}
