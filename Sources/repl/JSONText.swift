import Foundation
import Intents

/// JSON for people and programs: sorted, indented, and safe to show in a terminal.
enum JSONText {
    /// The JSON of a value.
    ///
    /// Characters that a terminal might obey or a reader would not see are written as escapes; JSON itself asks that
    /// only of the controls of ASCII.
    static func of(_ value: Value) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let plain = String(decoding: try encoder.encode(value), as: UTF8.self)
        return plain.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
