import Dialogue
import Testing

/// Properties of the picture of the bundled flow, on seeded walks through it.
@Suite("Wherever a conversation goes, the picture of the flow shows where it is")
struct FlowCourseWalkTests {
    @Test("The innermost present step is the one that is asked at; before it all is settled, behind it all is open")
    func walks() throws {
        let flow = try BundledFlow.compiled()
        var asides = 0
        for seed in UInt64(700_000)..<700_240 {
            var walk = RandomWalk(flow, seed: seed)
            for turn in 0..<16 {
                check(walk, "walk \(seed), turn \(turn)")
                if flow.courses(of: walk.state).count > 1 { asides += 1 }
                if case .ended = walk.state.situation.pending { break }
                walk.reply(walk.anyReply())
            }
        }
        // Among so many there are some that leave the flow for a while.
        #expect(asides > 0)
    }

    private func check(_ walk: RandomWalk, _ place: Comment) {
        let flow = walk.flow
        let courses = flow.courses(of: walk.state)
        #expect(courses.map(\.flow) == [flow.entry] + walk.state.situation.digressions, place)
        for (index, course) in courses.enumerated() {
            // Every step of the flow itself is there, in its order.
            #expect(course.places.filter { $0.level == 0 }.map(\.step) == Array(flow.flows[course.flow].steps), place)
            let present = course.places.indices.filter { course.places[$0].standing == .present }
            if index == courses.count - 1 {
                let innermost = present.last.map { flow.steps[course.places[$0].step].id }
                #expect(innermost == flow.stepID(of: walk.state), place)
            }
            // They are one within the other.
            #expect(present.map { course.places[$0].level } == Array(0..<present.count), place)
            if let last = present.last {
                #expect(course.places[...last].allSatisfy { $0.standing != .ahead }, place)
                #expect(course.places[(last + 1)...].allSatisfy { $0.standing == .ahead }, place)
            }
        }
    }
}
