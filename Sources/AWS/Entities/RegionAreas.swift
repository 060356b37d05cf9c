internal import Intents

/// Where the Regions lie that users name by something larger or smaller than AWS does: by country, city or coast.
///
/// - Note: Source: AWS Global Infrastructure, "AWS Regions and Availability Zones" (the country of each Region).
enum RegionAreas {
    /// The codes of the Regions by a name in lower case.
    static let codes: [String: [String]] = {
        var codes: [String: [String]] = [:]
        for (names, regions) in areas {
            for name in names { codes[name] = regions }
        }
        return codes
    }()

    /// A name as it is shown.
    static func title(of name: String) -> String {
        if ["us", "usa", "uk"].contains(name) { return "the " + name.uppercased() }
        if name == "eu" { return "the EU" }
        return name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    private static let areas: [(names: [String], codes: [String])] = [
        (["germany"], ["eu-central-1"]),
        (["france"], ["eu-west-3"]),
        (["uk", "united kingdom", "great britain", "britain", "england"], ["eu-west-2"]),
        (["sweden"], ["eu-north-1"]),
        (["italy", "milano"], ["eu-south-1"]),
        (["madrid", "aragon", "zaragoza"], ["eu-south-2"]),
        (["switzerland"], ["eu-central-2"]),
        (["japan"], ["ap-northeast-1", "ap-northeast-3"]),
        (["korea", "south korea"], ["ap-northeast-2"]),
        (["india"], ["ap-south-1", "ap-south-2"]),
        (["australia"], ["ap-southeast-2", "ap-southeast-4"]),
        (["indonesia"], ["ap-southeast-3"]),
        (["kuala lumpur"], ["ap-southeast-5"]),
        (["auckland"], ["ap-southeast-6"]),
        (["bangkok"], ["ap-southeast-7"]),
        (["taiwan"], ["ap-east-2"]),
        (["brazil"], ["sa-east-1"]),
        (["canada"], ["ca-central-1", "ca-west-1"]),
        (["queretaro", "querétaro"], ["mx-central-1"]),
        (["south africa"], ["af-south-1"]),
        (["israel"], ["il-central-1"]),
        (["dubai", "united arab emirates", "emirates"], ["me-central-1"]),
        (["china"], ["cn-north-1", "cn-northwest-1"]),
        (["govcloud", "gov cloud", "us gov"], ["us-gov-east-1", "us-gov-west-1"]),
        (["east coast"], ["us-east-1"]),
        (["west coast"], ["us-west-1", "us-west-2"]),
        (["us", "usa", "united states", "america"], ["us-east-1", "us-east-2", "us-west-1", "us-west-2"]),
        (
            ["europe", "eu"],
            [
                "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2",
                "eu-west-3",
            ]
        ),
    ]
}
