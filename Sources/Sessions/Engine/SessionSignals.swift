import Synchronization

/// Tells those who follow a session that something new is in the store.
///
/// Only of turns that this process takes; who follows a session looks into the store from time to time as well.
final class SessionSignals: Sendable {
    private struct Followers {
        var next = 0
        var bySession: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let followers = Mutex(Followers())

    /// Signals once at the beginning, then for a session until the stream is dropped; several that come close together
    /// are one.
    func follow(_ session: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = followers.withLock { followers in
            followers.next += 1
            followers.bySession[session, default: [:]][followers.next] = continuation
            return followers.next
        }
        continuation.yield()
        continuation.onTermination = { [weak self] _ in self?.leave(session, id) }
        return stream
    }

    func send(_ session: String) {
        let all = followers.withLock { $0.bySession[session].map { Array($0.values) } ?? [] }
        for follower in all { follower.yield() }
    }

    /// Signals for a session for the last time.
    func end(_ session: String) {
        let all = followers.withLock { $0.bySession.removeValue(forKey: session).map { Array($0.values) } ?? [] }
        for follower in all {
            follower.yield()
            follower.finish()
        }
    }

    /// Signals for every session that is followed.
    func sendAll() {
        let all = followers.withLock { $0.bySession.values.flatMap { Array($0.values) } }
        for follower in all { follower.yield() }
    }

    private func leave(_ session: String, _ id: Int) {
        followers.withLock { followers in
            followers.bySession[session]?[id] = nil
            if followers.bySession[session]?.isEmpty == true { followers.bySession[session] = nil }
        }
    }
}
