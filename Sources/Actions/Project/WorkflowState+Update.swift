internal import AWS
internal import Intents

extension WorkflowState {
    /// A value that follows from another one and says nothing of the next.
    private struct Derivation: Sendable {
        var name: String
        var source: String
        /// Whether it stays: its text, and the source's value before, `nil` if there was none, and now.
        var stays: @Sendable (_ value: String, _ before: String?, _ now: String?) -> Bool

        /// In the order in which they take effect: what goes may be the source of another.
        static let all: [Derivation] = [
            Derivation(name: "builtin_metrics", source: "task") { _, before, _ in before == nil },
            // Whoever finds a dataset beside “valid” takes it for one that was checked.
            Derivation(name: "data_shape", source: "dataset") { _, _, _ in false },
            Derivation(name: "dataset_check", source: "dataset") { _, _, _ in false },
            Derivation(name: "model_package_group", source: "model_package_arn") { group, _, now in
                now.map { groupName($0) == groupName(group) } ?? true
            },
            Derivation(name: "region", source: "model_package_arn") { region, _, now in
                let arn = now.flatMap { try? ModelPackageReference(parsing: $0) }?.arn
                return arn.map { $0.region == WorkflowValue.region(region) } ?? true
            },
            // An ARN that gets its version still names what the job made.
            Derivation(name: "training_job", source: "model_package_arn") { _, before, now in
                before.map { now?.hasPrefix($0 + "/") ?? false } ?? true
            },
            Derivation(name: "training_job", source: "model_package_group") { _, before, _ in before == nil },
            Derivation(name: "judge", source: "region") { _, before, _ in before == nil },
        ]

        /// The name of the group that an ARN is in, or that a text names.
        private static func groupName(_ text: String) -> String? {
            switch (try? ModelPackageReference(parsing: text))?.kind {
            case .versionedPackage(let name, _), .unversionedPackage(let name), .group(let name), .bareName(let name):
                name
            case .otherResource, nil: nil
            }
        }
    }

    /// Puts values in and takes out what followed from those that were there before.
    ///
    /// - Parameter values: New values by the keys' names; a key without one stays as it is.
    mutating func update(_ values: [String: JSON]) {
        let before = hints
        let values = writable(values)
        for name in WorkflowKey.names + Self.writtenOnly {
            if let value = values[name] { set(name, to: value) }
        }
        for derivation in Derivation.all where values[derivation.name] == nil {
            let now = hint(derivation.source, among: values) ?? hints[derivation.source]
            guard now != before[derivation.source] else { continue }
            remove(derivation.name) { derivation.stays($0, before[derivation.source], now) }
        }
    }

    /// The values that have room in the file, without what follows from those that have none.
    private func writable(_ values: [String: JSON]) -> [String: JSON] {
        func hasRoom(_ name: String) -> Bool {
            guard let value = values[name] else { return true }
            return root.allSatisfy { $0.name != name || isReplaceable($0.value, by: value) }
        }
        return values.filter { name, _ in
            hasRoom(name) && Derivation.all.allSatisfy { $0.name != name || hasRoom($0.source) }
        }
    }

    /// A new value in the form in which it would be read.
    private func hint(_ name: String, among values: [String: JSON]) -> String? {
        guard let text = values[name]?.string?.trimmed else { return nil }
        return WorkflowKey.all.lazy.filter { $0.name == name }.compactMap { $0.read(text) }.first ?? text
    }

    /// Puts a value in under a key's own name.
    ///
    /// It goes where the file has the key, else before the key's spelling in camel case, else to the end. That spelling
    /// gets the same value, unless it is an object or a list of others.
    private mutating func set(_ name: String, to value: JSON) {
        let camelCase = WorkflowKey.camelCase(name)
        if !root.contains(where: { $0.name == name }) {
            let place = root.firstIndex { $0.name == camelCase } ?? root.endIndex
            root.insert(JSON.Member(name, value), at: place)
        }
        for index in root.indices where root[index].name == name || root[index].name == camelCase {
            if isReplaceable(root[index].value, by: value) { root[index].value = value }
        }
    }

    /// Takes a value out in both spellings, unless it stays.
    private mutating func remove(_ name: String, unless stays: (String) -> Bool) {
        let camelCase = WorkflowKey.camelCase(name)
        root.removeAll { member in
            guard member.name == name || member.name == camelCase else { return false }
            switch member.value {
            case .object: return false
            case .array: return Self.lists.contains(name) && !stays("")
            default: return !stays(member.value.string?.trimmed ?? "")
            }
        }
    }

    /// The keys whose values are lists.
    private static let lists: Set = ["builtin_metrics"]

    private func isReplaceable(_ old: JSON, by new: JSON) -> Bool {
        switch old {
        case .object: false
        case .array: new.array != nil
        default: true
        }
    }
}
