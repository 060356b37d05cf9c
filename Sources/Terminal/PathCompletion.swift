#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Completes the names of files.
///
/// The word before the cursor (what follows the last space) is taken as the start of a path. `~` stands for the home
/// folder and stays in the line as it is; folders get a slash at the end; names that begin with a dot are offered after
/// a dot. Names that are not UTF-8, or hold spaces or control characters, are left out: they could not be typed on.
public struct PathCompletion: Sendable {
    private let home: String?
    private let workingFolder: String

    /// Makes one.
    ///
    /// - Parameters:
    ///   - home: What `~` stands for; `nil` leaves it alone.
    ///   - workingFolder: Where relative paths begin.
    public init(home: String?, workingFolder: String) {
        self.home = home
        self.workingFolder = workingFolder
    }

    /// Finds the paths that begin as the word before the cursor does.
    ///
    /// A folder that is not there or may not be read has none.
    ///
    /// - Parameters:
    ///   - line: The line as typed.
    ///   - utf8Cursor: The UTF-8 offset of the cursor in it.
    /// - Returns: The paths, sorted by their UTF-8 bytes, at most 1000.
    public func completions(line: String, utf8Cursor: Int) -> [Completion] {
        let typed = Array(line.utf8.prefix(utf8Cursor))
        let start = typed.lastIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { $0 + 1 } ?? 0
        let word = String(decoding: typed[start...], as: UTF8.self)
        if word == "~", home != nil { return [Completion(text: "~/", utf8Start: start, endsWord: false)] }
        let folderEnd = word.utf8.lastIndex(of: UInt8(ascii: "/")).map(word.utf8.index(after:)) ?? word.startIndex
        let folder = String(word[..<folderEnd])
        let prefix = String(word[folderEnd...])
        return Self.names(in: resolved(folder), prefix: prefix)
            .map { Completion(text: folder + $0, utf8Start: start, label: $0, endsWord: !$0.hasSuffix("/")) }
    }

    private func resolved(_ folder: String) -> String {
        if folder.hasPrefix("/") { return folder }
        if folder.hasPrefix("~/"), let home { return home + folder.dropFirst() }
        return workingFolder + "/" + folder
    }

    private static func names(in folder: String, prefix: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < 1000, let entry = readdir(stream) {
            // SAFETY: d_name is a string that ends in NUL and lies whole in the entry, which stays until the next call.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(validatingCString: $0)
                }
            }
            guard let name, name.hasPrefix(prefix), name != ".", name != "..",
                prefix.hasPrefix(".") || !name.hasPrefix("."),
                !name.contains(where: \.isWhitespace), Sanitizer.displayable(name) == name
            else { continue }
            names.append(isFolder(folder + "/" + name) ? name + "/" : name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
