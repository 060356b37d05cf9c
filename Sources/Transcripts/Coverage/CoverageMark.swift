/// How something stands: told by a sign and a word as well as by its colour.
enum CoverageMark: String, CaseIterable {
    /// A transcript covers it.
    case covered
    /// Only examples cover it: a rule's own, or a row of a table of phrasings.
    case example
    /// Some of what stands there is covered.
    case partly
    /// Nothing covers it.
    case missed

    init(_ item: CoverageItem) {
        self = item.isCoveredByTranscripts ? .covered : item.isCovered ? .example : .missed
    }

    /// What several things come to together.
    init(all items: some Sequence<CoverageItem>) {
        let marks = Set(items.map { CoverageMark($0) })
        if marks.contains(.missed) {
            self = marks.count == 1 ? .missed : .partly
        } else {
            self = marks == [.example] ? .example : .covered
        }
    }

    /// The sign.
    var sign: String {
        switch self {
        case .covered: "✓"
        case .example: "e"
        case .partly: "◐"
        case .missed: "✗"
        }
    }

    /// The words for it.
    var words: String {
        switch self {
        case .covered: "covered by a transcript"
        case .example: "covered by examples only"
        case .partly: "partly covered"
        case .missed: "not covered"
        }
    }

    var legend: String {
        "<span class=\"\(rawValue)\"><span aria-hidden=\"true\">\(sign)</span> \(words)</span>"
    }
}
