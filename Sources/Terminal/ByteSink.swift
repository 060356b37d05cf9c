#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A place that text is written to, whole and at once.
public protocol ByteSink: Sendable {
    /// Writes the bytes.
    func write(_ bytes: [UInt8])
}

extension ByteSink {
    /// Writes text as UTF-8.
    func write(_ text: some StringProtocol) {
        write(Array(text.utf8))
    }
}

/// A descriptor, without a buffer: what was written is out.
public struct FileDescriptorSink: ByteSink {
    /// The descriptor, which is not closed.
    public let descriptor: Int32

    /// Takes a descriptor, such as 1 for standard output.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes all of it, waiting where the other side is slow; gives up silently where the other side is gone.
    public func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { writeBytes(descriptor, $0) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&polled, 1, 1000)
            } else if errno != EINTR {
                return
            }
        }
    }
}

/// write(2), which a method of the same name hides.
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
