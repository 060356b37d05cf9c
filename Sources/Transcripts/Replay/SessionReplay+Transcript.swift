public import Dialogue
internal import Intents

extension SessionReplay {
    /// The conversation up to a turn as a transcript, with where it stood then as expectations.
    ///
    /// Replaying it gives the same conversation: it holds the results of all actions. A reply that was refused is
    /// nowhere kept, so a stand-in that is refused in the same way takes its place; for one that held a secret there is
    /// none, only a comment.
    ///
    /// - Parameters:
    ///   - turn: The number of the last turn that is wanted; all of them where there are fewer.
    ///   - flow: The flow that the events were gone through with.
    /// - Returns: The transcript, with the header fields `flow` and, where it is not the main one, `entry`.
    public func transcript(upTo turn: Int, flow: Flow) -> Transcript {
        let names = ["flow: \(flow.name)"] + (flow.entry == 0 ? [] : ["entry: \(flow.flows[flow.entry].name)"])
        let header = (names + [""]).enumerated().map { Transcript.Line(text: $1, number: $0 + 1) }
        let wanted = turns.prefix(turn + 1)
        var entries: [Transcript.Entry] = []
        for turn in wanted {
            if turn.number > 0 { entries.append(Transcript.Entry(.remark(""))) }
            entries += turn.entries
        }
        if let state = wanted.last?.state { entries += Self.expectations(of: state, flow) }
        return Transcript(file: "", header: header, entries: entries)
    }

    /// Where a state stands: its step or its end, and every slot that has a value.
    private static func expectations(of state: State, _ flow: Flow) -> [Transcript.Entry] {
        var entries: [Transcript.Entry] = []
        if let step = flow.stepID(of: state) { entries.append(Transcript.Entry(.expect(.step(step)))) }
        if case .ended(let outcome) = state.situation.pending {
            entries.append(Transcript.Entry(.expect(.ended(outcome))))
        }
        for slot in flow.slots {
            guard let value = flow.value(of: slot.name, in: state) else { continue }
            let entry = Transcript.Entry(.expect(.slot(slot.name, value.displayText)))
            let written = Transcript(file: "", header: [], entries: [entry]).text
            if let read = try? TranscriptParser.parse(written, file: "").entries, read.map(\.kind) == [entry.kind] {
                entries.append(entry)
            } else {
                // The format has no place for such a text; a JSON text is one line.
                entries.append(Transcript.Entry(.remark("# slot \(slot.name) = \(value.canonicalJSON)")))
            }
        }
        return entries
    }
}
