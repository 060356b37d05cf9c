/// A place in a text file that a person wrote.
public struct Location: Sendable, Hashable, CustomStringConvertible {
    /// The path as the caller gave it.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, counted in Unicode scalars.
    public var column: Int

    /// Makes a location.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, which editors and terminals can jump to.
    public var description: String { "\(file):\(line):\(column)" }
}
