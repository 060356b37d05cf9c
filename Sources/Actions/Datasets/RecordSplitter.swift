/// A record as it stands in a dataset, not read yet.
package struct RawRecord: Sendable, Hashable {
    /// The line on which it begins, counted from 1, blank lines included.
    package var line: Int
    /// Its bytes; empty when it is longer than ``RecordSplitter/sizeLimit``.
    package var bytes: [UInt8]
    /// Whether it is longer than that.
    package var isTooLong = false
}

/// Cuts a text that comes in pieces into its records.
///
/// It holds one record at a time, so memory is bounded by the piece and ``sizeLimit``, whatever the dataset's size.
package struct RecordSplitter {
    /// The longest record that is taken: 32 MiB.
    package static let sizeLimit = 32 << 20

    private let layout: RecordLayout
    private let sizeLimit: Int
    private var line = 1
    private var record: RawRecord?
    // Where we are inside a record that is no line.
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isScalar = false
    private var isFirstByte = false
    private var hasOpened = false
    private var hasClosed = false
    private var isFirstPiece = true

    /// Prepares to cut a text of this layout; tests take a smaller limit.
    package init(_ layout: RecordLayout, sizeLimit: Int = RecordSplitter.sizeLimit) {
        self.layout = layout
        self.sizeLimit = sizeLimit
    }

    /// Takes the next piece.
    ///
    /// - Returns: The records that end in it, in order.
    package mutating func feed(_ piece: [UInt8]) -> [RawRecord] {
        var bytes = piece[...]
        if isFirstPiece, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        isFirstPiece = false
        return layout == .lines ? feedLines(bytes) : feedValues(bytes)
    }

    /// Ends the text.
    ///
    /// - Returns: The last record, where nothing ended it: a line without newline, or a value that breaks off.
    package mutating func finish() -> RawRecord? {
        defer { record = nil }
        return record.flatMap { Self.isBlank($0) ? nil : $0 }
    }

    private mutating func feedLines(_ bytes: ArraySlice<UInt8>) -> [RawRecord] {
        var records: [RawRecord] = []
        var rest = bytes
        while !rest.isEmpty {
            let newline = rest.firstIndex(of: 0x0A)
            append(rest[..<(newline ?? rest.endIndex)])
            guard let newline else { break }
            if let record = finish() { records.append(record) }
            line += 1
            rest = rest[(newline + 1)...]
        }
        return records
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        var current = record ?? RawRecord(line: line, bytes: [])
        if current.isTooLong || current.bytes.count + bytes.count > sizeLimit {
            current.isTooLong = true
            current.bytes = []
        } else {
            current.bytes += bytes
        }
        record = current
    }

    private mutating func feedValues(_ bytes: ArraySlice<UInt8>) -> [RawRecord] {
        var records: [RawRecord] = []
        // The part of the current record that is in this piece and not yet taken over.
        var start = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if record == nil, begin(byte) { start = index }
            if record != nil {
                let step = consume(byte)
                if step != .inside {
                    append(bytes[start..<(step == .endedWithThis ? index + 1 : index)])
                    if let record { records.append(record) }
                    record = nil
                    // The byte that ended a record without being part of it is looked at again.
                    if step == .endedBeforeThis { continue }
                }
            }
            if byte == 0x0A { line += 1 }
            index += 1
        }
        if record != nil { append(bytes[start...]) }
        return records
    }

    /// Looks at a byte between records.
    ///
    /// - Returns: Whether a record begins with it.
    private mutating func begin(_ byte: UInt8) -> Bool {
        if DatasetHead.isSpace(byte) || byte == UInt8(ascii: ",") || hasClosed { return false }
        if layout == .array {
            if !hasOpened, byte == UInt8(ascii: "[") {
                hasOpened = true
                return false
            }
            if byte == UInt8(ascii: "]") {
                hasClosed = true
                return false
            }
        }
        record = RawRecord(line: line, bytes: [])
        depth = 0
        isInString = false
        isEscaped = false
        isFirstByte = true
        isScalar = byte != UInt8(ascii: "{") && byte != UInt8(ascii: "[") && byte != UInt8(ascii: "\"")
        return true
    }

    private enum Step {
        case inside, endedWithThis, endedBeforeThis
    }

    private mutating func consume(_ byte: UInt8) -> Step {
        defer { isFirstByte = false }
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
                return depth == 0 && !isScalar ? .endedWithThis : .inside
            }
            return .inside
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            // One that closes nothing is a record of its own, which is no JSON and will be reported.
            if depth == 0 { return isFirstByte ? .endedWithThis : .endedBeforeThis }
            depth -= 1
            if depth == 0, !isScalar { return .endedWithThis }
        case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
            if isScalar, depth == 0 { return .endedBeforeThis }
        default: break
        }
        return .inside
    }

    private static func isBlank(_ record: RawRecord) -> Bool {
        !record.isTooLong && record.bytes.allSatisfy(DatasetHead.isSpace)
    }
}
