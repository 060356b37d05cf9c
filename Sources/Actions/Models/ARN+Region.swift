internal import AWS
internal import Intents

extension ARN {
    /// The Region that a text names; `nil` where it is no ARN, or an ARN without a Region.
    static func region(of text: String) -> String? {
        guard let arn = try? ARN(parsing: text), !arn.region.isEmpty else { return nil }
        return arn.region
    }
}
