#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Reads a descriptor byte by byte, and wakes for signals meanwhile.
final class ByteReader {
    /// What came next.
    enum Event: Equatable {
        case byte(UInt8)
        /// The end of the input, or an error that no waiting mends.
        case end
        /// The number of a signal that came through the wake pipe.
        case signal(Int32)
    }

    private let descriptor: Int32
    private let wake: WakePipe?
    private var buffer = [UInt8](repeating: 0, count: 4096)
    private var position = 0
    private var end = 0

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - descriptor: What is read. It is not closed.
    ///   - wake: A pipe whose bytes are numbers of signals; `nil` where none are awaited.
    init(descriptor: Int32, wake: WakePipe?) {
        self.descriptor = descriptor
        self.wake = wake
    }

    /// Waits for the next byte or signal.
    func next() -> Event {
        while position == end {
            var polled = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
            if let wake { polled.append(pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)) }
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 else {
                if errno == EINTR || errno == EAGAIN { continue }
                return .end
            }
            if polled.count > 1, polled[1].revents != 0, let signal = wake?.take() {
                return .signal(Int32(signal))
            }
            guard polled[0].revents != 0 else { continue }
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return .end }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return .end
            }
            position = 0
            end = count
        }
        position += 1
        return .byte(buffer[position - 1])
    }

    /// Makes the byte that came last come again.
    func stepBack() {
        if position > 0 { position -= 1 }
    }

    /// Forgets what was read ahead, as Ctrl-C does to what was typed ahead.
    func discardBuffer() {
        position = 0
        end = 0
    }
}
