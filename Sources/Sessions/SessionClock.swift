public import Dialogue
internal import Foundation

/// The time, and waiting for it to pass: what tests put something else in place of.
public struct SessionClock: Sendable {
    /// Milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// Waits.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock.
    public init(
        now: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The time, as events carry it.
    public var timestamp: Timestamp { Timestamp(milliseconds: now()) }

    /// The clock of the machine.
    public static let system = SessionClock(now: { Int64(Date().timeIntervalSince1970 * 1_000) })
}
