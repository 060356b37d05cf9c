import ArgumentParser
import Foundation
import Transcripts

/// Which files a conversion reads, and which it writes.
enum ConversionFiles {
    /// A file to write, and what goes into it; no file means standard output.
    struct Place {
        var file: String?
        var conversations: [ConvertedConversation]
    }

    /// The files among paths: files as they are, folders with all below them whose names say a format.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - format: The format that was asked for; in folders, files of other formats are passed over.
    /// - Returns: Sorted, each once, with the format where it was given.
    /// - Throws: `ValidationError` where there is nothing.
    static func find(
        in paths: [String],
        from format: ConversationFormat?
    ) throws -> [(file: String, format: ConversationFormat?)] {
        var found: Set<String> = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw ValidationError("\(path): there is no such file or folder")
            }
            guard isFolder.boolValue else {
                found.insert(path)
                continue
            }
            let endings = format.map { [$0.ending] } ?? [".transcript", ".chat", ".convo.txt"]
            for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init()
            where endings.contains(where: name.hasSuffix) {
                found.insert(path.hasSuffix("/") ? path + name : path + "/" + name)
            }
        }
        guard !found.isEmpty else {
            throw ValidationError("no conversations found in \(paths.joined(separator: ", "))")
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { ($0, format) }
    }

    /// Which conversation goes where.
    ///
    /// - Throws: `ValidationError` where the output is missing, or would take the place of an input.
    static func plan(
        _ conversations: [ConvertedConversation],
        _ format: ConversationFormat,
        _ output: String?,
        inputs: [String]
    ) throws -> [Place] {
        var isFolder: ObjCBool = false
        let isThere = output.map { FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) } ?? false
        let isIntoFolder = output != nil && (isFolder.boolValue || output?.hasSuffix("/") == true)
        guard let output, isIntoFolder || (!isThere && conversations.count > 1 && !format.holdsSeveral) else {
            guard conversations.count == 1 || format.holdsSeveral else {
                throw ValidationError("there are \(conversations.count) conversations; give a folder with --output")
            }
            if let output { try refuse(output, inputs) }
            return [Place(file: output, conversations: conversations)]
        }
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw ValidationError("--output \(output): the folder cannot be made (\(error.localizedDescription))")
        }
        var names: Set<String> = []
        return try conversations.map { conversation in
            let file = URL(filePath: output).appending(path: unique(conversation, &names) + format.ending).path
            try refuse(file, inputs)
            return Place(file: file, conversations: [conversation])
        }
    }

    /// A name for a file: the input's own, or what a file of several conversations calls this one.
    private static func unique(_ conversation: ConvertedConversation, _ names: inout Set<String>) -> String {
        let isSafe = { (scalar: Unicode.Scalar) in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "-_.".unicodeScalars.contains(scalar)
        }
        var name = ""
        for scalar in conversation.name.unicodeScalars.prefix(80) {
            if isSafe(scalar) { name.unicodeScalars.append(scalar) } else if name.last != "-" { name += "-" }
        }
        name = String(name.drop { $0 == "." || $0 == "-" })
        if name.isEmpty { name = "conversation" }
        var candidate = name
        var number = 2
        // Some file systems make no difference between cases.
        while !names.insert(candidate.lowercased()).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }

    private static func refuse(_ file: String, _ inputs: [String]) throws {
        let path = URL(filePath: file).resolvingSymlinksInPath().standardizedFileURL.path
        let taken = inputs.contains { URL(filePath: $0).resolvingSymlinksInPath().standardizedFileURL.path == path }
        guard !taken else { throw ValidationError("\(file) would take the place of an input; give another --output") }
    }
}
