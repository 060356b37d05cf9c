import Foundation

/// Finds and reads transcripts and what their headers name.
public enum TranscriptFiles {
    /// Why a file could not be read.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to do.
        public let description: String
    }

    /// The transcripts among paths: files as they are, folders with all `*.transcript` below them, sorted, each once.
    ///
    /// - Throws: ``Failure`` for a path where there is nothing.
    public static func find(in paths: [String]) throws -> [String] {
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
            for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init()
            where name.hasSuffix(".transcript") {
                found.insert(path.hasSuffix("/") ? path + name : path + "/" + name)
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The text of a file.
    ///
    /// - Throws: ``Failure`` where it cannot be read or is no UTF-8.
    public static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(description: "\(path): cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure(description: "\(path):1:1: error: the file is not text in UTF-8")
        }
        return text
    }

    /// The text of a file that a transcript's header names, relative to the transcript.
    public static func read(beside transcript: String, _ name: String) throws -> (name: String, text: String) {
        let folder = URL(filePath: transcript).deletingLastPathComponent()
        return (name, try read(folder.appending(path: name).standardizedFileURL.path))
    }
}
