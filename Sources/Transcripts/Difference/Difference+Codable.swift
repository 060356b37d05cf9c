extension Difference: Codable {
    private enum Key: String, CodingKey {
        case code, name, expected, actual, rules, problem
    }

    /// Writes `code` and what belongs to it, flat: `name`, `expected`, `actual`, `rules`, `problem`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code, forKey: .code)
        switch self {
        case .action(let expected, let actual), .prompt(let expected, let actual):
            try container.encodeIfPresent(expected, forKey: .expected)
            try container.encodeIfPresent(actual, forKey: .actual)
        case .end(let expected, let actual), .step(let expected, let actual), .intent(let expected, let actual):
            try container.encode(expected, forKey: .expected)
            try container.encodeIfPresent(actual, forKey: .actual)
        case .outcome(let name, let expected, let actual):
            try container.encode(name, forKey: .name)
            try container.encode(expected, forKey: .expected)
            try container.encode(actual, forKey: .actual)
        case .rule(let expected, let actual):
            try container.encode(expected, forKey: .expected)
            try container.encode(actual, forKey: .rules)
        case .slot(let name, let expected, let actual):
            try container.encode(name, forKey: .name)
            try container.encodeIfPresent(expected, forKey: .expected)
            try container.encodeIfPresent(actual, forKey: .actual)
        case .file(let path, let problem):
            try container.encode(path, forKey: .name)
            try container.encode(problem.word, forKey: .problem)
            if case .lacks(let text) = problem { try container.encode(text, forKey: .expected) }
        case .missing(let prompt): try container.encodeIfPresent(prompt, forKey: .name)
        case .extra(let prompt), .options(let prompt), .wording(let prompt): try container.encode(prompt, forKey: .name)
        case .pause: break
        }
    }

    /// Reads what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func text(_ key: Key) throws -> String { try container.decode(String.self, forKey: key) }
        func optional(_ key: Key) throws -> String? { try container.decodeIfPresent(String.self, forKey: key) }
        switch try container.decode(Code.self, forKey: .code) {
        case .action: self = .action(expected: try optional(.expected), actual: try optional(.actual))
        case .outcome:
            self = .outcome(action: try text(.name), expected: try text(.expected), actual: try text(.actual))
        case .end: self = .end(expected: try text(.expected), actual: try optional(.actual))
        case .pause: self = .pause
        case .step: self = .step(expected: try text(.expected), actual: try optional(.actual))
        case .intent: self = .intent(expected: try text(.expected), actual: try optional(.actual))
        case .rule:
            self = .rule(expected: try text(.expected), actual: try container.decode([String].self, forKey: .rules))
        case .slot:
            self = .slot(name: try text(.name), expected: try optional(.expected), actual: try optional(.actual))
        case .file:
            let problem: FileProblem
            switch try text(.problem) {
            case "missing": problem = .missing
            case "present": problem = .present
            case "lacks": problem = .lacks(try text(.expected))
            case let other:
                throw DecodingError.dataCorruptedError(
                    forKey: .problem,
                    in: container,
                    debugDescription: "there is no problem '\(other)' with files"
                )
            }
            self = .file(path: try text(.name), problem: problem)
        case .prompt: self = .prompt(expected: try optional(.expected), actual: try optional(.actual))
        case .missing: self = .missing(prompt: try optional(.name))
        case .extra: self = .extra(prompt: try text(.name))
        case .options: self = .options(prompt: try text(.name))
        case .wording: self = .wording(prompt: try text(.name))
        }
    }
}

extension Difference.FileProblem {
    fileprivate var word: String {
        switch self {
        case .missing: "missing"
        case .present: "present"
        case .lacks: "lacks"
        }
    }
}
