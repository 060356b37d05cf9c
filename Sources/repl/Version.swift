import CCommit

/// The version that is shown.
///
/// Scripts read the number from this file: its line stays as it is.
enum Version {
    static let number = "0.1.0"

    /// With the commit, where scripts/build told the build of it.
    static var text: String {
        let commit = String(cString: usher_commit())
        return commit.isEmpty ? "usher \(number)" : "usher \(number) (\(commit))"
    }
}
