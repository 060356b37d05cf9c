/// Standard output and standard error, as one person sees them.
///
/// What is written to a terminal is wrapped to its width, asked anew each time, and styled; what goes to a file or a
/// pipe is the plain text, unwrapped. The spinner is cleared before anything is written.
public struct Screen: Sendable {
    /// The looks for standard output.
    public let style: Style
    /// The looks for standard error.
    public let errorStyle: Style
    /// The spinner, on standard error.
    public let spinner: Spinner

    private let output: any ByteSink
    private let error: any ByteSink
    private let outputColumns: (@Sendable () -> Int)?
    private let errorColumns: (@Sendable () -> Int)?

    /// The widest that text is laid out, however wide the terminal is: longer lines are hard to read.
    public static let readableColumns = 100

    /// Takes standard output and standard error of the process.
    ///
    /// - Parameter environment: The environment variables, for ``Style/init(environment:isTerminal:)``.
    public init(environment: [String: String]) {
        let isOutputTerminal = TerminalSize.isTerminal(1)
        let isErrorTerminal = TerminalSize.isTerminal(2)
        self.init(
            output: FileDescriptorSink(descriptor: 1),
            error: FileDescriptorSink(descriptor: 2),
            style: Style(environment: environment, isTerminal: isOutputTerminal),
            errorStyle: Style(environment: environment, isTerminal: isErrorTerminal),
            outputColumns: Self.asking(1, isTerminal: isOutputTerminal),
            errorColumns: Self.asking(2, isTerminal: isErrorTerminal),
            isSpinning: isErrorTerminal && environment["TERM"] != "dumb"
        )
    }

    /// Takes any two sinks.
    ///
    /// - Parameters:
    ///   - output: What the program says.
    ///   - error: What it says about itself: progress, warnings, errors.
    ///   - style: The looks for the one.
    ///   - errorStyle: The looks for the other.
    ///   - outputColumns: The width to wrap the one to, asked each time; `nil` wraps nothing.
    ///   - errorColumns: The same for the other.
    ///   - isSpinning: Whether the spinner shows itself.
    ///   - waitForTick: Waits until the next frame of the spinner is due.
    public init(
        output: any ByteSink,
        error: any ByteSink,
        style: Style,
        errorStyle: Style,
        outputColumns: (@Sendable () -> Int)? = nil,
        errorColumns: (@Sendable () -> Int)? = nil,
        isSpinning: Bool = false,
        waitForTick: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(100)) }
    ) {
        self.output = output
        self.error = error
        self.style = style
        self.errorStyle = errorStyle
        self.outputColumns = outputColumns
        self.errorColumns = errorColumns
        spinner = Spinner(
            sink: error,
            isEnabled: isSpinning,
            columns: errorColumns ?? { 80 },
            waitForTick: waitForTick
        )
    }

    /// Writes text and a line feed to standard output.
    public func say(_ text: DisplayText) {
        write(text, to: output, columns: outputColumns)
    }

    /// Writes text and a line feed to standard error.
    public func note(_ text: DisplayText) {
        write(text, to: error, columns: errorColumns)
    }

    private static func asking(_ descriptor: Int32, isTerminal: Bool) -> (@Sendable () -> Int)? {
        guard isTerminal else { return nil }
        return { TerminalSize.columns(of: descriptor) }
    }

    private func write(_ text: DisplayText, to sink: any ByteSink, columns: (@Sendable () -> Int)?) {
        let width = columns.map { min($0(), Self.readableColumns) }
        let laidOut = width.map { TextLayout(width: $0).wrapped(text) } ?? text
        spinner.cleared { sink.write(laidOut.terminalString + "\n") }
    }
}
