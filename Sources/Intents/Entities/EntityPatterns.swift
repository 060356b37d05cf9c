internal import Diagnostics
internal import Patterns

/// Finds the values of an entity type by the patterns of its file.
struct EntityPatterns: EntityReader {
    /// A near miss with its pattern.
    private struct NearMiss: Sendable {
        var name: String
        var whole: Pattern
        var inside: Pattern
        var message: EntityTemplate
        var corrected: EntityTemplate?
    }

    private enum Place: Sendable {
        case words, reply, quoted, anywhere
        case after(Pattern)
    }

    let name: String
    private let whole: Pattern
    private let inside: Pattern
    private let value: EntityTemplate
    private let validator: EntityValidator?
    private let places: [Place]
    private let nearMisses: [NearMiss]

    /// Compiles the patterns of a file; `nil` where one of them doesn't compile.
    init?(_ file: EntityFile, validator: EntityValidator?, diagnostics: inout DiagnosticList) {
        guard let written = file.pattern,
            let (whole, inside) = Self.compile(written, of: file.name, &diagnostics)
        else { return nil }
        let groups = whole.groupNames.filter { !$0.isEmpty }
        name = file.name
        self.whole = whole
        self.inside = inside
        self.validator = validator
        if let written = file.value {
            value = EntityTemplate(written.text, groups: groups, at: written.location, diagnostics: &diagnostics)
        } else if groups.contains("value") {
            value = EntityTemplate("${value}", groups: groups, at: written.location, diagnostics: &diagnostics)
        } else {
            value = .whole
        }
        var places: [Place] = []
        for place in file.places {
            switch place {
            case .words: places.append(.words)
            case .reply: places.append(.reply)
            case .quoted: places.append(.quoted)
            case .anywhere: places.append(.anywhere)
            case .after(let written):
                if let (_, inside) = Self.compile(written, of: file.name, &diagnostics) {
                    places.append(.after(inside))
                }
            }
        }
        self.places = places
        var nearMisses: [NearMiss] = []
        for written in file.nearMisses {
            guard let (whole, inside) = Self.compile(written.pattern, of: written.name, &diagnostics) else { continue }
            let groups = whole.groupNames.filter { !$0.isEmpty }
            func template(_ text: EntityFile.Pattern) -> EntityTemplate {
                EntityTemplate(text.text, groups: groups, at: text.location, diagnostics: &diagnostics)
            }
            nearMisses.append(
                NearMiss(
                    name: written.name,
                    whole: whole,
                    inside: inside,
                    message: template(written.message),
                    corrected: written.corrected.map(template)
                )
            )
        }
        self.nearMisses = nearMisses
    }

    private static func compile(
        _ written: EntityFile.Pattern,
        of name: String,
        _ diagnostics: inout DiagnosticList
    ) -> (whole: Pattern, inside: Pattern)? {
        do throws(PatternError) {
            return (
                try Pattern(written.text, options: [.anchoredWhole, .dotAll]),
                try Pattern(written.text, options: [.dotAll])
            )
        } catch {
            diagnostics.error(
                "the pattern of '\(name)' does not compile: \(error.message)",
                at: written.location
            )
            return nil
        }
    }

    // MARK: Reading

    func occurrences(in utterance: Utterance) -> [EntityOccurrence] {
        let reply = ReplyBytes(utterance.text)
        let scratch = MatchScratch()
        for place in places {
            let found = occurrences(at: place, in: utterance.text, reply, scratch)
            if !found.isEmpty { return found }
        }
        return []
    }

    func problem(with word: String) -> EntityProblem? {
        if case .failure(let problem) = reading(of: word, MatchScratch()) { problem } else { nil }
    }

    private func occurrences(
        at place: Place,
        in text: String,
        _ reply: ReplyBytes,
        _ scratch: borrowing MatchScratch
    ) -> [EntityOccurrence] {
        let range: Range<Int>?
        switch place {
        case .words: return words(of: reply, scratch)
        case .anywhere: return anywhere(in: text, scratch)
        case .reply:
            let whole = reply.trimmedRange
            range = whole.lowerBound..<reply.endWithoutPunctuation(whole)
        case .quoted: range = reply.firstQuoted
        case .after(let pattern):
            let matches = (try? pattern.allMatches(in: text, scratch: scratch)) ?? []
            range = matches.lazy.map { $0.range.upperBound..<reply.endOfValue(from: $0.range.upperBound) }
                .first { !$0.isEmpty }
        }
        guard let range, !range.isEmpty, let result = reading(of: reply.text(range), scratch) else { return [] }
        return [EntityOccurrence(range: range, result: result)]
    }

