internal import Dialogue
internal import Tracing

extension SessionEngine {
    /// Takes over actions that others left behind, until the task is cancelled; then waits for its own to stop.
    ///
    /// Who follows a session is told from time to time to look for what other engines stored.
    /// An action that is cancelled so is given back, and another engine takes it up.
    public func run() async {
        var announced: Int64?
        while !Task.isCancelled {
            let now = clock.now()
            if announced.map({ now - $0 >= Self.announcementInterval }) ?? true,
                (try? await store.announce(catalog.digests, at: now)) != nil
            {
                announced = now
            }
            if let left = try? await store.sessionsWithUnclaimedActions(now: clock.now(), limit: 64) {
                for session in left { _ = startAction(of: session) }
            }
            signals.sendAll()
            do { try await clock.sleep(settings.sweep) } catch { break }
        }
        await desk.stop()
    }

    /// Waits for a session's actions as long as the patience lasts, and adds what they brought to an answer.
    func wait(for answer: inout Answer, after number: Int, patience: Duration) async throws {
        let work = startAction(of: answer.session)
        guard patience > .zero else { return }
        let (finished, continuation) = AsyncStream.makeStream(of: Bool.self)
        // The work goes on by itself if the patience ends first; these two end with it, or are cancelled below.
        let watch = Task {
            let rest = await work.value
            continuation.yield(rest != nil)
        }
        let timer = Task { [clock] in
            try? await clock.sleep(patience)
            continuation.yield(false)
        }
        defer {
            timer.cancel()
            watch.cancel()
        }
        for await isFinished in finished {
            answer.messages += try await store.messages(of: answer.session, after: number, limit: .max)
            if isFinished, let rest = await work.value { answer.rest = rest }
            return
        }
    }

    /// Runs the action that a session waits for, and those that follow from it; `nil` where somebody else has it.
    private func startAction(of session: String) -> Task<SessionRest?, Never> {
        desk.start(session) { [self] in
            do { return try await runActions(of: session) } catch {
                // Cancelled, or the store failed: the lease ends, and somebody takes it up again.
                return nil
            }
        }
    }

    private func runActions(of session: String) async throws -> SessionRest? {
        while true {
            // First of all, so that nothing is claimed of a session that another version of the flow goes on with.
            let seat = try await seat(session, owner: nil)
            let lease = settings.lease.milliseconds
            let now = clock.now()
            guard
                let call = try await store.claimAction(of: session, by: settings.worker, now: now, until: now + lease)
            else { return nil }
            if seat.state.openCall != call {
                // What is remembered is old, or the session moved in between.
                seats.drop(session)
                let isOld = try await self.seat(session, owner: nil).state.openCall == call
                guard isOld else {
                    _ = try await store.claimAction(of: session, by: settings.worker, now: now, until: now)
                    throw SessionEngineError.busy(session)
                }
            }
            let begin = ContinuousClock.now
            do {
                let (outcome, rest) = try await withSpan("usher.action") { span in
                    span.attributes["usher.action"] = call.name
                    let (outcome, rest) = try await runAction(call, in: session)
                    span.attributes["usher.outcome"] = outcome
                    return (outcome, rest)
                }
                observer?.didRunAction(call.name, outcome: outcome, time: .now - begin)
                guard rest == .working else { return rest }
            } catch {
                observer?.didLoseAction(call.name)
                throw error
            }
        }
    }

    private func runAction(
        _ call: ActionCall,
        in session: String
    ) async throws -> (outcome: String, rest: SessionRest) {
        let seat = try await seat(session, owner: nil)
        let result = try await keepingLease(of: session, for: call) { [runner, observer] in
            // Of a defective action the flow tells the user, instead of running it again and again.
            try await runner(seat.record).result(of: call) { error in
                observer?.didFindDefect("the action '\(call.name)' threw: \(error)", flow: seat.record.flow)
            }
        }
        return (result.outcome, try await finish(call, result, in: session))
    }

    /// Stores an action's end.
    private func finish(_ call: ActionCall, _ result: ActionResult, in session: String) async throws -> SessionRest {
        while true {
            let seat = try await seat(session, owner: nil)
            let event = Event(
                .actionFinished(id: call.id, result: result),
                at: clock.timestamp
            )
            let transition = seat.flow.advance(seat.state, on: event)
            do {
                // The key keeps two engines from storing the end of one call.
                _ = try await commit(event, transition, of: seat, delivery: "a:\(call.id)")
                return SessionRest(transition)
            } catch let error as SessionStoreError where error.code == .conflict {
                seats.drop(session)
                try Task.checkCancellation()
            }
        }
    }

    /// Does something while the lease of a session's action is made longer and longer; stops it where the lease is lost.
    private func keepingLease(
        of session: String,
        for call: ActionCall,
        _ body: @escaping @Sendable () async throws -> ActionResult
    ) async throws -> ActionResult {
        do {
            return try await withThrowingTaskGroup(of: ActionResult.self) { group in
                group.addTask { try await body() }
                group.addTask { try await self.renewLease(of: session, for: call) }
                defer { group.cancelAll() }
                guard let result = try await group.next() else { throw CancellationError() }
                return result
            }
        } catch {
            let now = clock.now()
            _ = try? await store.claimAction(of: session, by: settings.worker, now: now, until: now)
            throw error
        }
    }

    /// Makes a lease longer until it is lost: to another engine, because the session is gone, or because the store could
    /// not be reached for as long as it lasted.
    private func renewLease(of session: String, for call: ActionCall) async throws -> Never {
        let lease = settings.lease.milliseconds
        var end = clock.now() + lease
        while true {
            try await clock.sleep(settings.lease / 3)
            let now = clock.now()
            do {
                let held = try await store.claimAction(of: session, by: settings.worker, now: now, until: now + lease)
                // Another action is none of this worker's: the session has gone on without it.
                if held != call { throw CancellationError() }
                end = now + lease
            } catch is SessionStoreError where now < end {
                // Perhaps it can be reached again before the lease ends.
            }
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
