internal import Foundation
public import Testing
internal import Transcripts

/// One transcript or table of phrasings of a folder, as an argument of a parameterised test.
public struct TranscriptCase: Sendable, CustomTestStringConvertible {
    /// The path of the file.
    public let file: String
    /// Its path below the folder, which names the case.
    public let testDescription: String
    /// The folder, which nothing that a transcript includes may leave.
    let root: String
    /// Why there is none, where there is none.
    let problem: String?

    /// A case for each `*.transcript` below a folder, sorted, and then for each `*.phrasings.tsv`.
    ///
    /// A folder without any gives one case, which fails: a test that runs nothing would pass unseen.
    ///
    /// - Parameters:
    ///   - folder: The folder, relative to the file that this is called in.
    ///   - source: That file.
    /// - Returns: At least one case.
    public static func all(in folder: String, relativeTo source: String = #filePath) -> [TranscriptCase] {
        let path = resolve(folder, relativeTo: source)
        do {
            let files = try TranscriptFiles.find(in: [path]) + TranscriptFiles.findTables(in: [path])
            guard !files.isEmpty else {
                return [
                    TranscriptCase(
                        file: path,
                        testDescription: folder,
                        root: path,
                        problem: "\(path): there are no transcripts and no phrasings"
                    )
                ]
            }
            return files.map { file in
                let isBelow = file.hasPrefix(path + "/")
                return TranscriptCase(
                    file: file,
                    testDescription: isBelow ? String(file.dropFirst(path.count + 1)) : file,
                    root: path,
                    problem: nil
                )
            }
        } catch {
            return [TranscriptCase(file: path, testDescription: folder, root: path, problem: "\(error)")]
        }
    }

    /// A path relative to the folder of a source file.
    static func resolve(_ path: String, relativeTo source: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        return URL(filePath: source).deletingLastPathComponent().appending(path: path).standardizedFileURL.path
            .droppingLastSlash
    }
}

extension String {
    fileprivate var droppingLastSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
