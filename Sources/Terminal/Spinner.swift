import Synchronization

/// One moving line on standard error that says what is going on.
///
/// It shows itself only on a terminal. Whoever writes anything else does so inside ``cleared(_:)``, so that the two
/// never mix; ``Screen`` does.
public final class Spinner: Sendable {
    private struct State {
        var text: String?
        var frame = 0
        var isVisible = false
    }

    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    private static let clearLine = "\r\u{1B}[K"

    private let state = Mutex(State())
    private let sink: any ByteSink
    private let isEnabled: Bool
    private let columns: @Sendable () -> Int
    private let waitForTick: @Sendable () async throws -> Void

    /// Makes a spinner.
    ///
    /// - Parameters:
    ///   - sink: Where it is shown.
    ///   - isEnabled: Whether that is a terminal that can clear a line.
    ///   - columns: The width of the terminal, asked at each frame.
    ///   - waitForTick: Waits until the next frame is due; throws when its task is cancelled.
    public init(
        sink: any ByteSink,
        isEnabled: Bool,
        columns: @escaping @Sendable () -> Int,
        waitForTick: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(100)) }
    ) {
        self.sink = sink
        self.isEnabled = isEnabled
        self.columns = columns
        self.waitForTick = waitForTick
    }

    /// Spins while the operation runs, and is gone when this returns or throws.
    ///
    /// Nothing is shown before the first tick: what is quick shows no spinner.
    ///
    /// - Parameters:
    ///   - text: What is going on; ``update(_:)`` changes it.
    ///   - operation: What is waited for.
    /// - Returns: What the operation returns.
    /// - Throws: What the operation throws.
    public func spin<Result>(
        _ text: String,
        while operation: () async throws -> Result
    ) async rethrows -> Result {
        state.withLock { $0.text = text }
        // This task ends with the operation: it is cancelled below.
        let ticks = Task { [weak self, waitForTick] in
            while !Task.isCancelled {
                guard (try? await waitForTick()) != nil else { return }
                self?.tick()
            }
        }
        defer {
            ticks.cancel()
            stop()
        }
        return try await operation()
    }

    /// Changes what it says, at the next tick.
    public func update(_ text: String) {
        state.withLock { if $0.text != nil { $0.text = text } }
    }

    /// Writes something else: the line is cleared first, and comes back at the next tick.
    public func cleared<Result>(_ writing: () throws -> Result) rethrows -> Result {
        try state.withLock { state in
            clear(&state)
            return try writing()
        }
    }

    /// Shows the next frame.
    func tick() {
        state.withLock { state in
            guard isEnabled, let text = state.text else { return }
            let frame = Self.frames[state.frame % Self.frames.count]
            // The last column stays free: a terminal that has written it may be on the next line already.
            let line = ANSIText.prefix(of: "\(frame) \(Sanitizer.displayableLine(text))", columns: columns() - 1)
            sink.write(Self.clearLine + line)
            state.frame += 1
            state.isVisible = true
        }
    }

    private func stop() {
        state.withLock { state in
            clear(&state)
            state = State()
        }
    }

    private func clear(_ state: inout State) {
        guard state.isVisible else { return }
        sink.write(Self.clearLine)
        state.isVisible = false
    }
}
