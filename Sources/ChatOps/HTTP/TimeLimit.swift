internal import Synchronization

/// Does something within a time.
///
/// Most of what is limited ends long before, so a limit costs no timer of its own: all wait in one list, and the first
/// that is due is looked for.
enum TimeLimit {
    /// Does something, and cancels it when the time is over.
    ///
    /// Inside of another limit it is done in the same task, and the other limit goes on.
    ///
    /// - Parameters:
    ///   - limit: The time.
    ///   - problem: What is thrown when it is over.
    ///   - body: What is done; it should end soon after it was cancelled.
    /// - Returns: What it gives.
    /// - Throws: The problem, or what it throws itself.
    static func keep<Result: Sendable>(
        _ limit: Duration,
        else problem: Problem,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let deadline = Deadline(problem, within: current)
        Deadlines.all.add(deadline, at: .now + limit)
        defer { Deadlines.all.remove(deadline) }
        do {
            guard current == nil else { return try await body() }
            // A task of its own, so that a caller's task is not cancelled with it; it ends when the body does.
            let task = $current.withValue(deadline) { Self.start(body) }
            deadline.begin { task.cancel() }
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw deadline.passed ?? error
        }
    }

    /// Begins a task: where the system can, here and now, so that what does not wait takes no turn of the event loop.
    private static func start<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) -> Task<Result, any Error> {
        guard #available(macOS 26, *) else {
            return Task(executorPreference: LoopExecutor.current) { try await body() }
        }
        return Task.immediate(executorPreference: LoopExecutor.current) { try await body() }
    }

    /// The outermost limit that the task is under.
    @TaskLocal private static var current: Deadline?
}

/// A time that something must be over by.
private final class Deadline: Sendable {
    private struct Situation {
        var cancel: (@Sendable () -> Void)?
        var isOver = false
    }

    private let problem: Problem
    private let outer: Deadline?
    private let situation = Mutex(Situation())

    init(_ problem: Problem, within outer: Deadline?) {
        self.problem = problem
        self.outer = outer
    }

    /// What is to be thrown; `nil` before the time is over.
    var passed: Problem? { situation.withLock { $0.isOver ? problem : nil } }

    /// Says how what is limited is cancelled.
    func begin(_ cancel: @escaping @Sendable () -> Void) {
        let isOver = situation.withLock { situation in
            situation.cancel = cancel
            return situation.isOver
        }
        if isOver { cancel() }
    }

    /// Says that the time is over.
    func pass() {
        let cancel = situation.withLock { situation in
            situation.isOver = true
            return situation.cancel
        }
        if let outer { outer.cancel() } else { cancel?() }
    }

    private func cancel() { situation.withLock(\.cancel)?() }
}

/// The deadlines that something runs under.
private final class Deadlines: Sendable {
    private struct List {
        var times: [ObjectIdentifier: (deadline: Deadline, time: ContinuousClock.Instant)] = [:]
        /// When somebody will look for those that are over; `nil` where nobody will.
        var look: ContinuousClock.Instant?
    }

    static let all = Deadlines()

    private let list = Mutex(List())

    func add(_ deadline: Deadline, at time: ContinuousClock.Instant) {
        let isFirst = list.withLock { list in
            list.times[ObjectIdentifier(deadline)] = (deadline, time)
            guard list.look.map({ time < $0 }) ?? true else { return false }
            list.look = time
            return true
        }
        if isFirst { look(at: time) }
    }

    func remove(_ deadline: Deadline) {
        list.withLock { _ = $0.times.removeValue(forKey: ObjectIdentifier(deadline)) }
    }

    private func look(at time: ContinuousClock.Instant) {
        // Ends after one look; for those that are not over by then there is another one.
        Task.detached { [self] in
            try? await Task.sleep(until: time, clock: .continuous)
            let now = ContinuousClock.now
            let (over, next) = list.withLock { list in
                let over = list.times.values.filter { $0.time <= now }.map(\.deadline)
                // Where an earlier look was planned since then, that one goes on.
                guard list.look == time else { return (over, nil as ContinuousClock.Instant?) }
                list.look = list.times.values.lazy.map(\.time).filter { $0 > now }.min()
                return (over, list.look)
            }
            for deadline in over { deadline.pass() }
            if let next { look(at: next) }
        }
    }
}
