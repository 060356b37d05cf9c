import Dialogue
import Synchronization

/// A session as an engine works on it: what it is, and the state that its events fold into.
///
/// An object, since each turn looks at one and should not copy it.
final class Seat: Sendable {
    /// What it is, without its events.
    let record: SessionRecord
    let flow: Flow
    let state: State
    /// How many events it has.
    let count: Int

    /// Makes a seat.
    ///
    /// - Parameters:
    ///   - record: The session with its events.
    ///   - flow: The flow it goes through.
    ///   - state: What its events fold into.
    convenience init(_ record: SessionRecord, flow: Flow, state: State) {
        let count = record.position
        var record = record
        record.events = []
        record.awaited = []
        self.init(record, flow, state, count)
    }

    private init(_ record: SessionRecord, _ flow: Flow, _ state: State, _ count: Int) {
        self.record = record
        self.flow = flow
        self.state = state
        self.count = count
    }

    /// The session with one event more, which led to a state.
    func followed(by state: State) -> Seat { Seat(record, flow, state, count + 1) }
}

/// The seats of the sessions that were used last.
///
/// A seat may be old, since other machines take turns too: then the store refuses the next turn, and the seat is made
/// anew.
final class SeatCache: Sendable {
    private struct Entries {
        var seats: [String: (seat: Seat, use: Int)] = [:]
        var uses = 0
    }

    private let entries = Mutex(Entries())
    private let limit: Int

    init(limit: Int) { self.limit = max(1, limit) }

    subscript(_ session: String) -> Seat? {
        entries.withLock { entries in
            guard let index = entries.seats.index(forKey: session) else { return nil }
            entries.uses += 1
            entries.seats.values[index].use = entries.uses
            return entries.seats.values[index].seat
        }
    }

    /// Keeps a seat, unless a later one is kept.
    func keep(_ seat: Seat) {
        entries.withLock { entries in
            entries.uses += 1
            if let index = entries.seats.index(forKey: seat.record.id) {
                guard entries.seats.values[index].seat.count <= seat.count else { return }
                entries.seats.values[index] = (seat, entries.uses)
                return
            }
            entries.seats[seat.record.id] = (seat, entries.uses)
            guard entries.seats.count > limit else { return }
            // Half of them go at once, so that finding the oldest is paid for once in many turns.
            let uses = entries.seats.values.map(\.use).sorted()
            let oldest = uses[uses.count / 2]
            entries.seats = entries.seats.filter { $0.value.use > oldest }
        }
    }

    func drop(_ session: String) {
        entries.withLock { _ = $0.seats.removeValue(forKey: session) }
    }
}
