import Sessions
import Synchronization

/// A time that only tests move, and waits that end when it has come.
final class HandClock: Sendable {
    private struct Wait {
        var due: Int64
        var continuation: CheckedContinuation<Void, any Error>
    }
    private struct Face {
        var now: Int64 = 1_000
        var waits: [Int: Wait] = [:]
        var next = 0
    }

    private let face = Mutex(Face())

    var clock: SessionClock {
        SessionClock(now: { self.face.withLock { $0.now } }, sleep: { try await self.wait($0) })
    }

    func advance(by milliseconds: Int64) {
        let due = face.withLock { face in
            face.now += milliseconds
            let due = face.waits.filter { $0.value.due <= face.now }
            for id in due.keys { face.waits[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    private func wait(_ duration: Duration) async throws {
        let id = face.withLock { face in
            face.next += 1
            return face.next
        }
        let milliseconds = duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                face.withLock { face in
                    if Task.isCancelled {
                        continuation.resume(throwing: CancellationError())
                    } else {
                        face.waits[id] = Wait(due: face.now + milliseconds, continuation: continuation)
                    }
                }
            }
        } onCancel: {
            let wait = face.withLock { $0.waits.removeValue(forKey: id) }
            wait?.continuation.resume(throwing: CancellationError())
        }
    }
}

/// Waits until it is cancelled: however slow the machine is, no patience ends.
func forEver() async throws {
    while true { try await Task.sleep(for: .seconds(86_400)) }
}
