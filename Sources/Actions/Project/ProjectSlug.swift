internal import Intents

/// Names for new projects, in the form of ``ProjectName``.
enum ProjectSlug {
    /// Words of a task that tell projects nothing.
    private static let fillers: Set<String> = [
        "a", "about", "an", "and", "are", "as", "at", "be", "by", "can", "fine", "for", "from", "given", "i", "in",
        "is",
        "it", "its", "me", "model", "my", "of", "on", "or", "our", "should", "so", "that", "the", "their", "them",
        "this",
        "to", "trained", "tuned", "us", "was", "we", "will", "with",
    ]

    /// Whether a name may be that of a new project.
    static func isValid(_ name: String) -> Bool {
        (try? ProjectName(parsing: name)) != nil
    }

    /// A name that no project has yet, made of the first words of a task that say something.
    ///
    /// - Parameters:
    ///   - task: In any language; accents are dropped, and letters outside `a-z` with them.
    ///   - taken: Names that are in use. Upper and lower case are one: some file systems hold them so.
    /// - Returns: A valid name; `model-evaluation`, with a number where needed, when the task gives none.
    static func suggestion(for task: String, taken: Set<String>) -> String {
        let words = task.split(whereSeparator: \.isWhitespace)
            .compactMap { ProjectName.slug(of: String($0)) }
            .flatMap { $0.split(separator: "-").map(String.init) }
            .filter { !fillers.contains($0) }
        var name = ""
        for word in words.prefix(5) {
            let longer = name.isEmpty ? word : name + "-" + word
            // Room for a number at the end.
            guard longer.utf8.count <= ProjectName.maximumLength - 4 else { break }
            name = longer
        }
        if name.isEmpty { name = "model-evaluation" }
        let taken = Set(taken.map { $0.lowercased() })
        let candidates = (1...999).lazy.map { $0 == 1 ? name : "\(name)-\($0)" }
        return candidates.first { !taken.contains($0) && $0 != "new" } ?? name
    }
}
