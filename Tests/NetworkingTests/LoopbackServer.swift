import Foundation
import Synchronization

/// A server on the loopback interface that answers each connection with the same bytes, or with none until it is closed.
final class LoopbackServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let requests = Mutex<[String]>([])

    /// The received requests, one text for each connection.
    var received: [String] { requests.withLock { $0 } }

    /// Listens on a free port.
    ///
    /// Each connection gets `answer`, or nothing ever; a patient server waits for the head and the body of a request before it
    /// answers, any other for some bytes.
    init(answer: [UInt8]?, isPatient: Bool = true) throws {
        let socket = makeSocket()
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) == 0 && listen(socket, 16) == 0 && getsockname(socket, address, &size) == 0
            }
        }
        guard socket >= 0, bound else { throw CocoaError(.fileNoSuchFile) }
        descriptor = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while case let connection = accept(descriptor, nil, nil), connection >= 0 {
                Thread.detachNewThread { [self] in serve(connection, answer, isPatient) }
            }
            close(descriptor)
        }
    }

    /// Stops listening, which ends the thread that accepts connections; the thread closes the socket.
    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32, _ answer: [UInt8]?, _ isPatient: Bool) {
        defer { close(connection) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while isPatient ? !Self.isWhole(bytes) : bytes.isEmpty {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        requests.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
        guard let answer else {
            while recv(connection, &buffer, buffer.count, 0) > 0 {}
            return
        }
        _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
    }

    /// Tells by `Content-Length` whether a request is complete.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-length:")
        }.flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }
}

private func makeSocket() -> Int32 {
    #if canImport(Glibc)
    socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
    socket(AF_INET, SOCK_STREAM, 0)
    #endif
}
