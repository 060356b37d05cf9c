internal import Configuration

/// Reads settings from several sources, of which the first that has one counts, and remembers what is wrong and where
/// each value came from.
struct SettingsReader {
    /// A place that settings come from.
    struct Source {
        /// What people call it.
        var name: String
        var provider: any ConfigProvider
    }

    /// A setting as it was read.
    struct Entry: Hashable {
        var key: String
        var value: String
        var source: String
    }

    private let sources: [Source]
    private(set) var entries: [Entry] = []
    private(set) var problems: [String] = []

    init(_ sources: [Source]) { self.sources = sources }

    mutating func text(_ key: String, _ initial: String?) -> String? {
        let found = find(key, .string, "a text") { if case .string(let text) = $0 { text } else { nil } }
        note(key, found?.value ?? initial ?? "", found?.source)
        return found?.value ?? initial
    }

    /// A text that is not shown; `nil` where there is none.
    mutating func secret(_ key: String) -> String? {
        let found = find(key, .string, "a text") { if case .string(let text) = $0, !text.isEmpty { text } else { nil } }
        note(key, found == nil ? "" : "***", found?.source)
        return found?.value
    }

    mutating func texts(_ key: String, _ initial: [String]) -> [String] {
        let found = find(key, .stringArray, "a list of texts") {
            if case .stringArray(let texts) = $0 { texts } else { nil }
        }
        note(key, (found?.value ?? initial).joined(separator: ", "), found?.source)
        return found?.value ?? initial
    }

    mutating func flag(_ key: String, _ initial: Bool) -> Bool {
        let found = find(key, .bool, "true or false") { if case .bool(let flag) = $0 { flag } else { nil } }
        note(key, "\(found?.value ?? initial)", found?.source)
        return found?.value ?? initial
    }

    mutating func number(_ key: String, _ initial: Int, in range: ClosedRange<Int>) -> Int {
        let found = find(key, .int, "a whole number") { if case .int(let number) = $0 { number } else { nil } }
        note(key, "\(found?.value ?? initial)", found?.source)
        guard let found else { return initial }
        guard range.contains(found.value) else {
            problems.append(
                "\(key) is \(found.value) (\(found.source)); it is \(range.lowerBound) to \(range.upperBound)"
            )
            return initial
        }
        return found.value
    }

    /// A time in whole seconds.
    mutating func seconds(_ key: String, _ initial: Duration, in range: ClosedRange<Int>) -> Duration {
        .seconds(number(key, Int(initial.components.seconds), in: range))
    }

    mutating func fail(_ problem: String) { problems.append(problem) }

    private mutating func note(_ key: String, _ value: String, _ source: String?) {
        entries.append(Entry(key: key, value: value, source: source ?? "default"))
    }

    private mutating func find<T>(
        _ key: String,
        _ type: ConfigType,
        _ noun: String,
        _ read: (ConfigContent) -> T?
    ) -> (value: T, source: String)? {
        for source in sources {
            do {
                let result = try source.provider.value(forKey: AbsoluteConfigKey(ConfigKey(key)), type: type)
                if let content = result.value?.content, let value = read(content) { return (value, source.name) }
            } catch {
                problems.append("\(key) (\(source.name)) is \(noun), and what is given is none")
                return nil
            }
        }
        return nil
    }
}
