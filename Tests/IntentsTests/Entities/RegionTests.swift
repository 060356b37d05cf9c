import AWS
import Intents
import Testing

struct RegionTests {
    @Test func `every known region is in the partition that owns its code`() {
        #expect(Region.known.count == 46)
        #expect(Set(Region.known.map(\.code)).count == Region.known.count)
        for region in Region.known {
            #expect(region.partition.owns(regionCode: region.code))
            #expect(Partition.all.filter { $0.owns(regionCode: region.code) } == [region.partition])
            #expect(Region(code: region.code) == region)
        }
    }

    @Test(arguments: Region.known)
    func `a region is found by its code and by its name`(region: Region) {
        for text in [
            region.code, region.name, region.code.uppercased(), "the \(region.name).", "in \(region.code), ok",
        ] {
            #expect(Region.findAll(in: text).map(\.value) == [region], "\(text)")
        }
    }

    @Test(arguments: [
        ("us-west-2", "us-west-2"), ("US-West-2", "us-west-2"), ("us west 2", "us-west-2"), ("us-west2", "us-west-2"),
        ("uswest2", "us-west-2"), ("us_west_2", "us-west-2"), ("Oregon", "us-west-2"), ("n. virginia", "us-east-1"),
        ("ap southeast 1", "ap-southeast-1"), ("São Paulo", "sa-east-1"), ("SÃO PAULO", "sa-east-1"),
        ("Zürich", "eu-central-2"), ("us gov west 1", "us-gov-west-1"),
    ])
    func `a region is read in the ways users write it`(text: String, code: String) throws {
        #expect(try Region(parsing: text).code == code)
    }

    @Test(arguments: [
        ProblemRow("", .empty),
        ProblemRow("eu-central-9", .unknownRegion, says: "near it are eu-central-1 and eu-central-2"),
        ProblemRow("us-wset-2", .unknownRegion, suggestion: "us-west-2"),
        ProblemRow("us-west-2a", .unknownRegion, says: "availability zone", suggestion: "us-west-2"),
        ProblemRow("aws-global", .pseudoRegion, says: "no place"),
        ProblemRow("aws-cn-global", .pseudoRegion),
        ProblemRow("Atlantis", .unknownRegion, says: "'atlantis'"),
        ProblemRow("us-west-2 ", .unknownRegion, suggestion: "us-west-2"),
        ProblemRow("mars-north-1\u{7}", .unknownRegion, says: "This"),
    ])
    func `what is no region says so and offers the nearest`(row: ProblemRow) throws {
        try row.check(Region.self)
    }

    @Test(arguments: [
        FindingRow("use us-west-2, please", "us-west-2"),
        FindingRow("region:us-west-2.", "us-west-2"),
        FindingRow("region=us-west-2;", "us-west-2"),
        FindingRow("(us-west-2)", "us-west-2"),
        FindingRow("`us-west-2`", "us-west-2"),
        FindingRow("us-east-1 or eu-west-1?", "us-east-1", "eu-west-1"),
        FindingRow("Ireland's fine", "eu-west-1 «Ireland»"),
        FindingRow("Frankfurt, not Tokyo", "eu-central-1 «Frankfurt»", "ap-northeast-1 «Tokyo»"),
        FindingRow("US East (N. Virginia)", "us-east-1 «US East (N. Virginia)»"),
        FindingRow("Asia Pacific (Tokyo)", "ap-northeast-1 «Asia Pacific (Tokyo)»"),
        FindingRow("in N. Virginia", "us-east-1 «N. Virginia»"),
        FindingRow("us west 2 please", "us-west-2 «us west 2»"),
        FindingRow("eu-central-9", "!unknownRegion «eu-central-9»"),
        FindingRow("try us-esat-1!", "!unknownRegion «us-esat-1» -> us-east-1"),
        FindingRow("aws-global", "!pseudoRegion «aws-global»"),
        FindingRow("zone us-west-2b", "!unknownRegion «us-west-2b» -> us-west-2"),
        FindingRow("arn:aws:sagemaker:us-west-2:123456789012:model/m"),
        FindingRow("s3://my-bucket/us-west-2/x"),
        FindingRow("https://s3.us-west-2.amazonaws.com/b"),
        FindingRow("my-bucket-us-west-2"),
        FindingRow("us-west-2-data"),
        FindingRow("us-west-2.amazonaws.com"),
        FindingRow("parisian"),
        FindingRow("Paris-based"),
        FindingRow("me-too-2 wants us"),
        FindingRow("tell us west 20 people"),
        FindingRow("model-3-v2"),
        FindingRow("us-west"),
        FindingRow("house-2024-01"),
        FindingRow("anthropic.claude-3-haiku-20240307-v1:0"),
        FindingRow(""),
    ])
    func `regions are found as words of their own`(row: FindingRow) {
        #expect(summary(of: Region.findAll(in: row.text), in: row.text) == row.found)
    }
}
