public import Dialogue

/// The flows that an engine can go through: what new sessions begin with, and what old ones were begun with.
public struct FlowCatalog: Sendable {
    private var current: [String: Flow] = [:]
    private var byDigest: [String: Flow] = [:]

    /// Makes a catalog.
    ///
    /// - Parameters:
    ///   - flows: The flows that new sessions may go through, by folder and entry; the first of a folder is the one that
    ///     is gone through where no entry is named.
    ///   - earlier: Versions that only sessions begun with them go through.
    public init(_ flows: [Flow], earlier: [Flow] = []) {
        for flow in earlier + flows { byDigest[flow.digest] = flow }
        for flow in flows {
            let key = Self.key(flow.name, flow.flows[flow.entry].name)
            if current[key] == nil { current[key] = flow }
            if current[flow.name] == nil { current[flow.name] = flow }
        }
    }

    /// The flow for a new session, or `nil` where there is none of that name.
    public func flow(named name: String, entry: String? = nil) -> Flow? {
        current[entry.map { Self.key(name, $0) } ?? name]
    }

    /// The digests of the flows that new sessions may go through.
    public var digests: [String] { Set(current.values.map(\.digest)).sorted() }

    /// The version of a flow that has a digest.
    public func flow(withDigest digest: String) -> Flow? { byDigest[digest] }

    private static func key(_ name: String, _ entry: String) -> String { name + "/" + entry }
}
