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

    /// The root for a path that was given: the current folder where that holds it, else the folder itself, or the folder of
    /// the file.
    public static func containing(
        _ path: String,
        current: String = "."
    ) throws(TranscriptFiles.Failure) -> TranscriptRoot {
        let here = try TranscriptRoot(current)
        guard let target = canonical(path) else {
            throw TranscriptFiles.Failure(description: "\(path): there is no such file or folder")
        }
        if here.holds(target) { return here }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
        return try TranscriptRoot(exists && isFolder.boolValue ? target : RelativePath.folder(of: target))
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
