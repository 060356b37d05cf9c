internal import Diagnostics

/// Where each character of a value in a YAML file stands in the file.
///
/// A value is not what stands in the file: escapes are read, lines are folded, indentation is taken off. The map is made
/// by reading the scalar once more with its places, and it counts only where that gives the very same value.
struct ScalarPlaces: Sendable {
    /// For each Unicode scalar of the value, and for its end, the line and column from 1.
    private let places: [(line: Int, column: Int)]
    private let file: String

    /// Maps a value; `nil` where it does not stand there in a form that is known.
    ///
    /// - Parameters:
    ///   - value: The value as YAML gives it.
    ///   - location: Where it begins: at its quote, its `|` or `>`, or its first character.
    ///   - text: The whole file.
    init?(of value: String, at location: Location, in text: String) {
        guard var reader = ScalarReader(text, location) else { return nil }
        let read = reader.read(count: value.unicodeScalars.count)
        guard let read, read.text == value else { return nil }
        places = read.places
        file = location.file
    }

    /// The place of a scalar of the value.
    ///
    /// - Parameter offset: Counted in Unicode scalars; the end of the value is one too.
    subscript(offset: Int) -> Location {
        let place = places[min(max(offset, 0), places.count - 1)]
        return Location(file: file, line: place.line, column: place.column)
    }
}

/// Reads one scalar of a YAML file, with the place of each of its characters.
private struct ScalarReader {
    private let lines: [[Unicode.Scalar]]
    private let start: Location
    private var line: Int
    private var column: Int
    private var text = String.UnicodeScalarView()
    private var places: [(line: Int, column: Int)] = []

    init?(_ file: String, _ location: Location) {
        var lines: [[Unicode.Scalar]] = [[]]
        for scalar in file.unicodeScalars {
            if scalar == "\n" {
                if lines[lines.count - 1].last == "\r" { lines[lines.count - 1].removeLast() }
                lines.append([])
            } else if scalar != "\u{FEFF}" || lines != [[]] {
                lines[lines.count - 1].append(scalar)
            }
        }
        self.lines = lines
        start = location
        line = location.line - 1
        column = location.column - 1
        guard lines.indices.contains(line), column >= 0, column <= lines[line].count else { return nil }
    }

    private var scalar: Unicode.Scalar? { column < lines[line].count ? lines[line][column] : nil }

    private mutating func put(_ scalar: Unicode.Scalar, _ line: Int, _ column: Int) {
        text.append(scalar)
        places.append((line + 1, column + 1))
    }

    mutating func read(count: Int) -> (text: String, places: [(line: Int, column: Int)])? {
        switch scalar {
        case "\"": readFlow(quote: "\"", count)
        case "'": readFlow(quote: "'", count)
        case "|": readBlock(isFolded: false, count)
        case ">": readBlock(isFolded: true, count)
        default: readFlow(quote: nil, count)
        }
        guard places.count == count else { return nil }
        places.append((line + 1, column + 1))
        return (String(text), places)
    }

    /// A plain or quoted scalar, whose lines are folded.
    private mutating func readFlow(quote: Unicode.Scalar?, _ count: Int) {
        if quote != nil { column += 1 }
        while places.count < count {
            guard let scalar else {
                guard fold(from: quote == nil || quote == "'" ? nil : quote) else { return }
                continue
            }
            if scalar == quote {
                guard quote == "'", column + 1 < lines[line].count, lines[line][column + 1] == "'" else { return }
                put("'", line, column)
                column += 2
            } else if scalar == "\\", quote == "\"" {
                guard readEscape() else { return }
            } else if scalar == " " || scalar == "\t", lines[line][column...].allSatisfy({ $0 == " " || $0 == "\t" }) {
                column = lines[line].count
            } else {
                put(scalar, line, column)
                column += 1
            }
        }
    }

    /// The end of a line in a plain or quoted scalar: a space, or as many newlines as lines are empty.
    private mutating func fold(from quote: Unicode.Scalar?) -> Bool {
        let place = (line, column)
        var empty = 0
        repeat {
            guard line + 1 < lines.count else { return false }
            line += 1
            column = lines[line].firstIndex { $0 != " " && $0 != "\t" } ?? lines[line].count
            if column == lines[line].count { empty += 1 }
        } while column == lines[line].count
        if empty == 0 {
            put(" ", place.0, place.1)
        } else {
            for _ in 0..<empty { put("\n", place.0, place.1) }
        }
        return true
    }

    private mutating func readEscape() -> Bool {
        let place = column
        column += 1
        guard let letter = scalar else {
            // An escaped line end: the next line goes on here.
            guard line + 1 < lines.count else { return false }
            line += 1
            column = lines[line].firstIndex { $0 != " " && $0 != "\t" } ?? lines[line].count
            return true
        }
        column += 1
        let simple: [Unicode.Scalar: Unicode.Scalar] = [
            "0": "\0", "a": "\u{07}", "b": "\u{08}", "t": "\t", "\t": "\t", "n": "\n", "v": "\u{0B}", "f": "\u{0C}",
            "r": "\r", "e": "\u{1B}", " ": " ", "\"": "\"", "/": "/", "\\": "\\", "N": "\u{85}", "_": "\u{A0}",
            "L": "\u{2028}", "P": "\u{2029}",
        ]
        if let meant = simple[letter] {
            put(meant, line, place)
            return true
        }
        let lengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
        guard let length = lengths[letter], column + length <= lines[line].count else { return false }
        let digits = lines[line][column..<column + length].map { Character($0) }
        guard let code = UInt32(String(digits), radix: 16), let meant = Unicode.Scalar(code) else { return false }
        column += length
        put(meant, line, place)
        return true
    }

    /// A block scalar: `|` keeps its lines, `>` folds them.
    private mutating func readBlock(isFolded: Bool, _ count: Int) {
        let header = lines[line][column...]
        let explicit = header.first { ("1"..."9").contains($0) }.map { Int($0.value - 48) }
        let first = lines[(line + 1)...].first { !$0.allSatisfy { $0 == " " } }
        guard let first else { return }
        // An indentation that is written counts from the parent's, which only the first line can tell; rules have none.
        guard explicit == nil else { return }
        let indent = first.prefix { $0 == " " }.count
        var isPreviousMoreIndented = true
        var pendingBreaks: [(Int, Int)] = []
        var hasContent = false
        while places.count < count, line + 1 < lines.count {
            line += 1
            let body = lines[line].dropFirst(min(indent, lines[line].prefix { $0 == " " }.count))
            column = lines[line].count - body.count
            if body.isEmpty {
                pendingBreaks.append((line, column))
                continue
            }
            let isMoreIndented = body.first == " " || body.first == "\t"
            if hasContent {
                if isFolded, !isMoreIndented, !isPreviousMoreIndented {
                    if pendingBreaks.count == 1 {
                        put(" ", pendingBreaks[0].0, pendingBreaks[0].1)
                    } else {
                        for place in pendingBreaks.dropFirst() { put("\n", place.0, place.1) }
                    }
                } else {
                    for place in pendingBreaks { put("\n", place.0, place.1) }
                }
            } else {
                for place in pendingBreaks { put("\n", place.0, place.1) }
            }
            hasContent = true
            pendingBreaks = []
            for scalar in body where places.count < count {
                put(scalar, line, column)
                column += 1
            }
            isPreviousMoreIndented = isMoreIndented
            pendingBreaks.append((line, column))
        }
        for place in pendingBreaks where places.count < count { put("\n", place.0, place.1) }
    }
}
