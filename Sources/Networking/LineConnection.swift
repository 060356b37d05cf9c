internal import CLibCurl
internal import Foundation
internal import Synchronization

// SAFETY: `transfer` and `set` are made once. Both are used on `queue` alone, except by `CLibCurlWake`, which any thread may
// call. They are freed when nothing refers to the connection any more; while `queue` works for it, it does.
/// A connection over which both sides send lines of text, such as that to an IRC server, with TLS or without.
///
/// libcurl makes it, so that certificates are checked as those of HTTPS are. One task reads lines, one at a time; lines
/// that it doesn't read stay with the other side.
public final class LineConnection: @unchecked Sendable {
    private struct State {
        /// Lines that have arrived and that no task has read yet, in order.
        var lines: [String] = []
        var reader: CheckedContinuation<String, any Error>?
        /// Lines to send, each with the continuation of its sender.
        var outgoing: [(bytes: [UInt8], sender: CheckedContinuation<Void, any Error>)] = []
        /// The reason that it is over; `nil` while it is open.
        var failure: ConnectionFailure?
    }

    private let transfer: OpaquePointer
    private let set: OpaquePointer
    private let socket: Int32
    private let limit: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "usher.lines")

    /// Opens a connection.
    ///
    /// - Parameters:
    ///   - host: The server's name or address.
    ///   - port: Its port.
    ///   - isTLS: Whether the connection is encrypted, and the server has to show a certificate for its name.
    ///   - lineLimit: How many bytes a line may have; a longer one ends the connection.
    /// - Returns: The connection, which lasts until one side closes it.
    /// - Throws: ``ConnectionFailure`` where there is no connection within 10 seconds.
    @concurrent public static func open(
        host: String,
        port: Int,
        isTLS: Bool,
        lineLimit: Int
    ) async throws -> LineConnection {
        try await withCheckedThrowingContinuation { continuation in
            // It may take ten seconds, in which this thread can do nothing else.
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try LineConnection(host: host, port: port, isTLS: isTLS, limit: lineLimit) }
                )
            }
        }
    }

    private init(host: String, port: Int, isTLS: Bool, limit: Int) throws(ConnectionFailure) {
        self.limit = limit
        let name = host.contains(":") ? "[\(host)]" : host
        transfer = try CurlLibrary.makeTransfer(
            url: "\(isTLS ? "https" : "http")://\(name):\(port)",
            connectTimeLimit: .seconds(10)
        )
        guard let set = CLibCurlMakeSet() else {
            CLibCurlFreeTransfer(transfer)
            throw .other("there is no memory for a connection")
        }
        self.set = set
        CLibCurlSetNumber(transfer, CLIBCURLOPT_CONNECT_ONLY, 1)
        // What follows is no HTTP, and proxies for that are of no use.
        CLibCurlSetNumber(transfer, CLIBCURLOPT_SSL_ENABLE_ALPN, 0)
        CLibCurlSetPointer(transfer, CLIBCURLOPT_PROXY, "")
        let code = CLibCurlPerform(transfer)
        socket = code == CLIBCURL_OK ? CLibCurlSocket(transfer) : -1
        guard socket >= 0 else { throw code == CLIBCURL_OK ? .closed : CurlLibrary.failure(code) }
        queue.async { [self] in work() }
    }

    deinit {
        CLibCurlFreeTransfer(transfer)
        CLibCurlFreeSet(set)
    }

    /// The next line, without its end.
    ///
    /// - Throws: ``ConnectionFailure`` where the connection is over. Cancelling the task ends it.
    @concurrent public func nextLine() async throws -> String {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let now: Result<String, any Error>? = state.withLock { state in
                    if !state.lines.isEmpty { return .success(state.lines.removeFirst()) }
                    if let failure = state.failure { return .failure(failure) }
                    state.reader = continuation
                    return nil
                }
                if let now { continuation.resume(with: now) } else { CLibCurlWake(set) }
            }
        } onCancel: {
            close()
        }
    }

    /// Sends a line; returns when the system has it.
    ///
    /// - Parameter line: The line, without its end.
    /// - Throws: ``ConnectionFailure`` where the connection is over.
    @concurrent public func send(_ line: String) async throws {
        try await withCheckedThrowingContinuation { sender in
            let failure = state.withLock { state in
                if state.failure == nil { state.outgoing.append((Array((line + "\r\n").utf8), sender)) }
                return state.failure
            }
            if let failure { sender.resume(throwing: failure) } else { CLibCurlWake(set) }
        }
    }

    /// Ends the connection; calls that wait for it fail.
    public func close() { end(.closed) }

    private func end(_ failure: ConnectionFailure) {
        let (reader, senders) = state.withLock { state in
            state.failure = state.failure ?? failure
            defer { (state.reader, state.outgoing) = (nil, []) }
            return (state.reader, state.outgoing.map(\.sender))
        }
        reader?.resume(throwing: failure)
        for sender in senders { sender.resume(throwing: failure) }
        CLibCurlWake(set)
    }

    /// Sends and receives until the connection is over.
    private func work() {
        var rest: [UInt8] = []
        while true {
            let (next, isRead, isOver) = state.withLock { state in
                (state.outgoing.first?.bytes, state.reader != nil, state.failure != nil)
            }
            if isOver { return }
            var moved = 0
            if let next {
                guard let sent = send(next) else { return end(.closed) }
                finish(sent, of: next.count)
                moved += sent
            }
            if isRead {
                guard let received = receive(&rest) else { return end(.closed) }
                guard rest.count <= limit else { return end(.tooLong) }
                moved += received
            }
            guard moved == 0 else { continue }
            let events = (isRead ? CLIBCURL_WAIT_INPUT : 0) | (next == nil ? 0 : CLIBCURL_WAIT_OUTPUT)
            CLibCurlWait(set, events == 0 ? -1 : socket, Int16(events), 60_000)
        }
    }

    /// Sends what the system takes; `nil` where the connection is over.
    private func send(_ bytes: [UInt8]) -> Int? {
        var sent = 0
        let code = CLibCurlSend(transfer, bytes, bytes.count, &sent)
        return code == CLIBCURL_OK || code == CLIBCURL_AGAIN ? sent : nil
    }

    /// Removes sent bytes from the first line, and resumes its sender when all of them are gone.
    private func finish(_ sent: Int, of count: Int) {
        let sender = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            // It was closed meanwhile.
            guard !state.outgoing.isEmpty else { return nil }
            if sent == count { return state.outgoing.removeFirst().sender }
            state.outgoing[0].bytes.removeFirst(sent)
            return nil
        }
        sender?.resume()
    }

    /// Receives what is there, and hands on what is whole; `nil` where the connection is over.
    private func receive(_ rest: inout [UInt8]) -> Int? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var count = 0
        let code = CLibCurlReceive(transfer, &buffer, buffer.count, &count)
        if code == CLIBCURL_AGAIN { return 0 }
        guard code == CLIBCURL_OK, count > 0 else { return nil }
        rest += buffer[..<count]
        var lines: [String] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[..<end]
            lines.append(String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self))
            rest.removeSubrange(...end)
        }
        let reading = state.withLock { state -> (reader: CheckedContinuation<String, any Error>, line: String)? in
            state.lines += lines
            guard !state.lines.isEmpty, let reader = state.reader else { return nil }
            state.reader = nil
            return (reader, state.lines.removeFirst())
        }
        if let reading { reading.reader.resume(returning: reading.line) }
        return count
    }
}
