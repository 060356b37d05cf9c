internal import Diagnostics
internal import Intents

/// Says what a reply may mean that names no Region: a country, half a code, an abbreviation, a misspelt place.
///
/// All of it is to be confirmed; where several Regions fit, they are named and none is offered.
enum RegionGuess {
    /// What to say of a short reply.
    ///
    /// - Parameter text: Normalised text in which no Region was found.
    /// - Returns: The problem with the half-open UTF-8 byte range that it is about; `nil` where nothing comes near.
    /// - Complexity: O(words × letters of all names).
    static func problem(in text: String) -> (EntityProblem, Range<Int>)? {
        let words = words(of: text)
        guard (1...6).contains(words.count) else { return nil }
        // The longest first: "us west two" before "us west".
        for length in stride(from: min(4, words.count), through: 1, by: -1) {
            for start in 0...(words.count - length) {
                let window = words[start..<start + length]
                guard let first = window.first, let last = window.last else { continue }
                let said = window.map(\.text).joined(separator: " ")
                // "us" and "it" are words of other sentences too.
                if said.utf8.count <= 3, words.count > 2 { continue }
                if let problem = problem(with: said) {
                    return (problem, first.range.lowerBound..<last.range.upperBound)
                }
            }
        }
        return nil
    }

    private static func problem(with said: String) -> EntityProblem? {
        let code = code(of: said)
        if Region(code: code) != nil {
            return EntityProblem(.unknownRegion, "The code of that Region is \(code).", suggestion: code)
        }
        if let region = abbreviations[said.filter { $0 != "-" && $0 != " " }] {
            return EntityProblem(
                .unknownRegion,
                "That looks short for \(region.code), \(region.name).",
                suggestion: region.code
            )
        }
        let begun = Region.known.filter { $0.code.hasPrefix(code + "-") && $0.partition == .standard }
        if code.contains("-"), !begun.isEmpty {
            return several(begun, "The code of a Region ends with a number. With \(code) there")
        }
        if let codes = RegionAreas.codes[said] {
            return several(codes.compactMap(Region.init(code:)), "For \(RegionAreas.title(of: said)) there")
        }
        guard said.utf8.count >= 5 else { return nil }
        let nearest = NearestWord.nearest(to: said, among: places.map(\.name))
        let regions = Set(nearest.map { places[$0].region })
        guard regions.count == 1, let region = regions.first, let place = nearest.first.map({ places[$0].name }) else {
            return nil
        }
        return EntityProblem(
            .unknownRegion,
            "I know no AWS Region by that name; the nearest name is \(RegionAreas.title(of: place)).",
            suggestion: region.code
        )
    }

    private static func several(_ regions: [Region], _ opening: String) -> EntityProblem {
        let shown = regions.map { "\($0.code) (\($0.place))" }
        guard let last = shown.last, shown.count > 1 else {
            return EntityProblem(
                .unknownRegion,
                opening + " is \(shown.first ?? "none").",
                suggestion: regions.first?.code
            )
        }
        return EntityProblem(
            .unknownRegion,
            opening + " are \(shown.dropLast().joined(separator: ", ")) and \(last); please give one."
        )
    }

    /// Words with hyphens between them, number words as digits: `us-west-2` for "us west two" and "us - west - 2".
    private static func code(of said: String) -> String {
        let parts = said.split { $0 == " " || $0 == "-" || $0 == "_" }.map { numbers[String($0)] ?? String($0) }
        return parts.joined(separator: "-")
    }

    private static let numbers = [
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    ]

    /// Place names of the public Regions that are long enough to be misspelt and still known.
    private static let places: [(name: String, region: Region)] = Region.known.filter { $0.partition == .standard }
        .flatMap { region in
            region.spokenNames.filter { $0.utf8.count >= 5 && !$0.contains("(") }.map { ($0, region) }
        }

    /// How bills and scripts shorten codes: `use1`, `euc1`, `apse2`.
    private static let abbreviations: [String: Region] = {
        let compass = [
            "north": "n", "south": "s", "east": "e", "west": "w", "central": "c", "northeast": "ne", "southeast": "se",
            "northwest": "nw",
        ]
        var abbreviations: [String: Region] = [:]
        for region in Region.known {
            let parts = region.code.split(separator: "-").map(String.init)
            guard let number = parts.last, let place = parts.dropLast().last.flatMap({ compass[$0] }) else { continue }
            abbreviations[parts.dropLast(2).joined() + place + number] = region
        }
        return abbreviations
    }()

    private struct Word {
        var text: String
        var range: Range<Int>
    }

    /// Runs of letters, digits and hyphens in lower case; periods inside are left out, so "U.S." is "us".
    private static func words(of text: String) -> [Word] {
        var words: [Word] = []
        var current: [UInt8] = []
        var start = 0
        let bytes = Array(text.utf8)
        func close(at end: Int) {
            let said = String(decoding: current, as: UTF8.self).lowercased()
            if !current.isEmpty, said != "-", !politeness.contains(said) {
                words.append(Word(text: said, range: start..<end))
            }
            current = []
        }
        for (offset, byte) in bytes.enumerated() {
            if ByteClass.isAlphanumeric(byte) || byte >= 0x80 || byte == 0x2D {
                if current.isEmpty { start = offset }
                current.append(byte)
            } else if byte != UInt8(ascii: ".") || current.isEmpty {
                close(at: offset)
            }
        }
        close(at: bytes.count)
        return words
    }

    private static let politeness: Set<String> = ["please", "pls", "thanks", "the", "in", "use"]
}

extension Region {
    /// The place in its name, `Oregon` of `US West (Oregon)`.
    fileprivate var place: String {
        guard let open = name.firstIndex(of: "("), let close = name.lastIndex(of: ")"), open < close else {
            return name
        }
        return String(name[name.index(after: open)..<close])
    }
}
