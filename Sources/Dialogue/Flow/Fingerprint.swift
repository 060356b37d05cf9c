internal import Intents

/// FNV-1a over texts, each with an end: 64 bits.
///
/// It tells things apart; it is no defence against forgery.
struct Fingerprint {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Adds a text.
    mutating func mix(_ text: String) {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ 0xFF) &* 0x100_0000_01b3
    }

    /// Adds a value; equal ones add the same, whatever the order of their fields.
    mutating func mix(_ value: Value) {
        switch value {
        case .text(let text):
            mix("text")
            mix(text)
        case .number(let number): mix("number \(number)")
        case .flag(let flag): mix("flag \(flag)")
        case .list(let list):
            mix("list \(list.count)")
            for element in list { mix(element) }
        case .record(let record): mix(record)
        }
    }

    /// Adds fields by their names.
    mutating func mix(_ fields: [String: Value]) {
        mix("record \(fields.count)")
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            mix(name)
            mix(value)
        }
    }

    /// 16 hexadecimal digits.
    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
