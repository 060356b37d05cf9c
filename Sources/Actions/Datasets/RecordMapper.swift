/// Makes records of the known formats into SageMaker evaluation records: `query`, and where they have one, `response`,
/// `system` and `category`.
struct RecordMapper: Sendable {
    /// What became of a record.
    enum Result: Sendable, Hashable {
        case mapped(JSON)
        /// Left out, for this reason.
        case skipped(String)
        /// It has no known format; its fields must be mapped by hand.
        case unknown
    }

    private let mapping: ColumnMapping?

    /// Takes the user's mapping of fields, which goes before the known formats.
    init(_ mapping: ColumnMapping?) {
        self.mapping = mapping
    }

    /// Maps one record.
    func map(_ record: JSON) -> Result {
        guard record.members != nil else { return .skipped("\(record.kindName) where a record is needed") }
        if let mapping, record[mapping.prompt] != nil { return mapping.map(record) }
        guard let shape = RecordShape(record), shape.format != .renamedColumns else {
            return mapping.map { .skipped("“\($0.prompt)” is missing") } ?? .unknown
        }
        if let problem = shape.problems.first { return .skipped(problem) }
        return Self.map(record, as: shape.format)
    }

    private static func map(_ record: JSON, as format: DatasetFormat) -> Result {
        let category = record["category"]
        switch format {
        case .sagemakerEvaluation: return .mapped(record)
        case .messages: return conversation(record["messages"], category: category)
        case .completion:
            return result(record["prompt"], record["completion"], system: record["system"], category: category)
        case .completionConversation:
            return conversation(record["prompt"], answer: answer(in: record["completion"]), category: category)
        case .preference: return result(record["prompt"], record["chosen"], category: category)
        case .preferenceConversation:
            return conversation(record["prompt"], answer: answer(in: record["chosen"]), category: category)
        case .verl: return conversation(record["prompt"], answer: verlAnswer(record), category: category)
        case .verlLegacy: return result(record["prompt"], verlAnswer(record).map(JSON.string), category: category)
        case .bedrockEvaluation: return result(record["prompt"], record["referenceResponse"], category: category)
        case .novaTuning: return conversation(record["messages"], system: joinedText(record["system"]))
        case .novaPreference:
            return conversation(
                record["messages"],
                system: joinedText(record["system"]),
                answer: preferred(record["messages"]?.array?.last?["candidates"])
            )
        case .novaReinforcement:
            let answer = record["reference_answer"].flatMap { $0.string ?? $0.compactText }
            return conversation(record["messages"], answer: answer)
        case .renamedColumns: return .unknown
        }
    }

    /// The reference answer of a Verl record: `extra_info.answer`, else `reward_model.ground_truth`.
    static func verlAnswer(_ record: JSON) -> String? {
        scalarText(record["extra_info"]?["answer"]) ?? scalarText(record["reward_model"]?["ground_truth"])
    }

    /// A text, number or boolean as text; blank texts are none.
    static func scalarText(_ value: JSON?) -> String? {
        switch value {
        case .string(let text)?: text.allSatisfy(\.isWhitespace) ? nil : text
        case .number(let digits)?: digits
        case .bool(let bool)?: bool ? "true" : "false"
        default: nil
        }
    }

    /// One question and its answer out of a list of messages.
    ///
    /// An evaluation record holds one turn, so a conversation with
    /// several questions is skipped instead of being cut.
    private static func conversation(
        _ list: JSON?,
        system: String? = nil,
        answer: String? = nil,
        category: JSON? = nil
    ) -> Result {
        var system = system
        var questions: [String] = []
        var answers: [String] = []
        for message in list?.array ?? [] {
            guard let text = joinedText(message["content"]) else { continue }
            switch message["role"]?.string {
            case "system": system = [system, text].compactMap { $0 }.joined(separator: "\n")
            case "user": questions.append(text)
            default: answers.append(text)
            }
        }
        guard questions.count == 1, answers.count <= 1, answer == nil || answers.isEmpty else {
            return .skipped(
                questions.isEmpty ? "no message of the user" : "several turns; an evaluation record holds one"
            )
        }
        return result(
            .string(questions[0]),
            (answer ?? answers.first).map(JSON.string),
            system: system.map(JSON.string),
            category: category
        )
    }

    /// The text of a message's content: a string, or Nova's list of parts with `text`.
    private static func joinedText(_ content: JSON?) -> String? {
        let text = content?.string ?? content?.array?.compactMap { $0["text"]?.string }.joined(separator: "\n")
        return text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    private static func answer(in list: JSON?) -> String? {
        list?.array?.last { $0["role"]?.string == "assistant" }?["content"]?.string
    }

    private static func preferred(_ candidates: JSON?) -> String? {
        joinedText(candidates?.array?.first { $0["preferenceLabel"]?.string == "preferred" }?["content"])
    }

    /// A record of the target format; what is absent or blank is left out.
    static func result(_ query: JSON?, _ response: JSON?, system: JSON? = nil, category: JSON? = nil) -> Result {
        guard let query = scalarText(query) else { return .skipped("the prompt is missing or blank") }
        var members = [JSON.Member("query", .string(query))]
        for (name, value) in [("response", response), ("system", system), ("category", category)] {
            if let text = scalarText(value) { members.append(JSON.Member(name, .string(text))) }
        }
        return .mapped(.object(members))
    }
}
