import Foundation

/// Where usher keeps what outlives it: `$XDG_STATE_HOME/usher`, or `~/.local/state/usher`.
struct StateFolder {
    let url: URL

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let home = environment["HOME"] ?? "/"
        let base = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/state"
        url = URL(filePath: base, directoryHint: .isDirectory).appending(path: "usher")
    }

    /// The file of sessions.
    var sessions: String { url.appending(path: "sessions.sqlite").path }

    /// The file of lines that were typed.
    var history: String { url.appending(path: "history").path }
}
