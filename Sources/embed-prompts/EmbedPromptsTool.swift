import Foundation

/// `embed-prompts OUTPUT FOLDER PATH...`: writes a Swift file that holds the files at FOLDER/PATH as string literals.
///
/// The build plugin EmbedPrompts runs it. A file that is not UTF-8 stops the build and is named.
@main
enum EmbedPromptsTool {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first, let folder = arguments.dropFirst().first else {
            stop("usage: embed-prompts OUTPUT FOLDER PATH...")
        }
        var files: [(path: String, text: String)] = []
        var problems: [String] = []
        for path in arguments.dropFirst(2) {
            let file = "\(folder)/\(path)"
            do {
                let bytes = try Data(contentsOf: URL(filePath: file))
                if let text = String(validating: bytes, as: UTF8.self) {
                    files.append((path, text))
                } else {
                    problems.append("\(file): error: not UTF-8 text: only text files belong in the prompts folder")
                }
            } catch {
                problems.append("\(file): error: cannot be read: \(error.localizedDescription)")
            }
        }
        guard problems.isEmpty else { stop(problems.joined(separator: "\n")) }
        do {
            try Data(SwiftSource(files: files).text.utf8).write(to: URL(filePath: output), options: .atomic)
        } catch {
            stop("\(output): error: cannot be written: \(error.localizedDescription)")
        }
    }

    private static func stop(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(1)
    }
}
