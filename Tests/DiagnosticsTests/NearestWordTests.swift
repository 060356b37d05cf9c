import Diagnostics
import Testing

struct NearestWordTests {
    @Test(arguments: [
        ("", "", 2, 0), ("a", "", 2, 1), ("", "ab", 2, 2), ("abc", "abc", 0, 0), ("abc", "abd", 2, 1),
        ("abc", "acb", 2, 1), ("ca", "abc", 3, 3), ("kitten", "sitting", 3, 3), ("Oregon", "oregno", 2, 1),
        ("größe", "grosse", 3, 3), ("haiku", "hiaku", 1, 1), ("abcdef", "badcfe", 3, 3),
    ])
    func `the distance counts edits and swaps`(first: String, second: String, bound: Int, distance: Int) {
        #expect(NearestWord.distance(from: first, to: second, atMost: bound) == distance)
        #expect(NearestWord.distance(from: second, to: first, atMost: bound) == distance)
        #expect(NearestWord.distance(from: first, to: second, atMost: distance) == distance)
        if distance > 0 { #expect(NearestWord.distance(from: first, to: second, atMost: distance - 1) == nil) }
    }

    @Test func `the bounded distance agrees with the full one`() {
        let letters = Array("ab c")
        // All words of up to 4 signs over an alphabet of 3: the bound must never change the answer.
        var words = [""]
        for length in 1...4 {
            words += words.filter { $0.count == length - 1 }.flatMap { word in
                letters.prefix(2).map { word + String($0) }
            }
        }
        for first in words {
            for second in words {
                let full = NearestWord.distance(from: first, to: second, atMost: 8)
                for bound in 0...4 {
                    let bounded = NearestWord.distance(from: first, to: second, atMost: bound)
                    #expect(bounded == full.flatMap { $0 <= bound ? $0 : nil }, "\(first) \(second) \(bound)")
                }
            }
        }
    }

    @Test func `all of the nearest candidates are given, in their order`() {
        #expect(
            NearestWord.nearest(to: "eu-central-9", among: ["eu-central-1", "us-east-1", "eu-central-2"]) == [0, 2]
        )
        #expect(NearestWord.nearest(to: "aws-cm", among: ["aws", "aws-cn"]) == [1])
        #expect(NearestWord.nearest(to: "cat", among: ["car"]).isEmpty, "short words have no tolerance")
        #expect(NearestWord.nearest(to: "cat", among: ["car"], atMost: 1) == [0])
        #expect(NearestWord.nearest(to: "x", among: []).isEmpty)
    }
}
