import Foundation

/// The folder that transcripts, and all that they name, must lie in.
public struct TranscriptRoot: Sendable {
    /// The folder, with no symbolic link in it.
    public let path: String

    /// Makes a root of a folder that is there.
    ///
    /// - Throws: ``TranscriptFiles/Failure`` where there is no such folder.
    public init(_ folder: String) throws(TranscriptFiles.Failure) {
        guard let path = Self.canonical(folder.isEmpty ? "." : folder) else {
            throw TranscriptFiles.Failure(description: "\(folder): there is no such folder")
        }
        self.path = path
    }

    /// The root for paths that were given: the current folder where that holds them, else the folder that does.
    ///
    /// - Throws: ``TranscriptFiles/Failure`` for a path where there is nothing.
    public static func containing(_ paths: [String], current: String = ".") throws -> TranscriptRoot {
        let here = try TranscriptRoot(current)
        var folders: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard let target = canonical(path),
                FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
            else { throw TranscriptFiles.Failure(description: "\(path): there is no such file or folder") }
            folders.append(isFolder.boolValue ? target : try TranscriptRoot(RelativePath.folder(of: target)).path)
        }
        guard let first = folders.first, !folders.allSatisfy(here.holds) else { return here }
        var shared = first.utf8Split(UInt8(ascii: "/"))
        for folder in folders {
            shared = zip(shared, folder.utf8Split(UInt8(ascii: "/"))).prefix { $0 == $1 }.map(\.0)
        }
        return try TranscriptRoot(shared.joined(separator: "/") + "/")
    }

    /// Where a file lies that a transcript names: its path for messages, and the one without symbolic links to read.
    ///
    /// - Throws: ``TranscriptFiles/Failure`` where it is not there or lies outside of the root, by whatever way.
    public func resolve(
        _ name: String,
        beside file: String
    ) throws(TranscriptFiles.Failure) -> (shown: String, path: String) {
        guard name.utf8.first != UInt8(ascii: "/") else {
            throw TranscriptFiles.Failure(description: "'\(name)' is an absolute path; name it relative to this file")
        }
        guard !name.isEmpty, !name.utf8.contains(0) else {
            throw TranscriptFiles.Failure(description: "expected the path of a file")
        }
        guard let path = Self.canonical(RelativePath.folder(of: file) + name) else {
            throw TranscriptFiles.Failure(
                description: "there is no file '\(name)' that can be read, relative to this file"
            )
        }
        guard holds(path) else {
            throw TranscriptFiles.Failure(description: "'\(name)' lies outside of \(self.path)")
        }
        return (RelativePath.joined(name, beside: file), path)
    }

    private func holds(_ path: String) -> Bool {
        path == self.path || path.utf8.starts(with: (self.path == "/" ? "/" : self.path + "/").utf8)
    }

    private static func canonical(_ path: String) -> String? {
        // SAFETY: realpath gives a text of its own that ends with NUL, or nothing; it is freed here and nowhere else.
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
