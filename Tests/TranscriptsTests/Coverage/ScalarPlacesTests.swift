import Diagnostics
import Testing
import YAMLReading

@testable import Transcripts

/// Places inside of values of YAML files.
@Suite("Each character of a value in a YAML file is found where it stands")
struct ScalarPlacesTests {
    /// A file with one value, and where the character `|` of the value stands, as line and column.
    struct Sample: Sendable, CustomTestStringConvertible {
        var file: String
        var bars: [String]
        var testDescription: String { file }
    }

    static let samples = [
        Sample(file: "p: a|b", bars: ["1:5"]),
        Sample(file: "p: 'it''s|x'", bars: ["1:10"]),
        Sample(file: #"p: "\\b(?:é|\x41|\u00e9\|")"#, bars: []),
        Sample(file: #"p: "\\b(?:é|\x41|\u00e9|\U0001F44D|\t|z)""#, bars: ["1:12", "1:17", "1:24", "1:35", "1:38"]),
        Sample(file: "p: \"a|b\\\n    c|d\"", bars: ["1:6", "2:6"]),
        Sample(file: "p: \"a|b  \n\n\n   c|d\"", bars: ["1:6", "4:5"]),
        Sample(file: "p: a|b\n   c|d", bars: ["1:5", "2:5"]),
        Sample(file: "p: 'a|b\n\n   c|d'", bars: ["1:6", "3:5"]),
        Sample(file: "p: |\n    a|b\n      c|d\n\n    e|f\n", bars: ["2:6", "3:8", "5:6"]),
        Sample(file: "p: |-\n  a|b\n", bars: ["2:4"]),
        Sample(file: "p: >\n  a|b\n  c|d\n\n  e|f\n    g|h\n  i|j\n", bars: ["2:4", "3:4", "5:4", "6:6", "7:4"]),
        Sample(file: "p: >+ # remark\n\n  a|b\n\n", bars: ["3:4"]),
        Sample(file: "\u{FEFF}p: {q: [x, \"a|b\"], r: 1}", bars: ["1:14"]),
        Sample(file: "# é\r\np: 'a|b'\r\n", bars: ["2:6"]),
    ]

    @Test("Every '|' of the value is found", arguments: samples)
    func places(_ sample: Sample) throws {
        var diagnostics = DiagnosticList()
        guard let root = YAMLNode(sample.file, file: "f", diagnostics: &diagnostics) else {
            #expect(sample.bars.isEmpty)
            return
        }
        let node = try #require(Self.firstText(root))
        guard case .scalar(let value) = node.content else { return }
        let places = try #require(ScalarPlaces(of: value, at: node.location, in: sample.file))
        let found = value.unicodeScalars.enumerated().filter { $0.element == "|" }.map {
            "\(places[$0.offset].line):\(places[$0.offset].column)"
        }
        #expect(found == sample.bars)
    }

    private static func firstText(_ node: YAMLNode) -> YAMLNode? {
        switch node.content {
        case .scalar(let text): text.contains("|") ? node : nil
        case .sequence(let elements): elements.lazy.compactMap(firstText).first
        case .mapping(let entries): entries.lazy.compactMap { firstText($0.value) }.first
        case .empty: nil
        }
    }

    @Test("A value that does not stand there has no places")
    func elsewhere() {
        let location = Location(file: "f", line: 1, column: 4)
        #expect(ScalarPlaces(of: "a|c", at: location, in: "p: a|b") == nil)
        #expect(ScalarPlaces(of: "a|b", at: Location(file: "f", line: 9, column: 1), in: "p: a|b") == nil)
    }
}
