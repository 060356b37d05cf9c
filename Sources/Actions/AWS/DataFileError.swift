/// A data file (a cassette, a table) that cannot be used, with everything that is wrong with it.
public struct DataFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The file, as the caller named it.
        public var file: String
        /// The line, counted from 1.
        public var line: Int
        /// The column, counted from 1 in Unicode scalars.
        public var column: Int
        /// What is wrong and what was expected.
        public var message: String

        /// Makes a problem.
        public init(file: String, line: Int, column: Int, message: String) {
            self.file = file
            self.line = line
            self.column = column
            self.message = message
        }

        /// `file:line:column: message`, as compilers write it.
        public var description: String { "\(file):\(line):\(column): \(message)" }
    }

    /// The problems in the order of the file; never empty.
    public var problems: [Problem]

    /// Makes an error.
    public init(problems: [Problem]) {
        self.problems = problems
    }

    /// The problems, one a line.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
