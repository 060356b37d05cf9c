/// Writes what happened in a turn into its entries, and keeps all that still holds: answers that match, comments,
/// expectations, includes and patterns.
struct TurnMerge {
    /// An answer that is not as written: an entry without a happening went missing, a happening without an entry came up.
    struct Change {
        /// What was written.
        var written: Transcript.Entry?
        /// What happened instead.
        var happening: PlayedTurn.Happening?
        /// That, as an entry.
        var replacement: Transcript.Entry?
        /// The entry that tells where it stands: what was written, else the last before it.
        var place: Transcript.Entry?
    }

    private let transcript: Transcript
    private let entries: ArraySlice<Transcript.Entry>
    private let happenings: [PlayedTurn.Happening]
    /// What differs, in the order of the turn.
    private(set) var changes: [Change] = []
    /// The last entry of the transcript that was passed, for the places of those that are not written.
    private var last: Transcript.Entry?

    init(transcript: Transcript, entries: ArraySlice<Transcript.Entry>, happenings: [PlayedTurn.Happening]) {
        self.transcript = transcript
        self.entries = entries
        self.happenings = happenings
    }

    /// The entries as they went.
    mutating func merge() -> [Transcript.Entry] {
        let answers = entries.indices.filter { entries[$0].isAnswer }
        let kept = pairs(answers)
        // Between two answers that hold, those that went are replaced by those that came, messages by messages and actions
        // by actions; what came beyond stands where it came.
        var replacements: [Int: [Arrival]] = [:]
        var removed: Set<Int> = []
        var atStart: [Int] = []
        var position = 0
        var next = 0
        for pair in kept + [(answers.count, happenings.count)] {
            let gone = Array(answers[position..<pair.0])
            removed.formUnion(gone)
            var rest = gone[...]
            var beyond: [Int] = []
            for happening in next..<pair.1 {
                guard let place = rest.firstIndex(where: { entries[$0].isLike(happenings[happening]) }) else {
                    beyond.append(happening)
                    continue
                }
                replacements[rest[place]] =
                    beyond.map { Arrival(happening: $0) } + [Arrival(happening: happening, isReplacement: true)]
                beyond = []
                rest = rest[(place + 1)...]
            }
            if let anchor = gone.last ?? (position > 0 ? answers[position - 1] : nil) {
                replacements[anchor, default: []] += beyond.map { Arrival(happening: $0) }
            } else {
                atStart += beyond
            }
            position = pair.0 + 1
            next = pair.1 + 1
        }
        return write(atStart, removed, replacements)
    }

    /// Something that came where an entry stands, and whether it takes its place.
    private struct Arrival {
        var happening: Int
        var isReplacement = false
    }

    private mutating func write(
        _ atStart: [Int],
        _ removed: Set<Int>,
        _ replacements: [Int: [Arrival]]
    ) -> [Transcript.Entry] {
        var result: [Transcript.Entry] = []
        var start = entries.startIndex
        // New answers stand after the reply; in the opening, after the comments and includes that it begins with.
        while start < entries.endIndex, entries[start].isUser || (entries.startIndex == 0 && !entries[start].isCompared)
        {
            result.append(entries[start])
            if entries[start].isCompared { last = entries[start] }
            start += 1
        }
        let origin = entries[start...].first { $0.isAnswer || $0.isExpectation }?.origin ?? 0
        for happening in atStart { result.append(entry(for: happening, like: nil, origin: origin)) }
        for index in start..<entries.endIndex {
            let entry = entries[index]
            let came = replacements[index] ?? []
            if entry.isCompared { last = entry }
            guard removed.contains(index) else {
                result.append(entry)
                for one in came { result.append(self.entry(for: one.happening, like: nil, origin: entry.origin)) }
                continue
            }
            if !came.contains(where: \.isReplacement) { changes.append(Change(written: entry, place: entry)) }
            for one in came {
                let old = one.isReplacement ? entry : nil
                result.append(self.entry(for: one.happening, like: old, origin: entry.origin))
            }
        }
        if let last = result.last, last.isCompared, last.source == nil, entries.endIndex < transcript.entries.count {
            var gap = Transcript.Entry(.remark(""))
            gap.origin = last.origin
            result.append(gap)
        }
        return result
    }

    private mutating func entry(for happening: Int, like old: Transcript.Entry?, origin: Int) -> Transcript.Entry {
        let ending = transcript.usesCRLF(origin) ? "\r\n" : "\n"
        var entry =
            old.map { $0.rewritten(to: happenings[happening].kind, in: transcript, ending: ending) }
            ?? Transcript.Entry(happenings[happening].kind)
        entry.origin = origin
        changes.append(
            Change(
                written: old,
                happening: happenings[happening],
                replacement: entry,
                place: old ?? last ?? entries.first
            )
        )
        if entry.source == nil, ending == "\r\n" { entry.source = Substring(entry.lines.map { $0 + ending }.joined()) }
        return entry
    }

    /// The longest row of answers that hold, as places in both lists.
    private func pairs(_ answers: [Int]) -> [(Int, Int)] {
        var lengths = [[Int32]](
            repeating: [Int32](repeating: 0, count: happenings.count + 1),
            count: answers.count + 1
        )
        var matches: Set<Int> = []
        for row in answers.indices.reversed() {
            for column in happenings.indices.reversed() {
                if entries[answers[row]].matches(happenings[column]) {
                    matches.insert(row * happenings.count + column)
                    lengths[row][column] = lengths[row + 1][column + 1] + 1
                } else {
                    lengths[row][column] = max(lengths[row + 1][column], lengths[row][column + 1])
                }
            }
        }
        var result: [(Int, Int)] = []
        var row = 0
        var column = 0
        while row < answers.count, column < happenings.count {
            if matches.contains(row * happenings.count + column) {
                result.append((row, column))
                row += 1
                column += 1
            } else if lengths[row + 1][column] >= lengths[row][column + 1] {
                row += 1
            } else {
                column += 1
            }
        }
        return result
    }
}

extension Transcript {
    /// Whether the lines of one of its files end with CRLF.
    fileprivate func usesCRLF(_ origin: Int) -> Bool {
        let lines = origin == 0 ? header : inclusions[origin - 1].header
        let source = lines.first?.source ?? entries.first { $0.origin == origin && $0.source != nil }?.source
        return source?.utf8.suffix(2).elementsEqual("\r\n".utf8) ?? false
    }
}

extension Transcript.Entry {
    /// Whether the user sends something.
    var isUser: Bool { if case .user = kind { true } else { false } }
    /// Whether it is a message as this is, or an action as this is.
    fileprivate func isLike(_ happening: PlayedTurn.Happening) -> Bool {
        switch (kind, happening) {
        case (.bot, .said), (.pattern, .said), (.action, .ran): true
        default: false
        }
    }

    /// Whether something must hold.
    var isExpectation: Bool { if case .expect = kind { true } else { false } }
}
