import Intents
import Testing

struct ProjectNameTests {
    @Test(arguments: ["a", "my-project", "0", "a--b", String(repeating: "a", count: 64)])
    func `a slug is a project name`(text: String) throws {
        #expect(try ProjectName(parsing: text).name == text)
    }

    @Test(arguments: [
        ProblemRow("", .empty),
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
        try row.check(ProjectName.self)
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
        #expect(summary(of: ProjectName.findAll(in: row.text), in: row.text) == row.found)
    }
}
