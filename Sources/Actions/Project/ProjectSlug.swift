internal import Intents

/// Names for new projects, in the form that the entity type `project_name` has.
enum ProjectSlug {
    /// Words of a task that tell projects nothing.
    private static let fillers: Set<String> = [
        "a", "about", "an", "and", "are", "as", "at", "be", "by", "can", "fine", "for", "from", "given", "i", "in",
        "is",
        "it", "its", "me", "model", "my", "of", "on", "or", "our", "should", "so", "that", "the", "their", "them",
        "this",
        "to", "trained", "tuned", "us", "was", "we", "will", "with",
    ]

    /// The longest name, in characters.
    private static let maximumLength = 64

    /// Whether a name may be that of a new project: `a-z`, digits and hyphens, with no hyphen at either end.
    static func isValid(_ name: String) -> Bool {
        let isAllowed: (UInt8) -> Bool = { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return (1...maximumLength).contains(name.utf8.count) && name.utf8.allSatisfy(isAllowed)
            && !name.hasPrefix("-") && !name.hasSuffix("-")
    }

    /// A name that no project has yet, made of the first words of a task that say something.
    ///
    /// - Parameters:
    ///   - task: In any language; accents are dropped, and letters outside `a-z` with them.
    ///   - taken: Names that are in use. Upper and lower case are one: some file systems hold them so.
    /// - Returns: A valid name; `model-evaluation`, with a number where needed, when the task gives none.
    static func suggestion(for task: String, taken: Set<String>) -> String {
        let words = task.split(whereSeparator: \.isWhitespace)
            .compactMap { String($0).slug(limit: maximumLength) }
            .flatMap { $0.split(separator: "-").map(String.init) }
            .filter { !fillers.contains($0) }
        var name = ""
        for word in words.prefix(5) {
            let longer = name.isEmpty ? word : name + "-" + word
            // Room for a number at the end.
            guard longer.utf8.count <= maximumLength - 4 else { break }
            name = longer
        }
        if name.isEmpty { name = "model-evaluation" }
        let taken = Set(taken.map { $0.lowercased() })
        let candidates = (1...999).lazy.map { $0 == 1 ? name : "\(name)-\($0)" }
        return candidates.first { !taken.contains($0) && $0 != "new" } ?? name
    }
}
