public import Diagnostics
internal import Foundation
public import Intents

/// A file of replies that are said at one question, each with what it means there: `*.phrasings.tsv`.
///
/// ```text
/// # What opens a gate, and what does not.
/// flow: model-evaluation
/// context: gate
/// intent	text
/// affirm	yes, I agree
/// other	looks good
/// ```
public struct PhrasingTable: Sendable {
    /// What the names of these files end with.
    public static let ending = ".phrasings.tsv"

    /// The question that the replies are said at.
    public enum Place: Sendable, Hashable {
        /// A question of no flow, at which only commands and the signs of yes and no are in scope.
        case context(EvaluationContext)
        /// A step of the flow, with all that is in scope there; the values that slots have, as users would say them.
        case step(String, slots: [String: String])
    }

    /// The file, as it was given.
    public let file: String
    /// The folder of the flow, where one is named.
    public let flow: String?
    /// The flow of that folder that is gone through, where one is named.
    public let entry: String?
    /// The words that it is chosen by.
    public let tags: [String]
    /// The question that the replies are said at.
    public let place: Place
    /// The line that names the step or the context; the first one where none does.
    let placeLocation: Location
    /// All of the file.
    let text: String

    /// Reads the file's header; rows are read where it is known which intents there are.
    ///
    /// - Throws: ``TranscriptFiles/Failure`` where it cannot be read, ``DiagnosticsError`` with what is wrong in the header.
    public static func load(_ file: String) throws -> PhrasingTable {
        try PhrasingTable(try TranscriptFiles.read(file), file: file)
    }

    /// Reads the header of a table whose text is at hand.
    ///
    /// - Throws: ``DiagnosticsError`` with all that is wrong in the header.
    public init(_ text: String, file: String) throws(DiagnosticsError) {
        var reading = HeaderReading()
        for field in PhrasingHeader(text, file: file).fields { reading.take(field) }
        try reading.diagnostics.throwIfErrors()
        self.file = file
        self.text = text
        flow = reading.values["flow"]
        entry = reading.values["entry"]
        tags = (reading.values["tags"] ?? "").utf8Split(UInt8(ascii: ",")).map { String($0.spaceTrimmed) }
            .filter { !$0.isEmpty }
        if let step = reading.values["at"] {
            place = .step(step, slots: reading.slots)
        } else {
            place = .context(reading.values["context"].flatMap(EvaluationContext.init) ?? .yesNo)
        }
        placeLocation = reading.place ?? Location(file: file, line: 1, column: 1)
    }
}

/// The fields of a header as they are read.
private struct HeaderReading {
    var values: [String: String] = [:]
    var slots: [String: String] = [:]
    var place: Location?
    var diagnostics = DiagnosticList()

    private static let names = ["flow", "entry", "context", "at", "slot", "tags"]

    mutating func take(_ field: PhrasingHeader.Field) {
        let (name, value) = (field.name, field.value)
        guard Self.names.contains(name) else {
            let all = "there are \(Self.names.joined(separator: ", "))"
            diagnostics.error(
                "there is no field '\(name)'" + NearestWord.hint(for: name, among: Self.names, otherwise: all),
                at: field.location
            )
            return
        }
        guard !value.isEmpty else { return diagnostics.error("the field '\(name)' has no value", at: field.location) }
        if name == "slot" { return takeSlot(value, at: field.location) }
        guard values.updateValue(value, forKey: name) == nil else {
            return diagnostics.error("there is more than one field '\(name)'", at: field.location)
        }
        guard name == "context" || name == "at" else { return }
        place = field.location
        if values["context"] != nil, values["at"] != nil {
            diagnostics.error("'context' and 'at' both say where the replies are said; keep one", at: field.location)
        }
        if name == "context", EvaluationContext(rawValue: value) == nil {
            let known = EvaluationContext.allCases.map(\.rawValue)
            let all = "there are \(known.joined(separator: ", "))"
            diagnostics.error(
                "there is no context '\(value)'" + NearestWord.hint(for: value, among: known, otherwise: all),
                at: field.location
            )
        }
    }

    private mutating func takeSlot(_ text: String, at location: Location) {
        guard let (name, value) = text.utf8Cut("=") else {
            return diagnostics.error("expected the name of a slot and its value: 'slot: name = value'", at: location)
        }
        guard slots.updateValue(String(value.spaceTrimmed), forKey: String(name.spaceTrimmed)) == nil else {
            return diagnostics.error("the slot '\(name.spaceTrimmed)' has a value already", at: location)
        }
    }
}
