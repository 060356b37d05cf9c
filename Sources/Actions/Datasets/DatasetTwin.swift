/// A dataset that is there, compared piece by piece with one that is made.
struct DatasetTwin {
    private var source: DatasetSource
    /// What was read and not compared yet.
    private var rest: ArraySlice<UInt8> = []

    /// Prepares to compare; nothing is read yet.
    init(_ source: DatasetSource) { self.source = source }

    /// Whether its next bytes are these.
    ///
    /// - Throws: As ``DatasetSource/next()``.
    mutating func goesOn(with bytes: [UInt8]) async throws -> Bool {
        var wanted = bytes[...]
        while !wanted.isEmpty {
            if rest.isEmpty {
                guard let piece = try await source.next() else { return false }
                rest = piece[...]
            }
            let count = min(wanted.count, rest.count)
            guard wanted.prefix(count) == rest.prefix(count) else { return false }
            wanted = wanted.dropFirst(count)
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Whether it has no more bytes.
    ///
    /// - Throws: As ``DatasetSource/next()``.
    mutating func isAtEnd() async throws -> Bool {
        guard rest.isEmpty else { return false }
        return try await source.next() == nil
    }
}
