/// How long somebody may have claimed an action or messages.
package enum Claim {
    /// The longest claim that anybody makes, in milliseconds, with room for clocks that differ: two hours.
    ///
    /// One that ends later was made by a clock that was far ahead. It counts as ended, so that nobody waits until that time
    /// has come.
    package static let longest: Int64 = 7_200_000

    /// The latest time at which a claim can rightly end.
    package static func latestEnd(at now: Int64) -> Int64 { now + longest }

    /// Whether a claim is over.
    static func isOver(_ until: Int64, at now: Int64) -> Bool { until <= now || until > latestEnd(at: now) }
}
