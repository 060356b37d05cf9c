/// What a terminal sends between `ESC [ 200 ~` and `ESC [ 201 ~`.
///
/// - Note: Source: xterm control sequences, "Bracketed Paste Mode".
struct Paste {
    private static let end = Array("\u{1B}[201~".utf8)

    private let limit: Int
    private var bytes: [UInt8] = []
    /// How many bytes came, the end mark not among them.
    private(set) var byteCount = 0
    /// How many bytes of the end mark came last.
    private var matched = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the end mark has come.
    var isWhole: Bool { matched == Self.end.count }

    mutating func take(_ byte: UInt8) {
        if byte == Self.end[matched] {
            matched += 1
        } else {
            // The mark begins with its only ESC, so that a false start can only begin anew at this byte.
            let falseStart = Self.end[..<matched]
            matched = byte == Self.end[0] ? 1 : 0
            falseStart.forEach { keep($0) }
            if matched == 0 { keep(byte) }
        }
    }

    private mutating func keep(_ byte: UInt8) {
        byteCount += 1
        if byteCount <= limit { bytes.append(byte) }
    }

    /// The text with LF for each CR and CR LF (terminals send Return for line feeds), without NUL and without line feeds
    /// at the end; `nil` where it was longer than the limit.
    var text: String? {
        guard byteCount <= limit else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\r": scalars.append("\n")
            case "\n": if previous != "\r" { scalars.append("\n") }
            case "\0": continue
            default: scalars.append(scalar)
            }
        }
        while scalars.last == "\n" { scalars.removeLast() }
        return String(scalars)
    }
}
