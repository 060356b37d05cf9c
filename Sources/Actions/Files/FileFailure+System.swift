#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension FileFailure {
    /// The failure that an error number of a file call stands for.
    ///
    /// - Note: Source: the ERRORS sections of open(2), mkdir(2), link(2), rename(2) and write(2).
    init(errno code: Int32, path: String) {
        let kind: Kind =
            switch code {
            case ENOENT: .notFound
            case EISDIR: .isFolder
            case EACCES, EPERM: .denied
            case EROFS: .readOnly
            case ENOSPC, EDQUOT: .full
            case EFBIG: .tooLarge
            case EEXIST, ENOTDIR: .exists
            default: .other
            }
        self.init(kind, path: path, detail: String(cString: strerror(code)))
    }

    /// The same failure where a file stands in the way of a path that is only read: there is no such file.
    var whenReading: FileFailure {
        kind == .exists ? FileFailure(.notFound, path: path, detail: detail) : self
    }
}
