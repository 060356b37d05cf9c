/// Finds which of many literals stand in a text, in one pass: the algorithm of Aho and Corasick (1975).
struct LiteralScanner: Sendable {
    /// The literals, in the order in which they are counted.
    let literals: [RequiredLiterals.Literal]
    /// The class of each byte; 0 is for bytes that are in no literal.
    private var classes: [UInt8]
    private var classCount: Int
    /// The state after each state and class.
    private var next: [Int32]
    /// The literals that end in each state: from `ends[state]` up to `ends[state + 1]`.
    private var found: [Int32]
    private var ends: [Int32]

    /// Builds a scanner.
    ///
    /// - Parameter literals: Different literals, none of them empty.
    /// - Complexity: O(symbols × different symbols).
    init(_ literals: [RequiredLiterals.Literal]) {
        self.literals = literals
        classes = Array(repeating: 0, count: 256)
        classCount = 1
        for byte in literals.joined() where classes[Int(byte)] == 0 {
            classes[Int(byte)] = UInt8(classCount)
            classCount += 1
        }
        next = Array(repeating: -1, count: classCount)
        var endingHere: [[Int32]] = [[]]
        for (number, literal) in literals.enumerated() {
            var state = 0
            for byte in literal {
                let place = state * classCount + Int(classes[Int(byte)])
                if next[place] < 0 {
                    next[place] = Int32(endingHere.count)
                    endingHere.append([])
                    next += repeatElement(-1, count: classCount)
                }
                state = Int(next[place])
            }
            endingHere[state].append(Int32(number))
        }
        // Breadth first, so that the state that a failure leads to is complete before it is needed.
        var failure = Array(repeating: 0, count: endingHere.count)
        var queue: [Int] = []
        for place in 0..<classCount {
            if next[place] < 0 { next[place] = 0 } else { queue.append(Int(next[place])) }
        }
        var position = 0
        while position < queue.count {
            let state = queue[position]
            position += 1
            endingHere[state] += endingHere[failure[state]]
            for symbol in 0..<classCount {
                let fallback = next[failure[state] * classCount + symbol]
                let place = state * classCount + symbol
                if next[place] < 0 {
                    next[place] = fallback
                } else {
                    failure[Int(next[place])] = Int(fallback)
                    queue.append(Int(next[place]))
                }
            }
        }
        ends = [0]
        found = []
        for numbers in endingHere {
            found += numbers
            ends.append(Int32(found.count))
        }
    }

    /// Reports the literals in a text, each as often as it stands there.
    ///
    /// - Parameters:
    ///   - text: Any text; letters of ASCII count in either case, as do the two characters beyond ASCII that PCRE2 takes
    ///     for letters of it.
    ///   - report: Takes the number of a literal.
    /// - Complexity: O(bytes + reports).
    func forEachLiteral(in text: String, _ report: (Int) -> Void) {
        var state = 0
        func take(_ byte: UInt8) {
            state = Int(next[state * classCount + Int(classes[Int(byte)])])
            for place in Int(ends[state])..<Int(ends[state + 1]) { report(Int(found[place])) }
        }
        // At the ends of the text, and beside characters beyond ASCII, a boundary is possible.
        var last: Edge = .unknown
        func take(_ byte: UInt8, _ edge: Edge) {
            if edge != last || edge == .unknown { take(RequiredLiterals.boundary) }
            last = edge
            take(byte)
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z": take(UInt8(scalar.value) | 0x20, .word)
            case "a"..."z", "0"..."9", "_": take(UInt8(scalar.value), .word)
            // Of all characters beyond ASCII, these two match letters of it: pcre2unicode(3), "Case-equivalence".
            case "\u{017F}": take(UInt8(ascii: "s"), .word)
            case "\u{212A}": take(UInt8(ascii: "k"), .word)
            case "\u{0}"..."\u{7F}": take(UInt8(scalar.value), .none)
            default: take(0x80, .unknown)
            }
        }
        take(RequiredLiterals.boundary)
    }

    /// What a character is to words.
    private enum Edge { case word, none, unknown }
}
