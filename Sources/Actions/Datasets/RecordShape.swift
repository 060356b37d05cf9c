/// What one record is: its format, what is wrong with it, and whether it has a reference answer.
///
/// The format follows from the keys alone and the kind of value under `prompt` or in `messages`; so a record with a
/// mistake is still known for what it should be. Prompts without a reference answer keep their format.
struct RecordShape: Sendable, Hashable {
    var format: DatasetFormat
    /// What is wrong, as sentences without a full stop.
    var problems: [String]
    var hasReference: Bool
    /// Whether it is a prompt alone, which is a record of several formats.
    var isBarePrompt: Bool

    /// Names, in lower case, under which people keep prompts.
    private static let promptNames: Set<String> = [
        "query", "prompt", "question", "input", "inputs", "instruction", "request", "user", "user_input", "user_prompt",
    ]

    /// Looks at a record; `nil` when it has no shape that is known.
    init?(_ record: JSON) {
        guard let format = Self.format(of: record) else { return nil }
        self.format = format
        let others = [
            "completion", "chosen", "rejected", "reward_model", "extra_info", "referenceResponse", "modelResponses",
        ]
        isBarePrompt =
            (format == .completion || format == .completionConversation) && !others.contains { record[$0] != nil }
        var check = RecordCheck(record)
        switch format {
        case .sagemakerEvaluation:
            check.text("query", isNeeded: true)
            check.texts(["response", "system", "category"])
            hasReference = check.has("response")
        case .messages:
            check.messages("messages", needing: "user")
            hasReference = check.endsWithAnswer("messages")
        case .completion:
            check.text("prompt", isNeeded: true)
            check.texts(["completion", "system", "category"])
            hasReference = check.has("completion")
        case .completionConversation:
            check.messages("prompt", needing: "user")
            if record["completion"] != nil { check.messages("completion", needing: "assistant") }
            hasReference = record["completion"] != nil
        case .preference:
            for name in ["prompt", "chosen", "rejected"] { check.text(name, isNeeded: true) }
            hasReference = check.has("chosen")
        case .preferenceConversation:
            check.messages("prompt", needing: "user")
            check.messages("chosen", needing: "assistant")
            check.messages("rejected", needing: "assistant")
            hasReference = record["chosen"] != nil
        case .verl, .verlLegacy:
            if format == .verl {
                check.messages("prompt", needing: "user")
            } else {
                check.text("prompt", isNeeded: true)
            }
            check.objects(["extra_info", "reward_model"])
            hasReference = RecordMapper.verlAnswer(record) != nil
        case .bedrockEvaluation:
            check.text("prompt", isNeeded: true)
            check.texts(["referenceResponse", "category"])
            hasReference = check.has("referenceResponse")
        case .novaTuning, .novaPreference, .novaReinforcement, .renamedColumns:
            hasReference = false
        }
        problems = check.problems
    }

    /// Whether this record may stand in a dataset of that format.
    func fits(_ format: DatasetFormat) -> Bool {
        if format == self.format { return true }
        guard isBarePrompt else { return false }
        let formats: [DatasetFormat] = self.format == .completion ? [.bedrockEvaluation, .verlLegacy] : [.verl]
        return formats.contains(format)
    }

    private static func format(of record: JSON) -> DatasetFormat? {
        if record["messages"] != nil { return messagesFormat(of: record) }
        if record["query"] != nil { return .sagemakerEvaluation }
        if let prompt = record["prompt"] {
            let isList = prompt.array != nil
            if record["chosen"] != nil || record["rejected"] != nil {
                return isList ? .preferenceConversation : .preference
            }
            if record["completion"] != nil { return isList ? .completionConversation : .completion }
            if record["reward_model"] != nil || record["extra_info"] != nil { return isList ? .verl : .verlLegacy }
            if record["referenceResponse"] != nil || record["modelResponses"] != nil { return .bedrockEvaluation }
            return isList ? .completionConversation : .completion
        }
        let hasPrompt = record.members?.contains {
            promptNames.contains($0.name.lowercased()) && $0.value.string != nil
        }
        return hasPrompt == true ? .renamedColumns : nil
    }

    private static func messagesFormat(of record: JSON) -> DatasetFormat {
        if record["reference_answer"] != nil { return .novaReinforcement }
        let messages = record["messages"]?.array ?? []
        if messages.last?["candidates"] != nil { return .novaPreference }
        let hasParts = messages.contains { $0["content"]?.array != nil }
        return hasParts || record["schemaVersion"] != nil ? .novaTuning : .messages
    }
}

/// Collects what is wrong with one record.
private struct RecordCheck {
    private let record: JSON
    private(set) var problems: [String] = []

    init(_ record: JSON) {
        self.record = record
    }

    /// Whether a field holds a text that is not blank.
    func has(_ name: String) -> Bool {
        record[name]?.string.map { !$0.allSatisfy(\.isWhitespace) } ?? false
    }

    mutating func text(_ name: String, isNeeded: Bool) {
        switch record[name] {
        case .string?:
            if isNeeded, !has(name) { problems.append("“\(name)” is blank") }
        case let value?: problems.append("“\(name)” is \(value.kindName) where a text is needed")
        case nil:
            if isNeeded { problems.append("“\(name)” is missing") }
        }
    }

    mutating func texts(_ names: [String]) {
        for name in names { text(name, isNeeded: false) }
    }

    mutating func objects(_ names: [String]) {
        for name in names {
            if let value = record[name], value.members == nil {
                problems.append("“\(name)” is \(value.kindName) where an object is needed")
            }
        }
    }

    mutating func messages(_ name: String, needing role: String) {
        guard let list = record[name] else {
            problems.append("“\(name)” is missing")
            return
        }
        guard let messages = list.array else {
            problems.append("“\(name)” is \(list.kindName) where a list of messages is needed")
            return
        }
        for (index, message) in messages.enumerated() {
            if let problem = Self.problem(of: message) {
                problems.append("message \(index + 1) of “\(name)” \(problem)")
            }
        }
        let hasText = messages.contains {
            $0["role"]?.string == role && $0["content"]?.string?.allSatisfy(\.isWhitespace) == false
        }
        if !hasText { problems.append("“\(name)” has no message of the \(role)") }
    }

    func endsWithAnswer(_ name: String) -> Bool {
        let last = record[name]?.array?.last
        return last?["role"]?.string == "assistant" && last?["content"]?.string?.allSatisfy(\.isWhitespace) == false
    }

    private static func problem(of message: JSON) -> String? {
        guard message.members != nil else { return "is \(message.kindName) where an object is needed" }
        guard let role = message["role"]?.string else { return "has no “role”" }
        guard ["user", "assistant", "system"].contains(role) else {
            return "has the role “\(role)”; known are user, assistant and system"
        }
        guard let content = message["content"] else { return "has no “content”" }
        return content.string == nil ? "has \(content.kindName) as “content” where a text is needed" : nil
    }
}
