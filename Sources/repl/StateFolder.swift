import Foundation

/// The folder for files that outlive a run of the program.
struct StateFolder {
    let url: URL

    /// Takes a folder.
    init(url: URL) { self.url = url }

    /// Takes the user's own: `$XDG_STATE_HOME/usher`, or `~/.local/state/usher`.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? "/"
        let base = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/state"
        url = URL(filePath: base, directoryHint: .isDirectory).appending(path: "usher")
    }

    /// The file of sessions.
    var sessions: String { url.appending(path: "sessions.sqlite").path }

    /// The file of lines that were typed.
    var history: String { url.appending(path: "history").path }

    /// The file of objects that were put into the buckets of the demo.
    var objects: String { url.appending(path: "objects.yaml").path }
}
