#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A pipe that wakes a thread that waits for input.
///
/// One side writes a byte, which never blocks; the other polls the reading end beside its own descriptor.
final class WakePipe: Sendable {
    /// The end that becomes readable.
    let readEnd: Int32
    /// The end that ``wake(_:)`` writes to.
    let writeEnd: Int32

    /// Makes a pipe that neither blocks nor is handed to child processes; `nil` where no descriptors are left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        _ = close(readEnd)
        _ = close(writeEnd)
    }

    /// Makes the reading end readable.
    ///
    /// A full pipe drops the byte: its reader has enough to wake for.
    func wake(_ byte: UInt8) {
        var byte = byte
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes the next byte, or `nil` where there is none.
    func take() -> UInt8? {
        var byte: UInt8 = 0
        return read(readEnd, &byte, 1) == 1 ? byte : nil
    }
}
