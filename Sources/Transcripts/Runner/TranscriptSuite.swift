public import Dialogue
internal import Foundation

/// Runs many transcripts at once and tells what came of each, in the order of the files.
///
/// Each is read, run, told and dropped: however many there are, only as many as the processors need are in memory.
public struct TranscriptSuite: Sendable {
    /// The files, in the order they are told in.
    public var files: [String]
    /// Which of them are run.
    public var selection: TranscriptSelection
    /// Whether the first that fails is the last that is told.
    public var stopsAtFailure = false
    /// How many run at once.
    public var width = max(1, ProcessInfo.processInfo.activeProcessorCount)

    private let loader: TranscriptLoader
    private let prepare: @Sendable (Transcript) throws -> (Flow, TranscriptStage)

    /// Makes a suite.
    ///
    /// - Parameters:
    ///   - files: The transcripts.
    ///   - selection: Which of them are run.
    ///   - loader: Reads them.
    ///   - prepare: Gives a transcript its flow and its stage; called from several tasks at once.
    public init(
        files: [String],
        selection: TranscriptSelection = TranscriptSelection(),
        loader: TranscriptLoader,
        prepare: @escaping @Sendable (Transcript) throws -> (Flow, TranscriptStage)
    ) {
        self.files = files
        self.selection = selection
        self.loader = loader
        self.prepare = prepare
    }

    /// Runs them.
    ///
    /// - Parameter tell: Called for each transcript in the order of the files, whichever ends first; for those that the tags
    ///   leave out too.
    /// - Returns: How many went how.
    /// - Throws: What `tell` throws, and `CancellationError`.
    @discardableResult
    public func run(
        telling tell: (TranscriptVerdict, TranscriptCounts) async throws -> Void
    ) async throws -> TranscriptCounts {
        let paths = selection.paths(files)
        var counts = TranscriptCounts()
        try await withThrowingTaskGroup(of: (Int, TranscriptVerdict).self) { group in
            var begun = 0
            var told = 0
            var waiting: [Int: TranscriptVerdict] = [:]
            func begin(_ group: inout ThrowingTaskGroup<(Int, TranscriptVerdict), any Error>) {
                let index = begun
                let path = paths[index]
                begun += 1
                group.addTask { (index, try await verdict(on: path)) }
            }
            while begun < min(width, paths.count) { begin(&group) }
            while let (index, verdict) = try await group.next() {
                waiting[index] = verdict
                while let next = waiting.removeValue(forKey: told) {
                    told += 1
                    counts.count(next)
                    try await tell(next, counts)
                    if stopsAtFailure, next.isFailure {
                        group.cancelAll()
                        return
                    }
                }
                // One that takes long must not let those after it pile up.
                while begun < paths.count, begun - told < Self.window * width, begun - told - waiting.count < width {
                    begin(&group)
                }
            }
        }
        return counts
    }

    /// How many may be ahead of the first that is not told yet, for each that runs.
    private static let window = 32

    private func verdict(on path: String) async throws -> TranscriptVerdict {
        try Task.checkCancellation()
        do {
            let transcript = try loader.load(path)
            guard selection.includes(tags: transcript.tags) else {
                return TranscriptVerdict(file: path, outcome: .left)
            }
            let (flow, stage) = try prepare(transcript)
            let result = try await TranscriptRunner(flow: flow).run(transcript, on: stage)
            return TranscriptVerdict(
                file: path,
                outcome: result.isPassed ? .passed(result) : .failed(result),
                flow: flow,
                uses: transcript.uses
            )
        } catch let error as CancellationError {
            throw error
        } catch {
            return TranscriptVerdict(file: path, outcome: .broken(error))
        }
    }
}

/// What came of one transcript of a suite.
public struct TranscriptVerdict: Sendable {
    /// The file, as it was given.
    public let file: String
    /// How it went.
    public let outcome: Outcome
    /// The flow that it was run against.
    public var flow: Flow?
    /// The files that it includes or names.
    public var uses: [String] = []

    /// How it went.
    public enum Outcome: Sendable {
        /// As written.
        case passed(TranscriptResult)
        /// Otherwise.
        case failed(TranscriptResult)
        /// It could not be read, or what it names could not be.
        case broken(any Error)
        /// Its tags leave it out.
        case left
    }

    /// Whether it makes the suite fail.
    public var isFailure: Bool {
        switch outcome {
        case .passed, .left: false
        case .failed, .broken: true
        }
    }
}

/// How many transcripts and phrasings went how.
public struct TranscriptCounts: Sendable, Hashable {
    /// As written.
    public private(set) var passed = 0
    /// Otherwise, or not at all.
    public private(set) var failed = 0
    /// Left out by their tags.
    public private(set) var left = 0

    /// Nothing was run yet.
    public init() {}

    mutating func count(_ verdict: TranscriptVerdict) {
        switch verdict.outcome {
        case .passed: passed += 1
        case .failed, .broken: failed += 1
        case .left: left += 1
        }
    }

    mutating func count(_ told: PhrasingSuite.Told) {
        guard case .row(let verdict) = told else {
            failed += 1
            return
        }
        switch verdict.outcome {
        case .passed: passed += 1
        case .failed: failed += 1
        case .left: left += 1
        }
    }

    /// How many were run.
    public var run: Int { passed + failed }
}

extension Transcript {
    /// The files that it includes or names in its header, by their paths.
    public var uses: [String] {
        inclusions.map(\.file)
            + Self.pathFields.flatMap { list($0).map { RelativePath.joined($0, beside: file) } }
    }
}
