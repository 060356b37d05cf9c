/// Something wrong, or doubtful, in a file that a person wrote: what, where, and what to do.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable {
        /// The file cannot be used.
        case error
        /// The file can be used, but probably does not say what its author meant.
        case warning
    }

    /// How much it matters.
    public var severity: Severity
    /// Where.
    public var location: Location
    /// What is wrong and what to do, in one or two sentences without a final newline.
    public var message: String

    /// Makes a diagnostic; an error unless said otherwise.
    public init(_ severity: Severity = .error, at location: Location, _ message: String) {
        self.severity = severity
        self.location = location
        self.message = message
    }

    /// `file:line:column: error: message`.
    public var description: String { "\(location): \(severity.rawValue): \(message)" }
}

/// All that is wrong with a set of files, thrown at once.
public struct DiagnosticsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In the order of their places; at least one is an error.
    public var diagnostics: [Diagnostic]

    /// Makes an error of diagnostics, sorted by place.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics.sorted {
            ($0.location.file, $0.location.line, $0.location.column)
                < ($1.location.file, $1.location.line, $1.location.column)
        }
    }

    /// A line each.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