    /// What each word is, and each text between quotes.
    private func words(of reply: ReplyBytes, _ scratch: borrowing MatchScratch) -> [EntityOccurrence] {
        var found: [EntityOccurrence] = []
        var offset = 0
        while offset < reply.count {
            let space = reply.spaceLength(at: offset)
            if space > 0 || "\"'`(<[{".utf8.contains(reply.byte(offset)) {
                offset += max(space, 1)
                continue
            }
            let ends = [reply.closingQuote(ofValueAt: offset), reply.endOfValue(from: offset)].compactMap(\.self)
            var next = offset
            for end in ends where end > offset {
                next = max(next, end)
                guard let result = reading(of: reply.text(offset..<end), scratch) else { continue }
                found.append(EntityOccurrence(range: offset..<end, result: result))
                next = end
                break
            }
            if next == offset || found.last?.range.upperBound != next { next = reply.endOfWord(from: offset) }
            offset = max(next, offset + 1)
        }
        return found
    }

    private func anywhere(in text: String, _ scratch: borrowing MatchScratch) -> [EntityOccurrence] {
        var found: [EntityOccurrence] = []
        func add(_ range: Range<Int>, _ result: Result<Value, EntityProblem>?) {
            guard let result, !range.isEmpty, !found.contains(where: { $0.range.overlaps(range) }) else { return }
            found.append(EntityOccurrence(range: range, result: result))
        }
        for match in (try? inside.allMatches(in: text, scratch: scratch)) ?? [] {
            add(match.range, verdict(on: match, in: text))
        }
        for nearMiss in nearMisses {
            for match in (try? nearMiss.inside.allMatches(in: text, scratch: scratch)) ?? [] {
                add(match.range, .failure(problem(nearMiss, match, in: text)))
            }
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// What a text is, read as a value and nothing else; `nil` where it is neither one nor a near miss.
    private func reading(of text: String, _ scratch: borrowing MatchScratch) -> Result<Value, EntityProblem>? {
        if let match = try? whole.firstMatch(in: text, scratch: scratch), let result = verdict(on: match, in: text) {
            return result
        }
        for nearMiss in nearMisses {
            guard let match = try? nearMiss.whole.firstMatch(in: text, scratch: scratch) else { continue }
            return .failure(problem(nearMiss, match, in: text))
        }
        return nil
    }

    private func verdict(on match: PatternMatch, in text: String) -> Result<Value, EntityProblem>? {
        let value = value.text(for: match, in: text)
        guard let validator else { return .success(.text(value)) }
        var groups: [String: String] = [:]
        for (name, range) in zip(match.groupNames, match.groups) where !name.isEmpty {
            if let range { groups[name] = groups[name] ?? text.slice(utf8: range) }
        }
        switch validator.validate(.init(text: text.slice(utf8: match.range), value: value, groups: groups)) {
        case .value(let value): return .success(.text(value))
        case .problem(let problem): return .failure(problem)
        case .nothing: return nil
        }
    }

    /// The problem of a near miss; the corrected form is offered only where it is a value itself.
    private func problem(_ nearMiss: NearMiss, _ match: PatternMatch, in text: String) -> EntityProblem {
        var problem = EntityProblem(
            EntityProblem.Code(rawValue: nearMiss.name),
            nearMiss.message.text(for: match, in: text)
        )
        if let corrected = nearMiss.corrected?.text(for: match, in: text),
            let match = try? whole.firstMatch(in: corrected),
            case .success(let value) = verdict(on: match, in: corrected)
        {
            problem.suggestion = value.text
        }
        return problem
    }
}

extension ReplyBytes {
    /// The first text that stands in quotes or backticks.
    fileprivate var firstQuoted: Range<Int>? {
        for start in 1..<max(count, 1) where canBeginWord(at: start - 1) {
            if let quote = closingQuote(ofValueAt: start), quote > start { return start..<quote }
        }
        return nil
    }

    /// The offset of the white space after a word.
    fileprivate func endOfWord(from start: Int) -> Int {
        var end = start
        while end < count, spaceLength(at: end) == 0 { end += 1 }
        return end
    }
}
