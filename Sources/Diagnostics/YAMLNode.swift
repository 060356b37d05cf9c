/// A node of a YAML file with its place: the only way that files written in YAML are read here.
///
/// `YAMLReading` makes nodes of a text.
///
/// Scalars are always taken as the text that stands there, so an unquoted `yes` or `3.10` means what it looks like.
public struct YAMLNode: Sendable {
    /// What a node is.
    public enum Content: Sendable {
        /// A single value, as text.
        case scalar(String)
        /// A list.
        case sequence([YAMLNode])
        /// Keys with their values, in the order of the file.
        case mapping([Entry])
        /// Nothing at all, as after `key:`.
        case empty
    }

    /// A key with its value.
    public struct Entry: Sendable {
        /// The key.
        public var key: String
        /// Where the key stands.
        public var keyLocation: Location
        /// The value.
        public var value: YAMLNode

        /// Makes an entry of its parts.
        package init(key: String, keyLocation: Location, value: YAMLNode) {
            self.key = key
            self.keyLocation = keyLocation
            self.value = value
        }
    }

    /// What stands here.
    public let content: Content
    /// Where it begins.
    public let location: Location
    /// Whether it is a value without quotes, which could be meant as a number or a flag.
    public let isPlain: Bool

    /// Makes a node of its parts.
    package init(content: Content, location: Location, isPlain: Bool) {
        self.content = content
        self.location = location
        self.isPlain = isPlain
    }
}
