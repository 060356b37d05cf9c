internal import Intents

/// Undo and redo: situations are copied and put back, and nothing is run for it.
extension Turn {
    /// Keeps the situation before a turn that changed it, so that it can be gone back to.
    ///
    /// A turn that went back or forward has kept what it needs itself.
    mutating func remember(_ before: Situation) {
        switch understanding?.decision {
        case .command("back"), .command("redo"): return
        default: break
        }
        guard !before.isSettledAs(situation) else { return }
        state.future = []
        keep(before)
    }

    private mutating func keep(_ before: Situation) {
        state.past.append(before)
        if state.past.count > State.undoLimit { state.past.removeFirst() }
    }

    /// Goes back to before the last turn that changed anything.
    ///
    /// A turn whose changes its own actions have undone since is passed over.
    mutating func goBack() {
        while let last = state.past.last, last.isSettledAs(situation) { state.past.removeLast() }
        guard let before = state.past.popLast() else {
            say(.nothingToUndo)
            return askAgain()
        }
        let shown = situation
        let unused = state.recorded.indices.filter { state.recorded[$0].isUndone }
        state.future.append(Undone(situation: situation, unused: unused))
        for index in state.recorded.indices { state.recorded[index].isUndone = true }
        situation = before
        say(.undone)
        showAgain(since: shown)
    }

    /// Goes forward again to what was gone back from, as long as nothing has changed since.
    mutating func goForward() {
        guard let undone = state.future.popLast() else {
            say(.nothingToRedo)
            return askAgain()
        }
        let shown = situation
        keep(shown)
        for index in state.recorded.indices { state.recorded[index].isUndone = undone.unused.contains(index) }
        situation = undone.situation
        say(.redone)
        showAgain(since: shown)
    }

    /// Asks what was asked then; in full where values that the question shows are others now.
    private mutating func showAgain(since shown: Situation) {
        guard case .reply(let step, .plain) = situation.pending else { return resume() }
        let isSame = flow.steps[step].reads.allSatisfy { situation.slots[$0]?.value == shown.slots[$0]?.value }
        askQuestion(of: step, .plain, again: isSame)
    }
}

extension Situation {
    /// Whether the same is settled: the same values, the same steps done, the same digressions.
    fileprivate func isSettledAs(_ other: Situation) -> Bool {
        slots == other.slots && marks == other.marks && digressions == other.digressions && early == other.early
    }
}
