import BundledPrompts
import Foundation
import Testing

/// The embedded files are those on disk, byte for byte.
struct BundledPromptsTests {
    @Test func `the bundle is the prompts folder of the package`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../prompts").standardized
        try expect(BundledPrompts.files, equalFilesIn: folder)
    }

    /// `Tests/BundledPromptsTests/prompts` holds what a naive literal would get wrong: CR LF, NUL, quotes and
    /// backslashes before `#`, bidirectional marks, no last newline, nothing at all.
    @Test func `awkward text survives embedding`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "prompts")
        #expect(EmbeddedPrompts.files.count == 6)
        try expect(EmbeddedPrompts.files, equalFilesIn: folder)
    }

    private func expect(_ embedded: [(path: String, text: String)], equalFilesIn folder: URL) throws {
        let names =
            (FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?.compactMap { $0 as? String })
            ?? []
        let onDisk = names.filter { name in
            var isFolder: ObjCBool = false
            let path = folder.appending(path: name).path(percentEncoded: false)
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return exists && !isFolder.boolValue && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(embedded.map(\.path) == onDisk)
        for file in embedded {
            let bytes = try Data(contentsOf: folder.appending(path: file.path))
            #expect(Data(file.text.utf8) == bytes, "\(file.path) differs")
        }
    }
}
