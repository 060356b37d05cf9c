/// The name of a session, and of what became of it when its flow changed.
///
/// The first is called `support`, what became of it `support@2`, then `support@3`.
public struct SessionVersion: Sendable, Hashable {
    /// The name without a version.
    public let base: String
    /// The version, counted from 1.
    public let number: Int

    /// Reads a session's name; without a number it is the first version.
    public init(_ name: String) {
        if let at = name.lastIndex(of: "@"), let number = Int(name[name.index(after: at)...]), number > 1 {
            base = String(name[..<at])
            self.number = number
        } else {
            base = name
            number = 1
        }
    }

    /// The latest version of a session.
    ///
    /// - Parameters:
    ///   - name: The session's name; one with a version stands for itself.
    ///   - names: The names that there are.
    /// - Returns: The name with the highest version among them, or the name itself.
    public static func latest(of name: String, among names: [String]) -> String {
        guard SessionVersion(name).number == 1 else { return name }
        return names.filter { SessionVersion($0).base == name }.max {
            SessionVersion($0).number < SessionVersion($1).number
        }
            ?? name
    }

    /// The name of the version after all that there are.
    public static func next(after name: String, among names: [String]) -> String {
        let base = SessionVersion(name).base
        let last = names.map(SessionVersion.init).filter { $0.base == base }.map(\.number).max() ?? 1
        return "\(base)@\(last + 1)"
    }
}
