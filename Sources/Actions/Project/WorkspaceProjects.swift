/// The projects of a workspace, known by their plan or their state file.
///
/// A folder is a project when it has `PLAN.md`, `specs/PLAN.md` or `workflow_state.json`; so is the workspace itself.
struct WorkspaceProjects: Sendable {
    /// The file with the values of earlier steps.
    static let stateFile = "workflow_state.json"

    /// Whether the workspace itself is a project.
    let isWorkspaceProject: Bool
    /// The folders that are projects, sorted by name.
    let folders: [ProjectFolder]
    /// The folders that have a state file, sorted by name.
    let foldersWithState: [ProjectFolder]
    /// Whether the workspace itself has a state file.
    let hasState: Bool
    /// All names in the workspace, without slashes.
    let names: Set<String>

    /// Looks into the workspace and the folders directly in it; what cannot be listed has nothing in it.
    init(_ files: any FileSystem) {
        func list(_ path: String) -> Set<String> {
            Set((try? files.list(path)) ?? [])
        }
        func isProject(_ path: String, _ names: Set<String>) -> Bool {
            names.contains("PLAN.md") || names.contains(Self.stateFile)
                || names.contains("specs/") && list(path + "specs").contains("PLAN.md")
        }
        let root = list("")
        isWorkspaceProject = isProject("", root)
        hasState = root.contains(Self.stateFile)
        names = Set(root.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
        var folders: [ProjectFolder] = []
        var foldersWithState: [ProjectFolder] = []
        for entry in root.sorted() where entry.hasSuffix("/") {
            guard let folder = try? ProjectFolder(String(entry.dropLast())) else { continue }
            // The folders of a project's own layout are none.
            guard !isWorkspaceProject || !ProjectFolder.layout.contains(folder.name) else { continue }
            let names = list(folder.name)
            if isProject(entry, names) { folders.append(folder) }
            if names.contains(Self.stateFile) { foldersWithState.append(folder) }
        }
        self.folders = folders
        self.foldersWithState = foldersWithState
    }
}
