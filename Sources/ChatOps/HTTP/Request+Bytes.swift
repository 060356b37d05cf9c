internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Request {
    /// The body.
    ///
    /// - Parameters:
    ///   - limit: How many bytes there may be.
    ///   - time: How long they may take to arrive.
    /// - Returns: All its bytes.
    /// - Throws: ``Problem``.
    func bytes(upTo limit: Int, within time: Duration) async throws -> ByteBufferView {
        let length = headers.value(of: .contentLength).flatMap { Int($0) }
        if let length, length > limit { throw Problem.tooLarge(limit) }
        let body = body
        return try await TimeLimit.keep(time, else: Problem.bodyTimeout) {
            try await body.bytes(upTo: limit, of: length).readableBytesView
        }
    }
}

extension RequestBody {
    /// All bytes of the body, which is read once.
    ///
    /// - Parameters:
    ///   - limit: How many bytes there may be.
    ///   - length: How many there are, where the client has said so: its end is not waited for then. Who handles the
    ///     connection reads on to the end of a request before the next one.
    /// - Returns: The bytes.
    /// - Throws: ``Problem`` where there are more than may be; what reading throws.
    fileprivate func bytes(upTo limit: Int, of length: Int?) async throws -> ByteBuffer {
        var all = ByteBuffer()
        var parts = makeAsyncIterator()
        while all.readableBytes != length, var part = try await parts.next() {
            guard part.readableBytes <= limit - all.readableBytes else { throw Problem.tooLarge(limit) }
            // Most bodies are one part.
            if all.readableBytes == 0 { all = part } else { all.writeBuffer(&part) }
        }
        return all
    }
}
