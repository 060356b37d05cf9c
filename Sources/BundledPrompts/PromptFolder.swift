import Foundation

/// The files of a folder of prompts on disk, for flows that are being written.
public enum PromptFolder {
    /// Why a folder could not be read.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to do.
        public let description: String
    }

    /// The largest file that is read.
    static let sizeLimit = 4_194_304

    /// Reads a folder of flows, with the folders without a flow that flows may use.
    ///
    /// If a folder of that kind is missing, such as `common/` with the rules and words for every flow, the binary's own
    /// copy takes its place.
    ///
    /// - Parameter path: The folder that holds the flows' folders.
    /// - Returns: As ``files(in:)``; sorted by path.
    /// - Throws: ``Failure`` with the file that cannot be read.
    public static func filesWithCommon(in path: String) throws -> [(path: String, text: String)] {
        let files = try files(in: path)
        func folder(_ path: String) -> Substring { path.prefix { $0 != "/" } }
        let own = Set(files.map { folder($0.path) })
        let flows = BundledPrompts.files.map(\.path).filter { $0.hasSuffix("/flow.yaml") }.map { folder($0) }
        let bundled = BundledPrompts.files.filter { !own.contains(folder($0.path)) && !flows.contains(folder($0.path)) }
        return (bundled + files).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Reads every text file of a folder, at any depth; hidden files are passed over.
    ///
    /// - Parameter path: The folder that holds the flows' folders, and maybe `common/`.
    /// - Returns: Paths relative to the folder with their texts, sorted by path.
    /// - Throws: ``Failure`` with the file that cannot be read.
    public static func files(in path: String) throws -> [(path: String, text: String)] {
        let root = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(
                description: "\(path): there is no such folder; --prompts wants the one that the flows' folders are in"
            )
        }
        guard let walker = FileManager.default.enumerator(atPath: root.path) else {
            throw Failure(description: "\(path): this folder cannot be read")
        }
        var files: [(path: String, text: String)] = []
        for case let name as String in walker {
            let parts = name.split(separator: "/")
            guard !parts.contains(where: { $0.hasPrefix(".") }),
                walker.fileAttributes?[.type] as? FileAttributeType == .typeRegular
            else { continue }
            let url = root.appending(path: name)
            guard let data = FileManager.default.contents(atPath: url.path), data.count <= sizeLimit else {
                throw Failure(description: "\(path)/\(name): cannot be read, or is larger than \(sizeLimit) bytes")
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw Failure(description: "\(path)/\(name): is not text in UTF-8")
            }
            files.append((name, text))
        }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
