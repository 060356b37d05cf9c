import Foundation
import PackagePlugin

/// Carries the folder `prompts` of a target inside that target, as one generated Swift file.
///
/// Every file at any depth is embedded; names that begin with a dot are passed over. Every file is an input of the build
/// command, so that editing one rebuilds the target. SwiftPM asks this plugin again when files are added to or removed
/// from a target's own folder, and only there: that is why `Sources/BundledPrompts/prompts` is a link to the `prompts/`
/// at the root of the package.
@main
struct EmbedPrompts: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL.appending(path: "prompts").resolvingSymlinksInPath()
        let paths = try Self.files(in: folder)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPrompts.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(paths.count) prompt files in \(target.name)",
                executable: try context.tool(named: "embed-prompts").url,
                arguments: [output.path(percentEncoded: false), folder.path(percentEncoded: false)] + paths,
                inputFiles: paths.map { folder.appending(path: $0) },
                outputFiles: [output]
            )
        ]
    }

    /// The files under a folder at any depth, relative to it, sorted; none where there is no such folder.
    private static func files(in folder: URL) throws -> [String] {
        guard isFolder(folder) else { return [] }
        var found: [String] = []
        var waiting = [""]
        while let parent = waiting.popLast() {
            let parentFolder = folder.appending(path: parent)
            for name in try FileManager.default.contentsOfDirectory(atPath: parentFolder.path(percentEncoded: false))
            where !name.hasPrefix(".") {
                let path = parent + name
                if isFolder(folder.appending(path: path)) {
                    waiting.append(path + "/")
                } else {
                    found.append(path)
                }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path(percentEncoded: false), isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
