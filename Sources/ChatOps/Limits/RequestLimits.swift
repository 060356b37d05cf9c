internal import Hummingbird

/// The limits that a server holds its users to.
struct RequestLimits: Sendable {
    let settings: ServerSettings.Limits
    let streams: StreamLimiter
    private let users: RateLimiter
    private let sessions: RateLimiter

    init(_ settings: ServerSettings.Limits, now: @escaping @Sendable () -> Int64) {
        self.settings = settings
        streams = StreamLimiter(limit: settings.streamsPerUser)
        users = RateLimiter(perMinute: settings.userPerMinute, burst: settings.burst, now: now)
        sessions = RateLimiter(perMinute: settings.sessionPerMinute, burst: settings.burst, now: now)
    }

    /// Counts a request.
    ///
    /// - Throws: ``Problem`` with 429.
    func take(_ principal: Principal, session: String?) throws {
        if let wait = users.take(principal.owner) {
            throw Problem.tooMany("there are too many requests of this user", retryAfter: wait)
        }
        // Somebody else's session is another key, so that nobody uses it up for its owner.
        if let session, let wait = sessions.take(principal.owner + "\u{0}" + session) {
            throw Problem.tooMany("there are too many requests for this session", retryAfter: wait)
        }
    }
}
