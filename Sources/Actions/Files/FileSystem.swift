/// The files of one workspace: a folder that actions read and add to, and cannot leave.
///
/// Paths are relative to the workspace, with `/` between parts; an empty path is the workspace itself. A path that is
/// absolute, holds `..` or NUL, or passes through a symbolic link that leads outside is refused with
/// ``FileFailure/Kind/outside``. (Reading a file that the user named by an absolute or `~` path goes through
/// ``readUserFile(_:limit:)``.)
public protocol FileSystem: Sendable {
    /// The bytes of a file, at most `limit` of them.
    ///
    /// - Throws: ``FileFailure`` with `notFound`, `isFolder`, `tooLarge` (more than `limit` bytes), `denied`, `outside`.
    func read(_ path: String, limit: Int) throws -> [UInt8]

    /// The bytes of a file that the user pointed at, anywhere: absolute, `~/…`, or relative to the workspace.
    ///
    /// - Throws: ``FileFailure`` as ``read(_:limit:)``.
    func readUserFile(_ path: String, limit: Int) throws -> [UInt8]

    /// A piece of a file that the user pointed at, for files too large to hold: at most `count` bytes from `offset`.
    ///
    /// Fewer bytes than asked for mean that the file ends there; none, that it ends at or before `offset`.
    ///
    /// - Throws: ``FileFailure`` as ``readUserFile(_:limit:)``, but never `tooLarge`.
    func readUserFile(_ path: String, from offset: Int, count: Int) throws -> [UInt8]

    /// The names in a folder, sorted by UTF-8 bytes; folders end in `/`. A missing folder has none.
    ///
    /// - Throws: ``FileFailure`` with `denied` or `outside`.
    func list(_ path: String) throws -> [String]

    /// Makes a folder and those above it; does nothing where it is there.
    ///
    /// - Throws: ``FileFailure`` with `denied`, `readOnly`, `full`, `outside`, `exists` (a file of that name).
    func makeFolder(_ path: String) throws

    /// Writes a new file whole: temporary file beside it, fsync, then linked into place, so that it is there whole or
    /// not at all and never over another. Folders above it are made.
    ///
    /// - Throws: ``FileFailure`` with `exists`, `denied`, `readOnly`, `full`, `outside`.
    func create(_ path: String, bytes: [UInt8]) throws

    /// Begins a new file that is written in pieces and comes into place, as with ``create(_:bytes:)``, when it is
    /// committed. Folders above it are made.
    ///
    /// - Throws: ``FileFailure`` as ``create(_:bytes:)``.
    func begin(_ path: String) throws -> any PendingFile

    /// Replaces a file of our own, whole and atomically, if it still has the bytes that were read.
    ///
    /// - Parameters:
    ///   - path: The file; folders above it are made.
    ///   - expected: The bytes the file had when it was read; `nil` means it was not there.
    ///   - bytes: All the bytes it shall have.
    /// - Throws: ``FileFailure`` with `changed` where they differ now, else as ``create(_:bytes:)``.
    func replace(_ path: String, expecting expected: [UInt8]?, with bytes: [UInt8]) throws
}

/// Why a file could not be read or written.
public struct FileFailure: Error, Sendable, Hashable {
    /// The class of a failure; its raw value is the outcome that actions report.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// There is no such file.
        case notFound = "not_found"
        /// A folder stands where a file is wanted.
        case isFolder = "is_folder"
        /// The file is larger than the caller takes.
        case tooLarge = "too_large"
        /// Permissions forbid it.
        case denied
        /// The file system is mounted read-only.
        case readOnly = "read_only"
        /// The disk or quota is full.
        case full = "disk_full"
        /// Something of that name is there already.
        case exists
        /// The file is not what it was when it was read.
        case changed
        /// The path leaves the workspace.
        case outside
        /// Something else; see the detail.
        case other = "file_error"
    }

    /// The class.
    public var kind: Kind
    /// The path as the caller gave it.
    public var path: String
    /// The system's own words.
    public var detail: String

    /// Makes a failure.
    public init(_ kind: Kind, path: String, detail: String = "") {
        self.kind = kind
        self.path = path
        self.detail = detail
    }
}

extension FileFailure: CustomStringConvertible {
    /// The path, what is wrong with it, and the system's own words.
    public var description: String {
        let reason =
            switch kind {
            case .notFound: "there is no such file or folder"
            case .isFolder: "a folder stands there"
            case .tooLarge: "it is too large"
            case .denied: "permission is denied"
            case .readOnly: "the place is read-only"
            case .full: "the disk is full"
            case .exists: "something of that name is there already"
            case .changed: "it was changed in the meantime"
            case .outside: "it leads out of the workspace"
            case .other: "it cannot be used"
            }
        return (path.isEmpty ? "" : "\(path): ") + reason + (detail.isEmpty ? "" : " (\(detail))")
    }
}
