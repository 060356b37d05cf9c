/// Looks at a template's tags as Mustache would at one use, and notes which of them name nothing.
///
/// A section over something that is not there is never entered, so what stands in it is not looked at; that the section
/// itself names nothing counts only where no use has the name.
struct PromptReading: Sendable {
    /// A tag that names nothing.
    struct Miss: Sendable {
        let tag: PromptTag
        /// What has no such field, for a name after a dot.
        let owner: String?
        /// The names that would be right.
        let known: [String]
    }

    private(set) var misses: [Miss] = []
    /// The ordinals of the tags that name something.
    private(set) var hits: Set<Int> = []
    private let tags: [PromptTag]
    /// The names in reach, the innermost last; `nil` where they can be any.
    private var scopes: [[String: PromptWord]?]

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - tags: Its tags, with sections closed.
    ///   - words: What can be named outside of sections.
    init(_ tags: [PromptTag], words: [String: PromptWord]) {
        self.tags = tags
        scopes = [words]
        read(tags.indices)
    }

    private mutating func read(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let tag = tags[index]
            switch tag.kind {
            case .value:
                _ = look(up: tag)
                index += 1
            case .end: index += 1
            case .section, .inverted:
                let word = look(up: tag)
                let end = endOfSection(at: index)
                if tag.kind == .inverted {
                    read(index + 1..<end)
                } else if let word {
                    scopes.append(word.inside)
                    read(index + 1..<end)
                    scopes.removeLast()
                }
                index = end + 1
            }
        }
    }

    private func endOfSection(at start: Int) -> Int {
        var depth = 0
        for index in start..<tags.count {
            switch tags[index].kind {
            case .section, .inverted: depth += 1
            case .end: depth -= 1
            case .value: continue
            }
            if depth == 0 { return index }
        }
        return tags.count
    }

    /// What a tag names; where it names nothing, that is noted.
    private mutating func look(up tag: PromptTag) -> PromptWord? {
        let isLocal = tag.name.hasPrefix(".")
        let path = tag.name.split(separator: ".").map(String.init)
        guard let head = path.first else {
            // "." is the element of a list; a function without a name counts elements.
            if scopes.count == 1 { return miss(tag, owner: nil, known: []) }
            hits.insert(tag.ordinal)
            return .unknown
        }
        guard var word = find(head, isLocal: isLocal) else {
            return miss(tag, owner: nil, known: scopes.flatMap { $0.map { Array($0.keys) } ?? [] })
        }
        var owner = head
        for field in path.dropFirst() {
            guard let next = word.field(field) else {
                return miss(tag, owner: owner, known: word == .plain ? [] : [PromptTemplate.isOne])
            }
            word = next
            owner += "." + field
        }
        hits.insert(tag.ordinal)
        return tag.isTransformed ? .unknown : word
    }

    private func find(_ name: String, isLocal: Bool) -> PromptWord? {
        for scope in isLocal ? scopes.suffix(1) : scopes.reversed() {
            guard let scope else { return .unknown }
            if let word = scope[name] { return word }
        }
        return nil
    }

    private mutating func miss(_ tag: PromptTag, owner: String?, known: [String]) -> PromptWord? {
        misses.append(Miss(tag: tag, owner: owner, known: known))
        return nil
    }
}
