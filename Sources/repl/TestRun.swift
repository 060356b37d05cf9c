import ArgumentParser
import Dialogue
import Foundation
import Transcripts

/// The transcripts of one `usher test`, run once or again and again.
struct TestRun {
    private let command: TestCommand
    private let selection: TranscriptSelection
    private let root: TranscriptRoot
    private let loader: TranscriptLoader
    private var stages: TranscriptStages
    private var watcher: FileWatcher

    init(_ command: TestCommand) throws {
        self.command = command
        selection = try command.selection.selection
        root = try command.root.map { try TranscriptRoot($0) } ?? TranscriptRoot.containing(command.paths)
        loader = TranscriptLoader(root: root)
        stages = TranscriptStages(options: command.options, root: root)
        watcher = FileWatcher(transcripts: command.paths, prompts: command.options.prompts)
    }

    /// Runs all of them.
    ///
    /// - Returns: Whether all went as written.
    mutating func all() async throws -> Bool {
        let files = try TranscriptFiles.find(in: command.paths)
        let tables = try TranscriptFiles.findTables(in: command.paths)
        if command.watch { try watcher.look() }
        let paths = command.paths.joined(separator: ", ")
        guard !files.isEmpty || !tables.isEmpty else {
            throw ValidationError(
                "no transcripts (*.transcript) found in \(paths), and no phrasings (*\(PhrasingTable.ending))"
            )
        }
        let counts = try await run(files, tables, selection)
        guard counts.total > 0 else {
            let count = "none of the \(files.count) transcripts"
            let all = tables.isEmpty ? count : count + " and \(tables.count) tables of phrasings"
            throw ValidationError("\(all) in \(paths) is selected by --filter and --shard")
        }
        guard counts.run > 0 else {
            throw ValidationError("none of the \(counts.total) transcripts and phrasings is selected by --tags")
        }
        return counts.failed == 0
    }

    /// Waits until something changes, and runs what that matters to.
    mutating func changed() async throws {
        let plan = try await watcher.next()
        var selection = selection
        selection.shard = nil
        loader.forget()
        stages = TranscriptStages(options: command.options, root: root)
        let files = self.selection.paths((try? TranscriptFiles.find(in: command.paths)) ?? [])
        let tables = (try? TranscriptFiles.findTables(in: command.paths)) ?? []
        switch plan {
        case .nothing: return
        case .everything: _ = try await run(files, tables, selection)
        case .some(let changed):
            let changed = Set(changed)
            _ = try await run(files.filter(changed.contains), tables.filter(changed.contains), selection)
        }
    }

    /// - Returns: How many were selected but for their tags, how many of these were run, and how many of them failed and
    ///   were not updated.
    private mutating func run(
        _ files: [String],
        _ tables: [String],
        _ selection: TranscriptSelection
    ) async throws -> (total: Int, run: Int, failed: Int) {
        let stages = stages
        var suite = TranscriptSuite(files: files, selection: selection, loader: loader) { try stages.prepare($0) }
        suite.stopsAtFailure = command.failFast && !command.update
        let phrasings = PhrasingSuite(
            files: tables,
            selection: selection,
            after: selection.filtered(files).count,
            prepare: stages.prepare
        )
        let total = selection.paths(files).count + phrasings.count
        guard total > 0 else { return (0, 0, 0) }
        var reports = try command.reporting.begin(count: total)
        let printer = TestPrinter(isOutputTaken: reports.isOutputTaken)
        var collection = CoverageCollection(options: command.options)
        var ledger = RevisionLedger()
        var updated = 0
        var isPending = false
        var counts = try await suite.run { verdict, counts in
            let notes = try settle(verdict, &ledger)
            if notes.isUpdated { updated += 1 }
            if notes.isPending { isPending = true }
            printer.show(verdict, notes)
            try reports.add(TestCase(verdict, isUpdated: notes.isUpdated))
            if command.coverage.isWanted { try collection.add(verdict) }
            printer.showProgress(counts, of: total)
            if command.watch { watcher.note(verdict) }
        }
        if !suite.stopsAtFailure || counts.failed == 0 {
            try await phrasings.run(addingTo: &counts, stopsAtFailure: suite.stopsAtFailure) { told, counts in
                printer.show(told)
                try reports.add(TestCase(told))
                if command.coverage.isWanted, case .row(let verdict) = told { try collection.add(verdict) }
                printer.showProgress(counts, of: total)
            }
        }
        printer.showCounts(counts, updated: updated, isPending: isPending)
        try reports.end()
        var failed = counts.failed - updated
        if command.coverage.isWanted {
            let isEnough = try command.coverage.report(collection.all, root: collection.root)
            if !isEnough { failed += 1 }
        }
        return (total, counts.run, failed)
    }

    /// Writes what has to be written for a transcript.
    private func settle(_ verdict: TranscriptVerdict, _ ledger: inout RevisionLedger) throws -> TestNotes {
        var notes = TestNotes()
        switch verdict.outcome {
        case .left, .broken: return notes
        case .passed: break
        case .failed(let result):
            let revisions = result.revisions
            for revision in revisions { try settle(revision, of: verdict.file, &ledger, &notes) }
            let isAllWritten = command.update && notes.problems.isEmpty
            notes.isUpdated = isAllWritten && !result.mismatches.contains(where: \.isExpectation)
            if revisions.contains(where: { $0.file == verdict.file }) { return notes }
        }
        // Nothing differs in the file any more: what waited for it is out of date.
        if !Environment.isCI { try PendingRevision.remove(of: verdict.file) }
        return notes
    }

    private func settle(
        _ revision: Revision,
        of transcript: String,
        _ ledger: inout RevisionLedger,
        _ notes: inout TestNotes
    ) throws {
        switch ledger.note(revision, of: transcript) {
        case .conflict(let other):
            notes.problems.append(
                "\(revision.file): \(other) and \(transcript) go different ways there; give each its own lines"
            )
        case .known: notes.isPending = !command.update && !Environment.isCI
        case .new where command.update:
            do {
                try revision.write()
                try PendingRevision.remove(of: revision.file)
                notes.written.append(revision.file)
            } catch let error as PendingRevision.Failure {
                notes.problems.append("\(error)")
            }
        case .new where !Environment.isCI:
            try PendingRevision(revision).write()
            notes.isPending = true
        case .new: break
        }
    }
}

/// What was done about a transcript.
struct TestNotes {
    var written: [String] = []
    var problems: [String] = []
    var isPending = false
    /// Whether all that differed was written, so that nothing is wrong any more.
    var isUpdated = false
}
