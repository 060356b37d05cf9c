extension PatternParts {
    /// A pattern that stands by itself, with the parts it uses.
    ///
    /// A part is put where it is used, as PCRE2 then knows with which letters a match can begin; a long one is written
    /// once and called.
    ///
    /// - Parameters:
    ///   - pattern: A pattern as written.
    ///   - limit: How many bytes a part may have that is put in place.
    /// - Returns: A pattern with no call that it does not define.
    /// - Complexity: O(n), n = bytes of the result.
    func assembled(_ pattern: String, inlining limit: Int) -> String {
        var assembly = Assembly(parts: self, limit: limit)
        let body = assembly.filled(pattern)
        return assembly.definitions + body
    }

    /// The parts that a pattern uses, directly or through others, as a group that only defines them.
    package func definitions(for pattern: String) -> String {
        var assembly = Assembly(parts: self, limit: 0)
        _ = assembly.filled(pattern)
        return assembly.definitions
    }
}

/// A pattern while it is put together.
private struct Assembly {
    let parts: PatternParts
    let limit: Int
    /// The parts that are called, in the order in which they were met.
    private var called: [(name: String, body: String)] = []
    private var known: Set<String> = []
    private var open: [String] = []
    /// Fragments that use themselves, which can only be called.
    private var recursive: Set<String> = []
    private var bodies: [String: String] = [:]

    init(parts: PatternParts, limit: Int) {
        self.parts = parts
        self.limit = limit
    }

    var definitions: String {
        called.isEmpty ? "" : "(?(DEFINE)" + called.map { "(?<\($0.name)>\($0.body))" }.joined() + ")"
    }

    /// A pattern with its short parts put in place.
    mutating func filled(_ pattern: String) -> String {
        var result: [UInt8] = []
        let bytes = Array(pattern.utf8)
        result.reserveCapacity(bytes.count)
        var index = 0
        // By bytes, as a search by characters would be the greater part of reading a flow.
        while index < bytes.count {
            guard let (name, end) = Self.call(in: bytes, at: index) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            if let body = body(of: name) {
                result += "(?:\(body))".utf8
            } else {
                result += bytes[index..<end]
            }
            index = end
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What is put in place of a call; `nil` where the call stays.
    private mutating func body(of name: String) -> String? {
        if let body = bodies[name] { return body }
        if known.contains(name) { return nil }
        if open.contains(name) {
            recursive.insert(name)
            return nil
        }
        let body: String
        if let fragment = parts.fragments[name] {
            open.append(name)
            body = filled(fragment)
            open.removeLast()
        } else if let list = parts.words[name] {
            body = list.pattern
        } else {
            return nil
        }
        guard body.utf8.count > limit || recursive.contains(name) else {
            bodies[name] = body
            return body
        }
        known.insert(name)
        called.append((name, body))
        return nil
    }

    /// The name in `(?&name)` and where the call ends.
    private static func call(in bytes: [UInt8], at index: Int) -> (name: String, end: Int)? {
        guard index + 4 < bytes.count, bytes[index] == UInt8(ascii: "("), bytes[index + 1] == UInt8(ascii: "?"),
            bytes[index + 2] == UInt8(ascii: "&"),
            let end = bytes[(index + 3)...].firstIndex(of: UInt8(ascii: ")"))
        else { return nil }
        return (String(decoding: bytes[(index + 3)..<end], as: UTF8.self), end + 1)
    }
}
