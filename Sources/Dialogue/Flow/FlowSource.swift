/// The files a flow is made of, as texts: whoever reads the disk or carries them in the binary hands them over.
///
/// Paths are relative to the folder of all prompts. For the flow `tea`:
///
///     common/*.yaml               rules for every flow
///     common/prompts/*.yaml       what the engine itself says
///     tea/flow.yaml               the flow that a session goes through
///     tea/flows/*.yaml            flows that it calls
///     tea/topics.yaml             what users can ask about
///     tea/prompts/*.yaml          its texts, many in a file
///     tea/prompts/*.mustache      its texts, one in a file, named after it
///     tea/entities/*.yaml         its own entity types, as common/entities/*.yaml are those of every flow
///     herbs/entities/*.yaml       entity types of a folder without a flow, for flows that say `uses: [herbs]`
///     herbs/prompts/*.yaml        what the engine says about them
///     tea/*                       anything else is data for actions
public struct FlowSource: Sendable {
    /// A file with its path.
    public struct File: Sendable, Hashable {
        /// Relative to the folder of all prompts.
        public var path: String
        /// What is in it.
        public var text: String

        /// Makes a file.
        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// The folder's name.
    public let name: String
    /// The files that matter to this flow, sorted by path.
    public let files: [File]

    /// Picks a flow's files out of all.
    ///
    /// - Parameters:
    ///   - name: The flow's folder.
    ///   - files: Every file of the folder of prompts, in any order.
    public init(_ name: String, files: [File]) {
        self.name = name
        // A folder with a flow is that flow's own; others are there for every flow that uses them.
        let flows = Set(
            files.lazy.map(\.path).filter { $0.hasSuffix("/flow.yaml") }.map { $0.dropLast("/flow.yaml".count) }
        )
        self.files =
            files
            .filter { file in
                let folder = file.path.prefix { $0 != "/" }
                return folder == name || !flows.contains(folder) && folder != file.path[...]
            }
            .sorted { $0.path < $1.path }
    }

    /// The folders without a flow, which flows may use.
    var libraries: [String] {
        Set(files.map { String($0.path.prefix { $0 != "/" }) }).subtracting([name, "common"]).sorted()
    }

    /// The text of a data file in the flow's folder.
    public func data(_ file: String) -> String? {
        files.first { $0.path == "\(name)/\(file)" }?.text
    }

    /// The files directly in a folder of this source with a given ending.
    func files(in folder: String, ending: String) -> [File] {
        files.filter { file in
            guard file.path.hasPrefix(folder + "/"), file.path.hasSuffix(ending) else { return false }
            return !file.path.dropFirst(folder.count + 1).contains("/")
        }
    }

    /// FNV-1a over paths and texts: 64 bits, in hexadecimal.
    ///
    /// It tells versions apart; it is no defence against forgery.
    func digest(entry: String, folders: [String]) -> String {
        var fingerprint = Fingerprint()
        for file in files where folders.contains(String(file.path.prefix { $0 != "/" })) {
            fingerprint.mix(file.path)
            fingerprint.mix(file.text)
        }
        fingerprint.mix(entry)
        return fingerprint.text
    }
}
