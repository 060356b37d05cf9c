/// Paths as text, relative to a file.
enum RelativePath {
    /// The path of a file that another one names; an absolute path stays.
    ///
    /// What `.` and `..` can be resolved by their names are, so that one file has one path in messages.
    static func joined(_ name: String, beside file: String) -> String {
        name.utf8.first == UInt8(ascii: "/") ? simplified(name) : simplified(folder(of: file) + name)
    }

    /// The folder of a file, with the slash; empty where it is the current one.
    static func folder(of file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(file[...slash])
    }

    /// Whether the last part of a path begins with a dot.
    static func isHidden(_ path: String) -> Bool {
        path.utf8Split(UInt8(ascii: "/")).last?.utf8.first == UInt8(ascii: ".")
    }

    /// The path without `.`, and without `..` where something stands before it.
    static func simplified(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.utf8Split(UInt8(ascii: "/")) {
            switch part {
            case "", ".": continue
            case ".." where !(parts.last ?? "..").utf8.elementsEqual("..".utf8): parts.removeLast()
            default: parts.append(part)
            }
        }
        return (path.utf8.first == UInt8(ascii: "/") ? "/" : "") + parts.joined(separator: "/")
    }
}
