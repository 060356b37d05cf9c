import Foundation

/// A revision that waits for someone's yes or no, in a file beside the one that would change: `NAME.transcript.pending`.
///
/// Its first line says which text it was made from, so that it is not taken over into a file that has changed since.
public struct PendingRevision: Sendable, Hashable {
    /// What the files end with.
    public static let ending = ".pending"
    private static let mark = "# usher: pending, made from "

    /// The file that would change.
    public let file: String
    /// The text that it should have.
    public let text: String
    private let fingerprint: String

    /// Why a revision cannot be taken over.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to do.
        public let description: String
    }

    /// Makes one of a revision.
    public init(_ revision: Revision) {
        file = revision.file
        text = revision.text
        fingerprint = String(Fingerprint.of(revision.original), radix: 16)
    }

    /// Reads one.
    ///
    /// - Parameter path: The path of the pending file.
    /// - Throws: ``TranscriptFiles/Failure`` where it cannot be read; ``Failure`` where it is no such file.
    public init(reading path: String) throws {
        // The first line comes on top of what a transcript may have.
        let bytes = try FileBytes.read(path, limit: TranscriptParser.sizeLimit + 256)
        guard let content = String(validating: bytes, as: UTF8.self), let file = path.droppingLast(Self.ending),
            let (first, rest) = content.utf8Cut("\n"), let fingerprint = first.dropping(Self.mark)
        else {
            throw Failure(description: "\(path): is not a file that usher test left; remove it or name it otherwise")
        }
        self.file = String(file)
        self.text = String(rest)
        self.fingerprint = String(fingerprint)
    }

    /// All that wait among paths, sorted.
    ///
    /// - Throws: ``TranscriptFiles/Failure`` for a path where there is nothing.
    public static func find(in paths: [String]) throws -> [String] {
        try TranscriptFiles.find(in: paths, ending: ending).filter { $0.hasSuffix(ending) }
    }

    /// The path of the pending file.
    public var path: String { file + Self.ending }

    /// Leaves it for a review.
    public func write() throws {
        try Self.write("\(Self.mark)\(fingerprint)\n\(text)", to: path)
    }

    /// What would change now.
    ///
    /// - Throws: ``Failure`` where the file has changed since.
    public func revision() throws -> Revision {
        let original = FileManager.default.fileExists(atPath: file) ? try TranscriptFiles.read(file) : ""
        guard String(Fingerprint.of(original), radix: 16) == fingerprint else {
            throw Failure(description: "\(file): has changed since; run usher test again")
        }
        return Revision(file: file, original: original, text: text)
    }

    /// Takes it over into its file.
    ///
    /// - Throws: ``Failure`` where the file has changed since, and what is wrong with writing.
    public func accept() throws {
        try revision().write()
        try remove()
    }

    /// Drops it.
    public func remove() throws { try Self.remove(of: file) }

    /// Drops what waits for a file, if anything does.
    public static func remove(of file: String) throws {
        let path = file + ending
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }

    /// Writes a text over a file at once; through a symbolic link into the file that it means.
    static func write(_ text: String, to path: String) throws {
        let url = URL(filePath: path).resolvingSymlinksInPath()
        do {
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw Failure(description: "\(path): cannot be written (\(error.localizedDescription))")
        }
    }
}

extension Revision {
    /// Writes the new text.
    ///
    /// - Throws: ``PendingRevision/Failure`` where the file has changed since it was read, or cannot be written.
    public func write() throws {
        guard try TranscriptFiles.read(file) == original else {
            throw PendingRevision.Failure(description: "\(file): has changed since it was read; it is left as it is")
        }
        try PendingRevision.write(text, to: file)
    }
}
