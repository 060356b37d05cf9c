import Synchronization
import Testing

@testable import ChatOps

@Suite("A rate limiter lets each key through so often")
struct RateLimiterTests {
    private final class Time: Sendable {
        let now = Mutex<Int64>(1_000_000)
        func pass(_ milliseconds: Int64) { now.withLock { $0 += milliseconds } }
        var clock: @Sendable () -> Int64 { { self.now.withLock { $0 } } }
    }

    @Test("A burst is let through at once, then one at a time")
    func burst() {
        let time = Time()
        let limiter = RateLimiter(perMinute: 60, burst: 3, now: time.clock)
        for _ in 0..<3 { #expect(limiter.take("a") == nil) }
        #expect(limiter.take("a") == .seconds(1))
        #expect(limiter.take("b") == nil, "another key has a burst of its own")
        time.pass(999)
        #expect(limiter.take("a") == .milliseconds(1))
        time.pass(1)
        #expect(limiter.take("a") == nil)
        #expect(limiter.take("a") != nil)
        time.pass(60_000)
        for _ in 0..<3 { #expect(limiter.take("a") == nil) }
        #expect(limiter.take("a") != nil, "a long rest gives no more than a burst")
    }

    @Test("A clock that is set back locks nobody out")
    func clockSetBack() {
        let time = Time()
        let limiter = RateLimiter(perMinute: 60, burst: 2, now: time.clock)
        for _ in 0..<3 { _ = limiter.take("a") }
        time.pass(-900_000)
        #expect(limiter.take("a").map { $0 <= .seconds(2) } ?? true)
        time.pass(2_000)
        #expect(limiter.take("a") == nil)
    }

    @Test("Keys at rest are forgotten, others are not")
    func forgetting() {
        let time = Time()
        let limiter = RateLimiter(perMinute: 60, burst: 1, capacity: 2, now: time.clock)
        #expect(limiter.take("a") == nil)
        #expect(limiter.take("b") == nil)
        #expect(limiter.take("c") == nil)
        #expect(limiter.take("a") != nil)
        #expect(limiter.take("b") != nil)
    }
}
