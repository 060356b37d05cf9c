import Actions
import Foundation
import Testing

/// Runs `Tests/RealParts/check_notebook.py` with the Python that the environment names.
struct NotebookChecker {
    static let python = ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] ?? ""
    static let isThere = !python.isEmpty
    static let reason: Comment = "set USHER_TEST_PYTHON to what scripts/python-tests prints"

    /// What the cells did when they ran, as the checker prints it.
    struct Run {
        let json: JSON

        func constant(_ name: String) -> JSON? { json["constants"]?[name] }
        func option(_ name: String) -> JSON? { json["options"]?[name] }
        var output: String { json["output"]?.string ?? "" }
        var isShown: Bool { json["shown"] == true }
        var slept: JSON? { json["slept"] }
        var error: String? { json["error"]?.string }
    }

    /// Validates a notebook; records an issue when something is wrong with it.
    static func validate(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let (status, _, errors) = try call(["validate", path])
        #expect(status == 0, "\(errors)", sourceLocation: sourceLocation)
    }

    /// Runs the cells with a stand-in for the SDK.
    static func run(_ path: String, statuses: [String]) throws -> Run {
        let (status, output, errors) = try call(["run", path] + statuses)
        try #require(status == 0, "\(errors)")
        return Run(json: try JSONParser.parse([UInt8](output)))
    }

    private static func call(_ arguments: [String]) throws -> (Int32, Data, String) {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../RealParts/check_notebook.py").standardizedFileURL.path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script] + arguments
        let output = Pipe()
        let errorFile = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data().write(to: errorFile)
        defer { try? FileManager.default.removeItem(at: errorFile) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, data, try String(contentsOf: errorFile, encoding: .utf8))
    }
}
