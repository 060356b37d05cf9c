import Foundation
import Transcripts

/// Looks again and again whether files have changed.
struct FileWatcher {
    private let transcripts: [String]
    private let prompts: String?
    private var stamps: [String: WatchPlan.Stamp] = [:]
    private var uses: [String: [String]] = [:]

    /// - Parameters:
    ///   - transcripts: Transcripts, or folders of them.
    ///   - prompts: The folder of prompts; `nil` where they are bundled and do not change.
    init(transcripts: [String], prompts: String?) {
        self.transcripts = transcripts
        self.prompts = prompts
    }

    /// Notes which files a transcript uses.
    mutating func note(_ verdict: TranscriptVerdict) {
        if case .broken = verdict.outcome { return }
        uses[verdict.file] = verdict.uses
        for file in verdict.uses where stamps[file] == nil { stamps[file] = Self.stamp(of: file) }
    }

    /// Remembers how the files are now.
    mutating func look() throws { stamps = now(try find()) }

    private func find() throws -> [String] {
        try TranscriptFiles.find(in: transcripts) + TranscriptFiles.findTables(in: transcripts)
    }

    /// Waits until files have changed, and for their writers to be done.
    mutating func next() async throws -> WatchPlan {
        while true {
            try await Task.sleep(for: .milliseconds(200))
            // A folder that is being moved may be gone for a moment.
            guard let found = try? find() else { continue }
            let current = now(found)
            let plan = WatchPlan(
                before: stamps,
                after: current,
                transcripts: found,
                uses: uses,
                flow: Set(prompts.map(Self.files) ?? [])
            )
            stamps = current
            if plan != .nothing { return plan }
        }
    }

    private func now(_ transcripts: [String]) -> [String: WatchPlan.Stamp] {
        var stamps: [String: WatchPlan.Stamp] = [:]
        for file in transcripts + uses.values.joined() + (prompts.map(Self.files) ?? []) where stamps[file] == nil {
            stamps[file] = Self.stamp(of: file)
        }
        return stamps
    }

    private static func files(in folder: String) -> [String] {
        FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }.map { folder + "/" + $0 } ?? []
    }

    private static func stamp(of path: String) -> WatchPlan.Stamp? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let date = attributes[.modificationDate] as? Date, let size = attributes[.size] as? NSNumber
        else { return nil }
        return WatchPlan.Stamp(time: Int64(date.timeIntervalSince1970 * 1e9), size: size.int64Value)
    }
}
