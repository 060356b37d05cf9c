import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The handlers of the signals that a line editor needs: Ctrl-C, a change of the window, and coming back from Ctrl-Z.
///
/// A handler may do next to nothing; this one writes the number of the signal into a pipe.
enum SignalHandlers {
    static let signals = [SIGINT, SIGWINCH, SIGCONT]

    /// Installs the handlers; `false` where they are installed already.
    static func install(writingTo descriptor: Int32) -> Bool {
        guard
            wakeDescriptor.compareExchange(expected: -1, desired: descriptor, ordering: .sequentiallyConsistent)
                .exchanged
        else { return false }
        for signal in signals { set(handler, for: signal) }
        return true
    }

    /// Gives every signal back its default action.
    static func remove() {
        for signal in signals { set(SIG_DFL, for: signal) }
        wakeDescriptor.store(-1, ordering: .sequentiallyConsistent)
    }

    /// Lets the next Ctrl-C kill.
    static func restoreInterrupt() {
        set(SIG_DFL, for: SIGINT)
    }

    /// Lets Ctrl-C be an event again, where the handlers are installed.
    static func catchInterrupt() {
        if wakeDescriptor.load(ordering: .sequentiallyConsistent) >= 0 { set(handler, for: SIGINT) }
    }

    private static let handler: @convention(c) (Int32) -> Void = { signal in
        // SAFETY: async-signal-safe: an atomic load, write(2), and errno kept for the code that was interrupted. Both
        // globals were initialised before the handler was installed.
        let savedErrno = errno
        var byte = UInt8(truncatingIfNeeded: signal)
        _ = write(wakeDescriptor.load(ordering: .relaxed), &byte, 1)
        errno = savedErrno
    }

    private static func set(_ handler: (@convention(c) (Int32) -> Void)?, for signal: Int32) {
        var action = sigaction()
        #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = handler
        #else
        action.__sigaction_handler.sa_handler = handler
        #endif
        action.sa_flags = SA_RESTART
        _ = sigaction(signal, &action, nil)
    }
}

/// Where the handler writes; -1 where no handler is installed.
private let wakeDescriptor = Atomic<Int32>(-1)
