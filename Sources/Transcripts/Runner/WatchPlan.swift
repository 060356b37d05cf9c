/// What is to be run again after files have changed.
public enum WatchPlan: Sendable, Hashable {
    /// Nothing has changed.
    case nothing
    /// These transcripts, because they or files that they use have changed or are new.
    case some([String])
    /// All of them, because the flow has changed.
    case everything

    /// What tells versions of a file apart.
    public struct Stamp: Sendable, Hashable {
        /// When it was written, in nanoseconds of any clock.
        public var time: Int64
        /// Its size in bytes.
        public var size: Int64

        /// Makes a stamp.
        public init(time: Int64, size: Int64) {
            self.time = time
            self.size = size
        }
    }

    /// Plans by the stamps of two moments.
    ///
    /// - Parameters:
    ///   - before: The files when they were run, by path.
    ///   - after: The files now.
    ///   - transcripts: The transcripts that there are now.
    ///   - uses: For each transcript the files that it uses, as far as that is known.
    ///   - flow: The files of the flow.
    public init(
        before: [String: Stamp],
        after: [String: Stamp],
        transcripts: [String],
        uses: [String: [String]],
        flow: Set<String>
    ) {
        var changed: Set<String> = []
        for path in Set(before.keys).union(after.keys) where before[path] != after[path] { changed.insert(path) }
        guard changed.isDisjoint(with: flow) else {
            self = .everything
            return
        }
        let again = transcripts.filter {
            changed.contains($0) || uses[$0, default: []].contains(where: changed.contains)
        }
        self = again.isEmpty ? .nothing : .some(again)
    }
}
