public import Foundation
public import Logging

/// Writes log lines as JSON objects to standard error, so that nothing in them can be taken for another line.
public struct JSONLogHandler: LogHandler {
    /// What goes along with every line.
    public var metadata: Logger.Metadata = [:]
    /// What is written.
    public var logLevel: Logger.Level = .info
    /// Gives more that goes along.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable (Data) -> Void

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: What logs.
    ///   - write: Where lines go; standard error where nothing is given.
    public init(
        label: String,
        write: @escaping @Sendable (Data) -> Void = { try? FileHandle.standardError.write(contentsOf: $0) }
    ) {
        self.label = label
        self.write = write
    }

    /// Metadata by key.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line.
    public func log(event: LogEvent) {
        var fields = (metadataProvider?.get() ?? [:]).merging(metadata) { $1 }
        fields.merge(event.metadata ?? [:]) { $1 }
        var line = fields.mapValues { "\($0)" }
        line["time"] = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        line["level"] = event.level.rawValue
        line["logger"] = label
        line["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        write(data + Data("\n".utf8))
    }
}
