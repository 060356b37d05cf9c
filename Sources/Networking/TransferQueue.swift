internal import CLibCurl
internal import Foundation
internal import Synchronization

/// Runs requests side by side on one thread, which ends when there are no more.
final class TransferQueue: Sendable {
    /// All requests of the process, so that they share connections.
    static let shared = TransferQueue()

    private typealias Continuation = CheckedContinuation<HTTPClient.Response, any Error>

    private struct Waiting {
        var transfer: HTTPTransfer
        var continuation: Continuation
    }

    private struct State {
        /// Transfers that the thread hasn't taken yet.
        var new: [Waiting] = []
        var isRunning = false
    }

    /// The set of transfers of libcurl, with its open connections.
    // SAFETY: the pointer is made once. It is used on `queue` alone, except by `CLibCurlWake`, which any thread may call.
    private struct TransferSet: @unchecked Sendable { let pointer: OpaquePointer }

    private let state = Mutex(State())
    private let set = Mutex<TransferSet?>(nil)
    private let queue = DispatchQueue(label: "usher.transfers")

    /// Runs a transfer and waits for its answer.
    @concurrent func run(_ transfer: HTTPTransfer) async throws -> HTTPClient.Response {
        let set = try openSet()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let mustStart = state.withLock { state in
                    state.new.append(Waiting(transfer: transfer, continuation: continuation))
                    defer { state.isRunning = true }
                    return !state.isRunning
                }
                if mustStart {
                    queue.async { [self] in work(set) }
                } else {
                    CLibCurlWake(set.pointer)
                }
            }
        } onCancel: {
            transfer.cancel()
            CLibCurlWake(set.pointer)
        }
    }

    private func openSet() throws(ConnectionFailure) -> TransferSet {
        try CurlLibrary.load()
        let made = set.withLock { set in
            set = set ?? CLibCurlMakeSet().map(TransferSet.init(pointer:))
            return set
        }
        guard let made else { throw .other("there is no memory for connections") }
        return made
    }

    /// Runs all transfers until none is left.
    private func work(_ set: TransferSet) {
        var active: [OpaquePointer: Waiting] = [:]
        while true {
            let new = state.withLock { state in
                defer { state.new = [] }
                return state.new
            }
            for waiting in new {
                guard CLibCurlAdd(set.pointer, waiting.transfer.handle) == CLIBCURL_OK else {
                    waiting.continuation.resume(throwing: ConnectionFailure.other("the request could not be begun"))
                    continue
                }
                active[waiting.transfer.handle] = waiting
            }
            for (handle, waiting) in active where waiting.transfer.isCancelled {
                active[handle] = nil
                CLibCurlRemove(set.pointer, handle)
                waiting.continuation.resume(throwing: CancellationError())
            }
            CLibCurlPerformSet(set.pointer)
            var code: Int32 = 0
            while let done = CLibCurlNextDone(set.pointer, &code) {
                guard let waiting = active.removeValue(forKey: done) else { continue }
                CLibCurlRemove(set.pointer, done)
                waiting.continuation.resume(with: waiting.transfer.result(code).mapError { $0 as any Error })
            }
            let isOver = state.withLock { state in
                guard active.isEmpty, state.new.isEmpty else { return false }
                state.isRunning = false
                return true
            }
            if isOver { return }
            CLibCurlWait(set.pointer, -1, 0, 1_000)
        }
    }
}
