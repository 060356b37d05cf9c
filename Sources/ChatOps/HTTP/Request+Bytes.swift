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
        if let length = headers.value(of: .contentLength).flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit)
        }
        do {
            let buffer = try await TimeLimit.keep(time, else: Problem.bodyTimeout) {
                try await body.collect(upTo: limit)
            }
            return buffer.readableBytesView
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit)
        }
    }
}
