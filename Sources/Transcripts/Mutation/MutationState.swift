internal import Foundation

/// What earlier runs have found out, so that only what changed is run again.
///
/// A mutant that was killed stays killed as long as neither the flow, nor Usher, nor the transcript that killed it has
/// changed. One that survived is held against the transcripts that are new or changed. When the flow has changed
/// everything is tried again, the transcript that killed a mutant before first.
public struct MutationState: Sendable, Codable {
    /// What was found out about a mutant.
    struct Entry: Sendable, Codable, Hashable {
        /// `killed`, `phrasing`, `example`, `stillborn` or `survived`.
        var verdict: String
        /// The transcript, the table or the example that killed it.
        var by: String?
        /// The row of the table that killed it, from 0.
        var row: Int?
        /// The version of the transcript or the table that killed it.
        var version: String?
        /// The flow, and Usher, it was found out with.
        var flow: String
        /// For a survivor: the suite it survived.
        var suite: String?
    }

    var version = 1
    var entries: [String: Entry] = [:]
    /// The suites that survivors survived: by digest, the version of each transcript.
    var suites: [String: [String: String]] = [:]

    /// Knows nothing yet.
    public init() {}

    /// Reads a state file; what cannot be read is as good as none, since everything in it can be found out again.
    public init(contentsOf file: String) {
        guard let data = FileManager.default.contents(atPath: file),
            let state = try? JSONDecoder().decode(MutationState.self, from: data), state.version == 1
        else { return }
        self = state
    }

    /// Writes the state file.
    ///
    /// - Throws: Where the file cannot be written.
    public func write(to file: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(filePath: file), options: .atomic)
    }

    /// Forgets suites that no survivor refers to.
    mutating func tidy() {
        let used = Set(entries.values.compactMap(\.suite))
        suites = suites.filter { used.contains($0.key) }
    }
}
