/// The projects of a workspace, known by what they hold.
///
/// A folder is a project when it has `PLAN.md`, `specs/PLAN.md`, `workflow_state.json` or `notebooks/`; the workspace
/// itself is one for the first three alone, as a folder of notebooks may lie beside projects. A link that leads out of
/// the workspace counts for nothing, and neither does a folder whose name would mislead.
struct WorkspaceProjects: Sendable {
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
        let look = Look(files: files)
        let root = look.names(in: "")
        hasState = look.hasFile(WorkflowState.fileName, in: "", root)
        isWorkspaceProject = hasState || look.hasPlan("", root)
        names = Set(root.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
        var folders: [ProjectFolder] = []
        var foldersWithState: [ProjectFolder] = []
        for entry in root.sorted() where entry.hasSuffix("/") {
            guard let folder = try? ProjectFolder(String(entry.dropLast())), folder.isReadable else { continue }
            // The folders of a project's own layout are none.
            guard !isWorkspaceProject || !ProjectFolder.layout.contains(folder.name) else { continue }
            let names = look.names(in: entry)
            let hasState = look.hasFile(WorkflowState.fileName, in: entry, names)
            if hasState { foldersWithState.append(folder) }
            if hasState || names.contains("notebooks/") || look.hasPlan(entry, names) { folders.append(folder) }
        }
        self.folders = folders
        self.foldersWithState = foldersWithState
    }
}

extension WorkspaceProjects {
    /// A look at folders; their paths are empty or end in `/`.
    private struct Look {
        let files: any FileSystem

        func names(in folder: String) -> Set<String> {
            Set((try? files.list(folder.hasSuffix("/") ? String(folder.dropLast()) : folder)) ?? [])
        }

        func hasPlan(_ folder: String, _ names: Set<String>) -> Bool {
            if hasFile("PLAN.md", in: folder, names) { return true }
            let specs = folder + "specs/"
            return names.contains("specs/") && hasFile("PLAN.md", in: specs, self.names(in: specs))
        }

        /// Whether a name in a folder is a file, or a link to one inside the workspace.
        ///
        /// Not a byte of it is needed; a file that may not be read is one all the same.
        func hasFile(_ name: String, in folder: String, _ names: Set<String>) -> Bool {
            guard names.contains(name) else { return false }
            do {
                _ = try files.read(folder + name, limit: 0)
                return true
            } catch let failure as FileFailure {
                return failure.kind == .tooLarge || failure.kind == .denied
            } catch {
                return false
            }
        }
    }
}
