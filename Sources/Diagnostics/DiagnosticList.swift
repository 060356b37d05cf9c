/// Collects diagnostics while files are read, so that an author sees all of them in one run.
public struct DiagnosticList: Sendable {
    /// What was found so far, in the order it was found.
    public private(set) var diagnostics: [Diagnostic] = []

    /// An empty list.
    public init() {}

    /// Whether anything found makes the files unusable.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Adds an error.
    public mutating func error(_ message: String, at location: Location) {
        diagnostics.append(Diagnostic(.error, at: location, message))
    }

    /// Adds a warning.
    public mutating func warning(_ message: String, at location: Location) {
        diagnostics.append(Diagnostic(.warning, at: location, message))
    }

    /// Throws all that was found if any of it is an error.
    public func throwIfErrors() throws(DiagnosticsError) {
        if hasErrors { throw DiagnosticsError(diagnostics) }
    }
}
