#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How large a terminal is at this moment.
public enum TerminalSize {
    /// The columns of the terminal behind a descriptor.
    ///
    /// It is asked each time, so that a window that was resized is seen at the next call. Where the descriptor is no
    /// terminal, or the terminal does not know, `COLUMNS` of the environment counts, else 80.
    public static func columns(of descriptor: Int32) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return columns(environmentValue: getenv("COLUMNS").map { String(cString: $0) })
    }

    /// Reads `COLUMNS`: a whole number of 1 or more, else 80.
    static func columns(environmentValue: String?) -> Int {
        environmentValue.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }

    /// Whether a descriptor is a terminal.
    public static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }
}
