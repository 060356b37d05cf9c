extension Region {
    /// All regions of all partitions, those of the standard partition first.
    ///
    /// - Note: Source: botocore 1.43.11 `partitions.json` (codes and names). The short names that users say are ours.
    public static let known: [Region] = [
        Region(
            "us-east-1",
            "US East (N. Virginia)",
            ["n. virginia", "n virginia", "north virginia", "northern virginia", "virginia"]
        ),
        Region("us-east-2", "US East (Ohio)", ["ohio"]),
        Region(
            "us-west-1",
            "US West (N. California)",
            ["n. california", "n california", "north california", "northern california", "california"]
        ),
        Region("us-west-2", "US West (Oregon)", ["oregon"]),
        Region("af-south-1", "Africa (Cape Town)", ["cape town"]),
        Region("ap-east-1", "Asia Pacific (Hong Kong)", ["hong kong"]),
        Region("ap-east-2", "Asia Pacific (Taipei)", ["taipei"]),
        Region("ap-northeast-1", "Asia Pacific (Tokyo)", ["tokyo"]),
        Region("ap-northeast-2", "Asia Pacific (Seoul)", ["seoul"]),
        Region("ap-northeast-3", "Asia Pacific (Osaka)", ["osaka"]),
        Region("ap-south-1", "Asia Pacific (Mumbai)", ["mumbai"]),
        Region("ap-south-2", "Asia Pacific (Hyderabad)", ["hyderabad"]),
        Region("ap-southeast-1", "Asia Pacific (Singapore)", ["singapore"]),
        Region("ap-southeast-2", "Asia Pacific (Sydney)", ["sydney"]),
        Region("ap-southeast-3", "Asia Pacific (Jakarta)", ["jakarta"]),
        Region("ap-southeast-4", "Asia Pacific (Melbourne)", ["melbourne"]),
        Region("ap-southeast-5", "Asia Pacific (Malaysia)", ["malaysia"]),
        Region("ap-southeast-6", "Asia Pacific (New Zealand)", ["new zealand"]),
        Region("ap-southeast-7", "Asia Pacific (Thailand)", ["thailand"]),
        Region(
            "ca-central-1",
            "Canada (Central)",
            ["canada central", "canada (central)", "central canada", "montreal", "montréal"]
        ),
        Region("ca-west-1", "Canada West (Calgary)", ["canada west", "calgary"]),
        Region("eu-central-1", "Europe (Frankfurt)", ["frankfurt"]),
        Region("eu-central-2", "Europe (Zurich)", ["zurich", "zürich"]),
        Region("eu-north-1", "Europe (Stockholm)", ["stockholm"]),
        Region("eu-south-1", "Europe (Milan)", ["milan"]),
        Region("eu-south-2", "Europe (Spain)", ["spain"]),
        Region("eu-west-1", "Europe (Ireland)", ["ireland", "dublin"]),
        Region("eu-west-2", "Europe (London)", ["london"]),
        Region("eu-west-3", "Europe (Paris)", ["paris"]),
        Region("il-central-1", "Israel (Tel Aviv)", ["tel aviv"]),
        Region("me-central-1", "Middle East (UAE)", ["uae"]),
        Region("me-south-1", "Middle East (Bahrain)", ["bahrain"]),
        Region("mx-central-1", "Mexico (Central)", ["mexico central", "mexico (central)", "central mexico", "mexico"]),
        Region("sa-east-1", "South America (Sao Paulo)", ["sao paulo", "são paulo"]),
        Region("cn-north-1", "China (Beijing)", ["beijing"]),
        Region("cn-northwest-1", "China (Ningxia)", ["ningxia"]),
        Region("us-gov-east-1", "AWS GovCloud (US-East)", ["govcloud east", "govcloud us-east", "govcloud (us-east)"]),
        Region("us-gov-west-1", "AWS GovCloud (US-West)", ["govcloud west", "govcloud us-west", "govcloud (us-west)"]),
        Region("us-iso-east-1", "US ISO East", []),
        Region("us-iso-west-1", "US ISO West", []),
        Region("us-isob-east-1", "US ISOB East (Ohio)", []),
        Region("us-isob-west-1", "US ISOB West", []),
        Region("eu-isoe-west-1", "EU ISOE West", []),
        Region("us-isof-east-1", "US ISOF East", []),
        Region("us-isof-south-1", "US ISOF South", []),
        Region("eusc-de-east-1", "AWS European Sovereign Cloud (Germany)", ["european sovereign cloud"]),
    ]

    static let byCode = Dictionary(uniqueKeysWithValues: known.map { ($0.code, $0) })
}
