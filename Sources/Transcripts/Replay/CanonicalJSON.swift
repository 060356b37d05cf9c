public import Dialogue
internal import Foundation
public import Intents

extension State {
    /// The state as JSON on one line, with its keys sorted: equal states give the same bytes.
    public var canonicalJSON: String { json(of: self) }
}

extension Value {
    /// The value as JSON on one line, with its keys sorted: equal values give the same bytes.
    public var canonicalJSON: String { json(of: self) }
}

private func json(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts, whole numbers and containers of them can always be encoded.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
}
