/// The variables in a custom metric's instructions, and what looks like one.
///
/// - Note: Source: Amazon Bedrock User Guide, "Create a prompt for a custom metric": `{{prompt}}`, `{{prediction}}`,
///   `{{ground_truth}}`, written exactly so.
struct PromptVariables: Sendable {
    /// The variables in the order in which prompts show them.
    static let known = ["prompt", "prediction", "ground_truth"]

    /// Something in braces that is no variable.
    struct NearMiss: Sendable, Hashable {
        /// As it is written.
        var text: String
        /// The variable that is meant, without braces; `nil` when none can be guessed.
        var meant: String?
        /// Whether it has two braces on both sides, so that it must be meant as a variable.
        var isDouble: Bool
    }

    /// The variables that occur, each time they do.
    private(set) var used: [String] = []
    /// What looks like a variable and is none.
    private(set) var nearMisses: [NearMiss] = []
    /// The text without variables, before and from the first one on.
    private(set) var textBefore = ""
    /// The text without variables after the first one.
    private(set) var textAfter = ""

    /// Other words for the variables, without anything but letters.
    private static let otherNames = [
        "input": "prompt", "question": "prompt", "query": "prompt", "prompts": "prompt", "userprompt": "prompt",
        "response": "prediction", "answer": "prediction", "output": "prediction", "predictions": "prediction",
        "completion": "prediction", "modelresponse": "prediction", "modeloutput": "prediction",
        "groundtruth": "ground_truth", "reference": "ground_truth", "referenceresponse": "ground_truth",
        "referenceanswer": "ground_truth", "expected": "ground_truth", "target": "ground_truth",
    ]

    /// Looks through instructions.
    init(_ instructions: String) {
        var rest = instructions[...]
        while let open = rest.firstIndex(of: "{") {
            append(rest[..<open])
            let braces = rest[open...].prefix { $0 == "{" }
            let inner = rest[braces.endIndex...].prefix { $0 != "{" && $0 != "}" && !$0.isNewline }
            let closing = rest[inner.endIndex...].prefix { $0 == "}" }
            let whole = rest[open..<closing.endIndex]
            rest = rest[closing.endIndex...]
            if braces.count == 2, closing.count == 2, Self.known.contains(String(inner)) {
                used.append(String(inner))
                continue
            }
            append(whole)
            guard !closing.isEmpty, !inner.isEmpty else { continue }
            let letters = inner.lowercased().filter(\.isLetter)
            let meant = Self.known.first { $0.filter(\.isLetter) == letters } ?? Self.otherNames[letters]
            let isDouble = braces.count >= 2 && closing.count >= 2
            if isDouble || meant != nil {
                nearMisses.append(NearMiss(text: String(whole), meant: meant, isDouble: isDouble))
            }
        }
        append(rest)
    }

    private mutating func append(_ text: Substring) {
        if used.isEmpty { textBefore += text } else { textAfter += text }
    }

    /// How many words a text has.
    static func wordCount(_ text: String) -> Int {
        text.split { $0.isWhitespace }.count { $0.contains { $0.isLetter || $0.isNumber } }
    }
}
