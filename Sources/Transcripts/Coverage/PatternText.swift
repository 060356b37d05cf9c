internal import Diagnostics
internal import Patterns

/// A pattern, or a part of one, as it stands in a file: a rule's own pattern, a fragment, a frame.
struct PatternText: Sendable {
    /// What the text is.
    enum Owner: Sendable, Hashable {
        /// The pattern of a rule, by its name.
        case rule(String)
        /// A named part of a file's patterns.
        case fragment(String, file: String)
        /// What stands around the patterns of a file.
        case frame(file: String)
    }

    /// What it is.
    let owner: Owner
    /// The text.
    let text: String
    /// Where it begins; `nil` where it stands in no file.
    let location: Location?
    /// Its structure, or why it is not known.
    let tree: Result<PatternTree, PatternTree.Problem>
    private let places: ScalarPlaces?

    /// Takes a text apart and finds its places in the whole file that it stands in.
    init(_ owner: Owner, text: String, at location: Location?, file: String?) {
        self.owner = owner
        self.text = text
        self.location = location
        do throws(PatternTree.Problem) {
            tree = .success(try PatternTreeParser.parse(text))
        } catch {
            tree = .failure(error)
        }
        if let location, let file {
            places = ScalarPlaces(of: text, at: location, in: file)
        } else {
            places = nil
        }
    }

    /// The place of a character; the beginning of the whole where single characters have none.
    func location(of offset: Int) -> Location? { places?[offset] ?? location }

    /// Whether each character has its own place.
    var hasPlaces: Bool { places != nil }

    /// The text of a range of scalars.
    func slice(_ range: Range<Int>) -> String {
        let view = text.unicodeScalars
        let lower = view.index(view.startIndex, offsetBy: range.lowerBound)
        let upper = view.index(lower, offsetBy: range.count)
        return String(view[lower..<upper])
    }
}

extension PatternText.Owner: CustomStringConvertible {
    /// What it is called in reports.
    var description: String {
        switch self {
        case .rule(let name): name
        case .fragment(let name, _): "fragment \(name)"
        case .frame: "frame"
        }
    }
}
