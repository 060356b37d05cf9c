public import Dialogue
internal import Foundation

/// The rows of tables of phrasings, each of them a case.
public struct PhrasingSuite: Sendable {
    /// How many cases there are.
    public var count: Int { cases.count }
    /// How many of them the tags leave in, or cannot be read.
    public var runCount: Int { cases.count { if case .left = $0 { false } else { true } } }

    private let cases: [Case]

    private enum Case: Sendable {
        case row(PhrasingListener, Int)
        case left(PhrasingListener, Int)
        case broken(file: String, any Error)
    }

    /// One thing to tell.
    public enum Told: Sendable {
        /// What came of a row.
        case row(PhrasingVerdict)
        /// A table that cannot be read or used, and why.
        case broken(file: String, any Error)

        /// Whether it makes the suite fail.
        public var isFailure: Bool {
            switch self {
            case .row(let verdict): verdict.isFailure
            case .broken: true
            }
        }
    }

    /// Reads tables.
    ///
    /// - Parameters:
    ///   - files: The tables.
    ///   - selection: Which are tried. A shard takes rows, not tables.
    ///   - offset: How many cases of other kinds stand before these, so that a shard goes on where they end.
    ///   - prepare: Gives a table its flow.
    public init(
        files: [String],
        selection: TranscriptSelection = TranscriptSelection(),
        after offset: Int = 0,
        prepare: (PhrasingTable) throws -> Flow
    ) {
        var all: [Case] = []
        for file in selection.filtered(files) {
            do {
                let table = try PhrasingTable.load(file)
                let listener = try PhrasingListener(table, in: prepare(table))
                let isIn = selection.includes(tags: table.tags)
                all += listener.rows.indices.map { isIn ? .row(listener, $0) : .left(listener, $0) }
            } catch {
                all.append(.broken(file: file, error))
            }
        }
        guard let shard = selection.shard else {
            cases = all
            return
        }
        cases = all.enumerated().filter { shard.holds(offset + $0.offset) }.map(\.element)
    }

    /// Tries them, many at once.
    ///
    /// - Parameters:
    ///   - counts: What was counted before; these are added.
    ///   - stopsAtFailure: Whether the first that fails is the last that is told.
    ///   - tell: Called for each in their order.
    /// - Throws: What `tell` throws, and `CancellationError`.
    public func run(
        addingTo counts: inout TranscriptCounts,
        stopsAtFailure: Bool = false,
        telling tell: (Told, TranscriptCounts) async throws -> Void
    ) async throws {
        let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
        var start = 0
        while start < cases.count {
            try Task.checkCancellation()
            let chunks = stride(from: start, to: min(start + width * Self.chunk, cases.count), by: Self.chunk)
            let told = await withTaskGroup(of: (Int, [Told]).self) { group in
                for first in chunks {
                    let part = cases[first..<min(first + Self.chunk, cases.count)]
                    group.addTask { @concurrent in (first, part.map(Self.tell)) }
                }
                var done: [Int: [Told]] = [:]
                for await (first, part) in group { done[first] = part }
                return chunks.flatMap { done[$0] ?? [] }
            }
            for one in told {
                counts.count(one)
                try await tell(one, counts)
                if stopsAtFailure, one.isFailure { return }
            }
            start += width * Self.chunk
        }
    }

    /// How many are tried by one task: each takes less time than a task does.
    private static let chunk = 64

    private static func tell(_ one: Case) -> Told {
        switch one {
        case .row(let listener, let row): .row(listener.verdict(on: row))
        case .left(let listener, let row): .row(PhrasingVerdict(reply: listener.rows[row], outcome: .left))
        case .broken(let file, let error): .broken(file: file, error)
        }
    }
}
