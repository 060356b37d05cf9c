import Diagnostics
import Testing
import YAMLReading

@Suite("YAML files are read with the place of everything")
struct YAMLFieldsTests {
    private func read(_ text: String) -> (YAMLNode?, DiagnosticList) {
        var diagnostics = DiagnosticList()
        return (YAMLNode(text, file: "f.yaml", diagnostics: &diagnostics), diagnostics)
    }

    @Test(
        "What is no YAML is said with its place",
        arguments: [
            ("", "f.yaml:1:1: error: the file is empty"), ("a: [1", "not valid YAML"),
            ("a: 1\na: 2\n", "has a key twice"),
            ("[a]: 1", "a key must be a word"), ("a: \"\\q\"", "not valid YAML"),
        ]
    )
    func syntax(text: String, message: String) {
        let (_, diagnostics) = read(text)
        #expect(diagnostics.diagnostics.first.map(\.description)?.contains(message) == true)
        #expect(diagnostics.hasErrors)
    }

    @Test(
        "Scalars are what stands there, never something that YAML makes of them",
        arguments: ["yes", "3.10", "0x1F", "1_000", "off", "2026-11-23"]
    )
    func scalars(text: String) throws {
        var (node, diagnostics) = read("a: \(text)")
        var fields = YAMLFields(try #require(node), of: "a thing", diagnostics: &diagnostics)
        #expect(fields.text("a", &diagnostics) == text)
    }

    @Test(
        "Anchors and aliases are refused, so that a few lines cannot stand for billions",
        arguments: [
            ("a: &x 1\nb: *x\n", "f.yaml:1:4"), ("a: 1\nb: &x [1]\n", "f.yaml:2:4"), ("? &x a\n: 1\n", "f.yaml:1:3"),
            (
                "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                    + zip("bcdefghi", "abcdefgh").map {
                        "\($0): &\($0) [\(Array(repeating: "*\($1)", count: 10).joined(separator: ","))]\n"
                    }
                    .joined(), "f.yaml:1:4"
            ),
        ]
    )
    func aliases(text: String, place: String) {
        let (node, diagnostics) = read(text)
        #expect(node == nil)
        #expect(
            diagnostics.diagnostics.map(\.description) == [
                "\(place): error: anchors (&name) and aliases (*name) are not supported here; write the value out"
            ]
        )
    }

    @Test("A deep file is refused, not followed")
    func depth() {
        let (node, diagnostics) = read(String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        #expect(node == nil)
        #expect(diagnostics.diagnostics.first?.message.contains("nested deeper") == true)
    }

    @Test("Fields that are missing, of the wrong kind or unknown are all reported")
    func fields() throws {
        var (node, diagnostics) = read("name: [a]\ncolour: red\ncount: many\nflag: perhaps\n")
        var fields = YAMLFields(try #require(node), of: "a thing", diagnostics: &diagnostics)
        #expect(fields.requiredText("title", &diagnostics) == nil)
        #expect(fields.text("name", &diagnostics) == nil)
        #expect(fields.number("count", in: 1...9, &diagnostics) == nil)
        #expect(fields.flag("flag", &diagnostics) == false)
        _ = fields.text("color", &diagnostics)
        fields.finish(&diagnostics)
        let lines = diagnostics.diagnostics.map(\.description)
        #expect(lines.contains("f.yaml:1:1: error: a thing needs 'title'"))
        #expect(lines.contains("f.yaml:1:7: error: 'name' of a thing is one text"))
        #expect(lines.contains("f.yaml:2:1: error: a thing has no field 'colour'; did you mean 'color'?"))
        #expect(lines.contains { $0.hasPrefix("f.yaml:3:1") && $0.contains("from 1 to 9") })
        #expect(lines.contains { $0.hasPrefix("f.yaml:4:1") && $0.contains("true or false") })
    }

    @Test("Errors are thrown all at once, in the order of their places")
    func order() {
        var diagnostics = DiagnosticList()
        diagnostics.warning("only a warning", at: Location(file: "b", line: 1, column: 1))
        #expect(throws: Never.self) { try diagnostics.throwIfErrors() }
        diagnostics.error("second", at: Location(file: "a", line: 2, column: 1))
        diagnostics.error("first", at: Location(file: "a", line: 1, column: 9))
        let error = #expect(throws: DiagnosticsError.self) { try diagnostics.throwIfErrors() }
        #expect(error?.diagnostics.map(\.message) == ["first", "second", "only a warning"])
    }
}
