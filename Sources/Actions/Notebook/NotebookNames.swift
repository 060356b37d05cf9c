/// The notebooks of a project and the name of the next one.
struct NotebookNames: Sendable {
    let project: ProjectFolder

    /// The folder they are in, as a path of the workspace.
    var folder: String {
        project.path("notebooks")
    }

    /// Paths for a new notebook in the order they are tried: the plain name, then with a number from 2 on.
    var candidates: some Sequence<String> {
        let name = project.isWorkspace ? "model-evaluation" : project.name + "_model-evaluation"
        let folder = folder
        return (1...999).lazy.map { $0 == 1 ? "\(folder)/\(name).ipynb" : "\(folder)/\(name)_\($0).ipynb" }
    }

    /// The notebooks that are there, as paths, sorted by name.
    ///
    /// - Throws: ``FileFailure``.
    func existing(in files: any FileSystem) throws -> [String] {
        try files.list(folder).filter { $0.hasSuffix(".ipynb") && !$0.hasPrefix(".") }.map { folder + "/" + $0 }
    }
}
