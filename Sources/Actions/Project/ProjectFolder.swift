/// The folder of one project: a folder directly in the workspace, or the workspace itself.
///
/// Layout: `specs/` (the plan), `scripts/`, `notebooks/` (notebooks and the metrics beside them), and the state file.
struct ProjectFolder: Sendable, Hashable {
    /// How a flow names the workspace when it is itself the project.
    static let workspace = "."

    /// The folders that a project has.
    static let layout = ["notebooks", "specs", "scripts"]

    /// The folder's name, or `.` for the workspace.
    let name: String

    /// Takes a name that a flow passes.
    ///
    /// - Throws: ``FileFailure`` with `outside` unless it is `.` or one plain folder name: not hidden, no `..`, no
    ///   separator, no control character, no more bytes than a name may have.
    init(_ name: String) throws(FileFailure) {
        let isPlain =
            !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 255
            && !name.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F }
        guard isPlain || name == Self.workspace else {
            throw FileFailure(.outside, path: name, detail: "a project is one folder in the workspace")
        }
        self.name = name
    }

    /// Whether the workspace itself is the project.
    var isWorkspace: Bool {
        name == Self.workspace
    }

    /// Whether the name can be shown and taken for what it is, and leaves room for the names of files made after it.
    ///
    /// Invisible characters and outer spaces would pass it off as another; `-x` and `~` mean something else to a shell.
    var isReadable: Bool {
        name.utf8.count <= 200 && !name.hasPrefix("-") && !name.hasPrefix("~") && name == name.trimmed
            && name.unicodeScalars.allSatisfy(\.isPlainToRead)
    }

    /// The path in the workspace of something in the project.
    func path(_ inner: String) -> String {
        isWorkspace ? inner : name + "/" + inner
    }
}
