internal import Foundation

/// Names for new projects: 1 to 64 of `a-z`, `0-9` and `-`, with no hyphen at either end.
enum ProjectSlug {
    static let lengthLimit = 64

    /// Words of a task that tell projects nothing.
    private static let fillers: Set<String> = [
        "a", "about", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "given", "i", "in", "is", "it",
        "its",
        "me", "model", "my", "of", "on", "or", "our", "should", "so", "that", "the", "their", "them", "this", "to",
        "trained",
        "tuned", "fine", "us", "was", "we", "will", "with",
    ]

    /// Whether a name may be that of a new project.
    static func isValid(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        return isPlain && (1...lengthLimit).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
    }

    /// A name that no project has yet, made of the first words of a task that say something.
    ///
    /// - Parameters:
    ///   - task: In any language; accents are dropped, and letters outside `a-z` with them.
    ///   - taken: Names that are in use.
    /// - Returns: A valid name; `model-evaluation`, with a number where needed, when the task gives none.
    static func suggestion(for task: String, taken: Set<String>) -> String {
        let plain = task.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars.filter {
            !$0.properties.isDiacritic && $0.properties.generalCategory != .nonspacingMark
        }
        let words = String(String.UnicodeScalarView(plain))
            .split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
            .map(String.init)
            .filter { !fillers.contains($0) }
        var name = ""
        for word in words.prefix(5) {
            let longer = name.isEmpty ? word : name + "-" + word
            // Room for a number at the end.
            guard longer.utf8.count <= lengthLimit - 4 else { break }
            name = longer
        }
        if name.isEmpty { name = "model-evaluation" }
        let candidates = (1...999).lazy.map { $0 == 1 ? name : "\(name)-\($0)" }
        return candidates.first { !taken.contains($0) } ?? name
    }
}
