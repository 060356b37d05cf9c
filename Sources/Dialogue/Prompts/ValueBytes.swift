internal import Intents

/// Values as bytes, to tell whether two are the same to the byte.
///
/// Values that are equal can be written with other bytes (`é` is one scalar or two), and what is made of them then differs.
struct ValueBytes: Sendable, Hashable {
    private(set) var bytes: [UInt8] = []

    /// Takes all bytes at once; an array gives them one by one.
    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

    /// Adds a value, or that there is none.
    mutating func add(_ value: Value?) {
        switch value {
        case nil: bytes.append(0)
        case .text(let text):
            bytes.append(1)
            add(text)
        case .number(let number):
            bytes.append(2)
            add(number)
        case .flag(let flag): bytes.append(flag ? 3 : 4)
        case .list(let list):
            bytes.append(5)
            add(list.count)
            for element in list { add(element) }
        case .record(let record):
            bytes.append(6)
            add(record.count)
            for (name, value) in record.sorted(by: { $0.key < $1.key }) {
                add(name)
                add(value)
            }
        }
    }

    /// With its length before it, so that no two texts in a row are the bytes of two others.
    private mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func add(_ number: Int) {
        for shift in stride(from: 0, to: Int.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
