import Foundation

/// Folders and files that are made anew: all of them, or none.
struct NewFiles {
    /// Why nothing was made.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What to make, by path.
    var files: [(path: String, text: String)]

    /// Makes them, with the folders that they need.
    ///
    /// What was made before something failed is removed again.
    ///
    /// - Throws: ``Failure``, with the path and the reason. A file that is there already is one; nothing is written over.
    func write() throws {
        var made: [String] = []
        do {
            for (path, text) in files {
                try makeFolders(above: path, made: &made)
                try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
                made.append(path)
            }
        } catch {
            for path in made.reversed() { try? FileManager.default.removeItem(atPath: path) }
            throw error is Failure ? error : Failure(description: error.localizedDescription)
        }
    }

    private func makeFolders(above path: String, made: inout [String]) throws {
        var missing: [String] = []
        var folder = (path as NSString).deletingLastPathComponent
        while !folder.isEmpty, folder != "/", !FileManager.default.fileExists(atPath: folder) {
            missing.append(folder)
            folder = (folder as NSString).deletingLastPathComponent
        }
        for folder in missing.reversed() {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            } catch {
                throw Failure(description: "\(folder): the folder cannot be made (\(error.localizedDescription))")
            }
            made.append(folder)
        }
    }
}
