import Intents
import Testing

struct ProjectNameTests {
    @Test(arguments: ["a", "my-project", "0", "a--b", String(repeating: "a", count: 64)])
    func `a slug is a project name`(text: String) {
        #expect(Self.occurrences(in: text) == [text])
    }

    @Test(arguments: [
        ProblemRow("My-Project", .wrongCase, suggestion: "my-project"),
        ProblemRow("my project", .forbiddenCharacter, says: "a space", suggestion: "my-project"),
        ProblemRow("my_project", .forbiddenCharacter, says: "'_'", suggestion: "my-project"),
        ProblemRow("-a-", .wrongName, suggestion: "a"),
        ProblemRow("-", .wrongName),
        ProblemRow("..", .forbiddenCharacter),
        ProblemRow("../../etc", .forbiddenCharacter, suggestion: "etc"),
        ProblemRow("a/b", .forbiddenCharacter, says: "'/'", suggestion: "a-b"),
        ProblemRow("Größe Café", .forbiddenCharacter, suggestion: "grosse-cafe"),
        ProblemRow("Bob's Eval!", .forbiddenCharacter, suggestion: "bobs-eval"),
        ProblemRow("Łódź Ærø", .forbiddenCharacter, suggestion: "lodz-aero"),
        ProblemRow("cafe\u{301}", .forbiddenCharacter, suggestion: "cafe"),
        ProblemRow("日本", .forbiddenCharacter),
        ProblemRow("a\u{0}b", .forbiddenCharacter, says: "U+0000", suggestion: "a-b"),
        ProblemRow(
            String(repeating: "a", count: 65),
            .wrongLength,
            says: "65",
            suggestion: String(repeating: "a", count: 64)
        ),
        ProblemRow(
            String(repeating: "a", count: 63) + "-b",
            .wrongLength,
            suggestion: String(repeating: "a", count: 63)
        ),
    ])
    func `other names get the nearest slug`(row: ProblemRow) throws {
        let problem = try #require(AnyEntityType.projectName.base.problem(with: row.text))
        #expect(problem.code == row.code)
        #expect(problem.suggestion == row.suggestion)
        #expect(problem.message.contains(row.says) && problem.message.hasSuffix("."), "\(problem.message)")
        if let suggestion = problem.suggestion { #expect(Self.occurrences(in: suggestion) == [suggestion]) }
    }

    private static func occurrences(in text: String) -> [String] {
        AnyEntityType.projectName.base.occurrences(in: Utterance(text)).map { found in
            let written = Utterance(text).text.slice(utf8: found.range)
            switch found.result {
            case .success(let value): return value.text == written ? written : "\(value) «\(written)»"
            case .failure(let problem):
                return "!\(problem.code) «\(written)»" + (problem.suggestion.map { " -> \($0)" } ?? "")
            }
        }
    }

    @Test(arguments: [
        FindingRow("my-project", "my-project"),
        FindingRow(" my-project. ", "my-project"),
        FindingRow("`my-project`", "my-project"),
        FindingRow("call it my-project, please", "my-project"),
        FindingRow("it's named chat-eval", "chat-eval"),
        FindingRow("the name is chat-eval.", "chat-eval"),
        FindingRow("use \"My Eval\"", "!forbiddenCharacter «My Eval» -> my-eval"),
        FindingRow("My Big Eval", "!forbiddenCharacter «My Big Eval» -> my-big-eval"),
        FindingRow("Call it MyEval", "!wrongCase «MyEval» -> myeval"),
        FindingRow(""),
        FindingRow(" ! "),
    ])
    func `a name is found in a reply`(row: FindingRow) {
        #expect(Self.occurrences(in: row.text) == row.found)
    }
}
