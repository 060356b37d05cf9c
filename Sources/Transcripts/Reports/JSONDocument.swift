internal import Foundation

/// A report that is one JSON document.
enum JSONDocument {
    /// The document as text: keys are sorted, so that equal reports are equal texts.
    ///
    /// - Throws: What the encoder throws, which it has no reason to.
    static func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }
}
