/// Reads a dataset record by record: what it is first, then its records in batches, one batch a piece.
struct DatasetReader {
    private var source: DatasetSource
    private var splitter: RecordSplitter?
    private var waiting: [UInt8]?
    private var hasFinished = false

    init(_ source: DatasetSource) {
        self.source = source
    }

    /// Whether everything was read; the last record may be cut when it was not.
    var isAtEnd: Bool {
        source.isAtEnd
    }

    /// Reads the first piece and says what the dataset is.
    ///
    /// Call it once, before ``next()``.
    mutating func head() async throws -> DatasetHead {
        var bytes: [UInt8] = []
        while let piece = try await source.next() {
            bytes += piece
            // White space alone tells nothing; more of it than 16 MiB is no dataset.
            if bytes.contains(where: { !DatasetHead.isSpace($0) }) || bytes.count > 16 << 20 {
                break
            }
        }
        let head = DatasetHead(bytes, isWhole: source.isAtEnd)
        if case .text(let layout) = head.kind {
            splitter = RecordSplitter(layout)
            waiting = bytes
        }
        return head
    }

    /// The records that end in the next piece; `nil` at the end of the dataset.
    mutating func next() async throws -> [RawRecord]? {
        guard !hasFinished, splitter != nil else { return nil }
        if let bytes = waiting {
            waiting = nil
            return splitter?.feed(bytes)
        }
        if let piece = try await source.next() {
            return splitter?.feed(piece)
        }
        hasFinished = true
        return splitter?.finish().map { [$0] }
    }
}
