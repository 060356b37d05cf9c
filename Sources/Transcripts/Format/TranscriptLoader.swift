internal import Diagnostics
internal import Foundation
import Synchronization

/// Reads transcripts with all that they include.
///
/// Files that are included are read once and kept, so one loader serves a whole suite, from any number of tasks.
public final class TranscriptLoader: Sendable {
    /// How deep files may include each other.
    public static let depthLimit = 16
    /// How much a transcript may have with all that it includes, each time counted, in UTF-8 bytes.
    public static let totalLimit = 4 * TranscriptParser.sizeLimit

    private let root: TranscriptRoot
    private let kept = Mutex<[String: Transcript]>([:])

    /// Makes a loader.
    ///
    /// - Parameter root: The folder that no `include:` may leave.
    public init(root: TranscriptRoot) { self.root = root }

    /// Forgets the files that were included, so that they are read again.
    public func forget() { kept.withLock { $0 = [:] } }

    /// Reads a transcript.
    ///
    /// - Parameter file: Its path.
    /// - Returns: The transcript; after each `include:` entry stand those that it brings along.
    /// - Throws: ``TranscriptFiles/Failure`` where the file cannot be read; ``DiagnosticsError`` with what is wrong in it
    ///   or in what it includes.
    public func load(_ file: String) throws -> Transcript {
        try load(try TranscriptFiles.read(file), file: file)
    }

    /// Reads a transcript whose text is at hand.
    public func load(_ text: String, file: String) throws -> Transcript {
        let transcript = try TranscriptParser.parse(text, file: file)
        guard transcript.entries.contains(where: \.isInclude) else { return transcript }
        var reading = Reading(loader: self, top: transcript, size: text.utf8.count)
        return try reading.finish()
    }

    /// A file that is included, without what it includes itself.
    private func included(_ path: String, shown: String) throws -> Transcript {
        if let transcript = kept.withLock({ $0[path] }) { return transcript }
        let transcript = try TranscriptParser.parse(try TranscriptFiles.read(path), file: shown)
        kept.withLock { $0[path] = transcript }
        return transcript
    }

    /// One transcript being put together.
    private struct Reading {
        let loader: TranscriptLoader
        var top: Transcript
        var size: Int
        var diagnostics = DiagnosticList()

        mutating func finish() throws -> Transcript {
            var chain = [RelativePath.simplified(top.file)]
            var paths: [String] = []
            if let path = try? loader.root.resolve(Self.name(of: top.file), beside: top.file).path { paths = [path] }
            let own = top.entries
            top.entries = []
            try add(own, of: top, origin: 0, prefix: "", &chain, &paths)
            try fillIn()
            try diagnostics.throwIfErrors()
            return top
        }

        private static func name(of file: String) -> String {
            String(
                file[
                    (file.utf8.lastIndex(of: UInt8(ascii: "/")).map { file.utf8.index(after: $0) } ?? file.startIndex)...
                ]
            )
        }

        /// Adds entries, and after each include what it brings along.
        private mutating func add(
            _ entries: [Transcript.Entry],
            of transcript: Transcript,
            origin: Int,
            prefix: String,
            _ chain: inout [String],
            _ paths: inout [String]
        ) throws {
            for var entry in entries {
                entry.origin = origin
                top.entries.append(entry)
                guard case .include(let name) = entry.kind else { continue }
                let place = Location(file: transcript.file, line: entry.line, column: "include: ".count + 1)
                let shown: String
                let path: String
                do {
                    (shown, path) = try loader.root.resolve(name, beside: transcript.file)
                } catch {
                    diagnostics.error(error.description, at: place)
                    continue
                }
                guard !paths.contains(path) else {
                    let round = (chain + [shown]).joined(separator: " -> ")
                    diagnostics.error("the files include each other in a circle: \(round)", at: place)
                    continue
                }
                guard chain.count <= TranscriptLoader.depthLimit else {
                    diagnostics.error(
                        "files include each other more than \(TranscriptLoader.depthLimit) deep",
                        at: place
                    )
                    continue
                }
                let included: Transcript
                do {
                    included = try loader.included(path, shown: shown)
                } catch let error as DiagnosticsError {
                    for diagnostic in error.diagnostics {
                        diagnostics.error(diagnostic.message, at: diagnostic.location)
                    }
                    continue
                } catch let error as TranscriptFiles.Failure {
                    diagnostics.error(error.description, at: place)
                    continue
                }
                size += included.size
                guard size <= TranscriptLoader.totalLimit else {
                    diagnostics.error(
                        "with all that is included there are more than \(TranscriptLoader.totalLimit) bytes",
                        at: place
                    )
                    throw DiagnosticsError(diagnostics.diagnostics)
                }
                let folder = prefix + RelativePath.folder(of: name)
                inherit(from: included, folder: folder)
                top.inclusions.append(Transcript.Inclusion(file: shown, header: included.header))
                let number = top.inclusions.count
                chain.append(shown)
                paths.append(path)
                try add(included.entries, of: included, origin: number, prefix: folder, &chain, &paths)
                chain.removeLast()
                paths.removeLast()
            }
        }

        /// Takes over header fields and variables that the files before do not have.
        private mutating func inherit(from included: Transcript, folder: String) {
            top.variables.merge(included.variables) { own, _ in own }
            for name in Transcript.inheritedFields where top.field(name) == nil {
                guard let value = included.field(name) else { continue }
                let isPath = Transcript.pathFields.contains(name)
                top.inherited[name] =
                    isPath
                    ? included.list(name).map { RelativePath.simplified(folder + $0) }.joined(separator: ", ") : value
            }
        }

        /// Fills in the variables, now that all of them are known.
        private mutating func fillIn() throws {
            for index in top.entries.indices where top.entries[index].usesVariables {
                let entry = top.entries[index]
                guard let source = entry.source else { continue }
                var parser = TranscriptParser(file: top.file(of: entry), variables: top.variables)
                var lines = SourceLine.all(in: source, from: entry.line)
                if let text = lines.first?.text.dropping("\u{FEFF}") { lines[0].text = text }
                var next = 0
                if var filled = parser.readEntry(lines, &next) {
                    filled.origin = entry.origin
                    filled.source = source
                    top.entries[index] = filled
                }
                for diagnostic in parser.diagnostics.diagnostics {
                    diagnostics.error(diagnostic.message, at: diagnostic.location)
                }
            }
        }
    }
}

extension Transcript {
    /// How many UTF-8 bytes its own file has.
    fileprivate var size: Int {
        header.reduce(0) { $0 + ($1.source?.utf8.count ?? 0) } + entries.reduce(0) { $0 + ($1.source?.utf8.count ?? 0) }
    }
}

extension Transcript.Entry {
    /// Whether it brings along another file.
    var isInclude: Bool { if case .include = kind { true } else { false } }
}
