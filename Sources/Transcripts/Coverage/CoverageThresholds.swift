/// How much of each axis a suite must cover: `steps=100,alternatives=95`.
public struct CoverageThresholds: Sendable, Hashable {
    /// By axis, percent from 0 to 100.
    public var percent: [CoverageAxis: Double]

    /// Why a text is no thresholds.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to write.
        public let description: String
    }

    /// Reads thresholds.
    ///
    /// - Parameter text: `AXIS=PERCENT` with commas between them; each axis at most once.
    /// - Throws: ``Failure``.
    public init(_ text: String) throws(Failure) {
        percent = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: "=", omittingEmptySubsequences: false).map { String($0.spaceTrimmed) }
            guard words.count == 2, let axis = CoverageAxis(rawValue: words[0]) else {
                let known = CoverageAxis.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(description: "'\(part)' is not AXIS=PERCENT; the axes are \(known)")
            }
            guard let value = Double(words[1]), (0...100).contains(value) else {
                throw Failure(description: "'\(words[1])' is no percentage from 0 to 100")
            }
            guard percent.updateValue(value, forKey: axis) == nil else {
                throw Failure(description: "'\(axis.rawValue)' is given twice")
            }
        }
    }

    /// What falls short, a sentence an axis; empty where all is well.
    public func shortfalls(of report: CoverageReport) -> [String] {
        CoverageAxis.allCases.compactMap { axis in
            guard let wanted = percent[axis] else { return nil }
            let figure = report.figure(axis)
            guard figure.percent + 1e-9 < wanted else { return nil }
            return
                "\(axis.rawValue): \(figure.covered) of \(figure.total) covered (\(CoverageReport.shown(figure.percent))), "
                + "and \(CoverageReport.shown(wanted)) are wanted"
        }
    }
}
