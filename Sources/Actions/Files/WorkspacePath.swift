/// A path as actions give it, taken apart: relative to the workspace, without any step upwards.
struct WorkspacePath: Sendable, Hashable {
    /// As it was given; failures carry it.
    let text: String
    /// The names on the way, without empty ones and `.`; none for the workspace itself.
    let parts: [String]

    /// Takes a path apart.
    ///
    /// - Throws: ``FileFailure`` with `outside` for an absolute path, a `..` part, or a NUL.
    init(_ text: String) throws(FileFailure) {
        self.text = text
        guard !text.utf8.contains(0) else {
            throw FileFailure(.outside, path: text, detail: "a path cannot hold NUL")
        }
        guard !text.hasPrefix("/") else {
            throw FileFailure(.outside, path: text, detail: "an absolute path; give one inside the workspace")
        }
        parts = Self.split(text)
        guard !parts.contains("..") else {
            throw FileFailure(.outside, path: text, detail: "“..” would leave the workspace")
        }
    }

    /// The names between the slashes, without empty ones and `.`.
    static func split(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.map(String.init)
    }
}
