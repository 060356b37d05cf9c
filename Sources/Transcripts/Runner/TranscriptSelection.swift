/// Which transcripts of many are run.
public struct TranscriptSelection: Sendable, Hashable {
    /// One of these must match the path; all paths where there are none.
    public var filters: [Wildcard] = []
    /// All of these must hold for the tags.
    public var tags: [TagFilter] = []
    /// A part of them.
    public var shard: Shard?

    /// Selects everything.
    public init() {}

    /// The paths that are meant, before their tags are known; a shard is taken of these.
    public func paths(_ paths: [String]) -> [String] {
        let found = filtered(paths)
        return shard?.part(of: found) ?? found
    }

    /// The paths that the filters leave, whatever the shard.
    public func filtered(_ paths: [String]) -> [String] {
        filters.isEmpty ? paths : paths.filter { path in filters.contains { $0.matches(path) } }
    }

    /// Whether the tags of a transcript are meant.
    public func includes(tags: [String]) -> Bool { self.tags.allSatisfy { $0.matches(tags) } }
}

/// Words to choose transcripts by: `a,b` wants one of them, `!c` wants that one not to be there.
public struct TagFilter: Sendable, Hashable {
    private var wanted: [String] = []
    private var unwanted: [String] = []

    /// Reads what a user gives; `nil` where a word is missing.
    public init?(_ text: String) {
        for word in text.utf8Split(UInt8(ascii: ",")).map(\.spaceTrimmed) {
            if let rest = word.dropping("!")?.spaceTrimmed {
                guard !rest.isEmpty else { return nil }
                unwanted.append(String(rest))
            } else {
                guard !word.isEmpty else { return nil }
                wanted.append(String(word))
            }
        }
    }

    /// Whether a transcript with these tags is meant.
    public func matches(_ tags: [String]) -> Bool {
        (wanted.isEmpty || wanted.contains { tags.contains($0) }) && !unwanted.contains { tags.contains($0) }
    }
}

/// One of several equal parts of a list, so that several machines can share it: `2/8` is the second of eight.
public struct Shard: Sendable, Hashable {
    /// Which part, from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// Reads what a user gives; `nil` where it is no such thing.
    public init?(_ text: String) {
        guard let (number, count) = text.utf8Cut("/"), let number = Int(number), let count = Int(count),
            count >= 1, (1...count).contains(number)
        else { return nil }
        self.number = number
        self.count = count
    }

    /// The elements of this part: every `count`-th, so that all parts are as large and folders are spread over them.
    public func part<Element>(of list: [Element]) -> [Element] {
        stride(from: number - 1, to: list.count, by: count).map { list[$0] }
    }

    /// Whether the element at a place, from 0, is of this part.
    func holds(_ place: Int) -> Bool { place % count == number - 1 }
}
