import Dispatch
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Turns Ctrl-C from the end of the process into an event.
///
/// While one of these lives, SIGINT does not kill. A press goes to whoever reads a line at that moment, which answers
/// ``Input/interrupted``; else to every stream of ``presses()``; where nobody listens twice in a row, the third press
/// kills again, so that a program that hangs can always be stopped.
///
/// ```swift
/// let work = Task { await engine.run(action) }
/// let watch = Task { for await _ in interrupts.presses() { work.cancel() } }
/// let result = await work.value
/// watch.cancel()
/// ```
///
/// Signals belong to the process: make one, in the program, not in a library. Child processes start with the default
/// action for SIGINT.
public final class InterruptSource: Sendable {
    private struct State {
        var readers: [WakePipe] = []
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
        var unheardPresses = 0
    }

    private let state = Mutex(State())
    private let pipe: WakePipe
    // SAFETY: libdispatch objects may be used from any thread; this one is set up in init and cancelled in deinit.
    nonisolated(unsafe) private let source: any DispatchSourceRead

    /// Starts to listen; `nil` where the system has no descriptors left, or another one of these is listening.
    public init?() {
        guard let pipe = WakePipe(), SignalHandlers.install(writingTo: pipe.writeEnd) else { return nil }
        self.pipe = pipe
        source = DispatchSource.makeReadSource(
            fileDescriptor: pipe.readEnd,
            queue: DispatchQueue(label: "usher.interrupts")
        )
        source.setEventHandler { [weak self] in
            while let signal = pipe.take() { self?.receive(Int32(signal)) }
        }
        source.resume()
    }

    deinit {
        SignalHandlers.remove()
        source.cancel()
        state.withLock { $0.listeners.values.forEach { $0.finish() } }
    }

    /// The presses from now on, while no line is being read; ends when its task is cancelled or this source goes.
    ///
    /// Presses that come faster than they are taken are taken as one.
    public func presses() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.unheardPresses = 0
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        SignalHandlers.catchInterrupt()
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Sends what comes to a reader of lines, until it ends reading; the last one to begin has it.
    func beginReading(_ reader: WakePipe) {
        state.withLock { state in
            state.unheardPresses = 0
            state.readers.append(reader)
        }
        SignalHandlers.catchInterrupt()
    }

    /// Whether a line is being read.
    var isBeingRead: Bool {
        state.withLock { !$0.readers.isEmpty }
    }

    func endReading(_ reader: WakePipe) {
        state.withLock { $0.readers.removeAll { $0 === reader } }
        while reader.take() != nil {}
    }

    /// Hands one signal on; tests call it in place of a signal.
    func receive(_ signal: Int32) {
        let isUnheard = state.withLock { state in
            if let reader = state.readers.last {
                reader.wake(UInt8(truncatingIfNeeded: signal))
            } else if signal == SIGINT {
                guard !state.listeners.isEmpty else {
                    state.unheardPresses += 1
                    return state.unheardPresses == 2
                }
                state.listeners.values.forEach { $0.yield() }
            }
            state.unheardPresses = 0
            return false
        }
        if isUnheard { SignalHandlers.restoreInterrupt() }
    }
}
