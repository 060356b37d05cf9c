/// A point in time, in whole milliseconds since 1970 (UTC).
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
    /// Milliseconds since 1970.
    public var milliseconds: Int64

    /// Makes a timestamp.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads a number of milliseconds.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the number of milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// Compares two timestamps; the earlier one is less.
    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }
}
