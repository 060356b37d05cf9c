/// A document of custom metrics as the user gave it: a file, or text pasted into a conversation.
enum CustomMetricsDocument {
    /// Why a document has no metrics to check.
    ///
    /// The raw value is the outcome.
    enum Fault: String, Error, Sendable {
        case notJSON = "not_json"
        case notArray = "not_array"
        case empty
    }

    /// A fault and what to tell the user.
    struct Failure: Error, Sendable {
        var fault: Fault
        var detail: String
    }

    /// Reads the array.
    ///
    /// - Parameter bytes: UTF-8; a code fence around it, as chats put there, is taken off.
    /// - Returns: Its elements, at least one.
    /// - Throws: ``Failure``; that of a document that is no JSON says `line:column: problem`.
    static func metrics(_ bytes: [UInt8]) throws(Failure) -> [JSON] {
        let bytes = withoutFence(bytes)
        guard bytes.contains(where: { !DatasetHead.isSpace($0) }) else {
            throw Failure(fault: .empty, detail: "there is nothing in it")
        }
        let root: JSON
        do throws(JSONError) {
            root = try JSONParser.parse(bytes)
        } catch {
            throw Failure(fault: .notJSON, detail: "\(error)\(hint(bytes))")
        }
        guard let metrics = root.array else {
            let isMetric = root["customMetricDefinition"] != nil || root["instructions"] != nil
            let hint = isMetric ? "; put [ and ] around it" : ""
            throw Failure(fault: .notArray, detail: "the document is \(root.kindName) where a list is needed\(hint)")
        }
        guard !metrics.isEmpty else { throw Failure(fault: .empty, detail: "the list has no metrics") }
        return metrics
    }

    /// The form in which metrics are stored: each key once, several lines, a newline at the end.
    static func canonicalText(_ metrics: [JSON]) -> String {
        JSON.array(metrics.map(withoutRepeatedKeys)).prettyText() + "\n"
    }

    private static func withoutRepeatedKeys(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map(withoutRepeatedKeys))
        case .object(let members):
            var kept: [JSON.Member] = []
            for member in members {
                let member = JSON.Member(member.name, withoutRepeatedKeys(member.value))
                if let index = kept.firstIndex(where: { $0.name == member.name }) {
                    kept[index] = member
                } else {
                    kept.append(member)
                }
            }
            return .object(kept)
        default: return value
        }
    }

    /// Lines stay where they are, so that the places in messages are those of the user's text.
    private static func withoutFence(_ bytes: [UInt8]) -> [UInt8] {
        let fence = Array("```".utf8)
        guard let first = bytes.firstIndex(where: { !DatasetHead.isSpace($0) }), bytes[first...].starts(with: fence),
            let newline = bytes[first...].firstIndex(of: 0x0A),
            let last = bytes.lastIndex(where: { !DatasetHead.isSpace($0) }), last - 2 > newline,
            bytes[(last - 2)...last].elementsEqual(fence)
        else { return bytes }
        let start = bytes[..<newline].map { $0 == 0x0A ? $0 : 0x20 }
        return start + bytes[newline..<(last - 2)]
    }

    private static func hint(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains { "“”„‟".contains($0) } ? " (typographic quotes are no JSON; use \")" : ""
    }
}
