import Synchronization

/// The actions that run in this process, at most one of each session.
final class ActionDesk: Sendable {
    private struct Desk {
        var tasks: [String: Task<SessionRest?, Never>] = [:]
        /// Sessions that were started again while their work may have been at its end.
        var again: Set<String> = []
        var isClosed = false
    }

    private let desk = Mutex(Desk())

    /// Starts work for a session, or has what runs already look once more when it is done.
    func start(_ session: String, _ work: @escaping @Sendable () async -> SessionRest?) -> Task<SessionRest?, Never> {
        desk.withLock { desk in
            if let task = desk.tasks[session] {
                desk.again.insert(session)
                return task
            }
            guard !desk.isClosed else { return Task { nil } }
            // Ends by itself, or is cancelled by `stop`.
            let task = Task { [self] in
                var rest = await work()
                while mustRunAgain(session) { rest = await work() ?? rest }
                return rest
            }
            desk.tasks[session] = task
            return task
        }
    }

    /// Cancels everything and waits until it has stopped; nothing starts afterwards.
    func stop() async {
        let tasks = desk.withLock { desk in
            desk.isClosed = true
            return Array(desk.tasks.values)
        }
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.value }
    }

    /// Whether there may be new work; where there is none, the session's task is over.
    private func mustRunAgain(_ session: String) -> Bool {
        desk.withLock { desk in
            if desk.again.remove(session) != nil, !desk.isClosed { return true }
            desk.tasks[session] = nil
            return false
        }
    }
}
