internal import Diagnostics
import Foundation

/// Finds and reads transcripts and what their headers name.
public enum TranscriptFiles {
    /// Why a file could not be read.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to do.
        public let description: String

        /// Makes one.
        public init(description: String) { self.description = description }
    }

    /// The transcripts among paths: files as they are, folders with all `*.transcript` below them, sorted, each once.
    ///
    /// What is hidden (its name begins with a dot) is passed over; so are tables of phrasings.
    ///
    /// - Throws: ``Failure`` for a path where there is nothing.
    public static func find(in paths: [String]) throws -> [String] {
        try find(in: paths, ending: ".transcript").filter { !$0.hasSuffix(tableEnding) }
    }

    /// The tables of phrasings among paths: files whose names end with `.tsv` as they are, folders with all
    /// `*.phrasings.tsv` below them, sorted, each once.
    ///
    /// - Throws: ``Failure`` for a path where there is nothing.
    public static func findTables(in paths: [String]) throws -> [String] {
        try find(in: paths, ending: PhrasingTable.ending).filter { $0.hasSuffix(tableEnding) }
    }

    private static let tableEnding = ".tsv"

    /// The same for another ending.
    static func find(in paths: [String], ending: String) throws -> [String] {
        var found: Set<String> = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure(description: "\(path): there is no such file or folder")
            }
            guard isFolder.boolValue else {
                found.insert(path)
                continue
            }
            guard let walker = FileManager.default.enumerator(atPath: path) else { continue }
            for case let name as String in walker {
                if RelativePath.isHidden(name) {
                    walker.skipDescendants()
                } else if name.hasSuffix(ending) {
                    found.insert(RelativePath.simplified(path + "/" + name))
                }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The text of a file.
    ///
    /// - Throws: ``Failure`` where it cannot be read, is larger than a transcript may be, or is no UTF-8; then with the
    ///   line and column of the first byte that is none.
    public static func read(_ path: String) throws -> String {
        let bytes = try FileBytes.read(path, limit: TranscriptParser.sizeLimit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let place = invalidPlace(in: bytes, of: path)
            throw Failure(
                description: "\(place): error: the file is not text in UTF-8; write such replies with 'user-hex:'"
            )
        }
        return text
    }

    /// The text of a file that a transcript's header names, relative to the transcript.
    public static func read(beside transcript: String, _ name: String) throws -> (name: String, text: String) {
        (name, try read(RelativePath.joined(name, beside: transcript)))
    }

    /// Where the first byte stands that belongs to no character.
    private static func invalidPlace(in bytes: [UInt8], of path: String) -> Location {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var place = Location(file: path, line: 1, column: 1)
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" {
                place.line += 1
                place.column = 1
            } else {
                place.column += 1
            }
        }
        return place
    }
}
