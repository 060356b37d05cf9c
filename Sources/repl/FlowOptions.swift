import AWS
import Actions
import ArgumentParser
import BundledPrompts
import Diagnostics
import Dialogue

/// Which flow, and where its files are.
struct FlowOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The flow's folder.", valueName: "name"))
    var flow = Self.usual

    @Option(help: ArgumentHelp("One of the folder's flows to go through instead of the main one.", valueName: "name"))
    var entry: String?

    @Option(help: ArgumentHelp("A folder of prompts to use instead of the bundled one.", valueName: "dir"))
    var prompts: String?

    /// The flow that is meant where none is named.
    private static let usual = "model-evaluation"

    /// These options as they are typed, where they are not the usual ones; a space before each.
    var words: String {
        [("prompts", prompts), ("flow", flow == Self.usual ? nil : flow), ("entry", entry)]
            .compactMap { name, value in value.map { " --\(name) \(ShellWord($0).text)" } }.joined()
    }

    /// The flow's files.
    func source(_ name: String? = nil) throws -> FlowSource {
        let files = try prompts.map(PromptFolder.filesWithCommon) ?? BundledPrompts.files
        let name = name ?? flow
        let names = files.map(\.path).filter { $0.hasSuffix("/flow.yaml") }.map { String($0.dropLast(10)) }
        guard names.contains(name) else {
            let known = "there is: \(names.joined(separator: ", "))"
            throw ValidationError(
                "there is no flow '\(name)'" + NearestWord.hint(for: name, among: names, otherwise: known)
            )
        }
        return FlowSource(name, files: files.map { FlowSource.File(path: $0.path, text: $0.text) })
    }

    /// The compiled flow.
    func compile(_ name: String? = nil, entry: String? = nil) throws -> Flow {
        try compile(source(name), entry: entry)
    }

    /// The compiled flow of files that are at hand.
    func compile(_ source: FlowSource, entry: String? = nil) throws -> Flow {
        try FlowCompiler(actions: ActionRegistry.all.signatures, entities: AWSEntities.registry).compile(
            source,
            entry: entry ?? self.entry
        )
    }

    /// A compiled flow for each flow of the folder, the main one first.
    func compileAll(_ source: FlowSource) throws -> [Flow] {
        try FlowCompiler(actions: ActionRegistry.all.signatures, entities: AWSEntities.registry).compileAll(source)
    }
}
