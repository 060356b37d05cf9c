internal import Diagnostics
internal import Intents

/// Reads the parts of one ARN from left to right; the first part that is wrong is the problem.
struct ARNReading {
    private let text: String
    private let fields: [String]

    init(_ text: String) {
        self.text = text
        fields = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
    }

    func arn() throws(EntityProblem) -> ARN {
        guard !text.isEmpty else { throw EntityProblem(.empty, "There is no ARN here.") }
        // SageMaker's ARN shapes allow 2048 characters (botocore, sagemaker `ModelPackageArn`).
        guard text.utf8.count <= 2_048 else {
            throw EntityProblem(.wrongLength, "An ARN has at most 2048 characters; this one has \(text.utf8.count).")
        }
        try checkCharacters()
        try checkPrefix()
        guard fields.count == 6 else { throw wrongFieldCount() }
        try checkCase()
        let partition = try partition()
        try checkService()
        try checkRegion(in: partition)
        try checkAccount()
        guard !fields[5].isEmpty else { throw EntityProblem(.empty, "The ARN ends before it names a resource.") }
        return ARN(
            partition: partition,
            service: fields[2],
            region: fields[3],
            account: fields[4],
            resource: ARN.Resource(fields[5], service: fields[2])
        )
    }

    private func checkCharacters() throws(EntityProblem) {
        let isKey = fields.count == 6 && fields[2].asciiLowercased == "s3"
        if isKey, fields.dropLast().allSatisfy({ $0.allBytes(Self.isVisible) }),
            !text.utf8.contains(where: ByteClass.isControl)
        {
            return
        }
        if text.allBytes(Self.isVisible) { return }
        guard let shown = text.firstShown(notIn: Self.isVisible) else { return }
        throw EntityProblem(.forbiddenCharacter, "An ARN cannot contain \(shown). Please copy it once more.")
    }

    /// Visible ASCII but for what no service allows in a name.
    ///
    /// S3 keys may hold anything that is no control.
    private static func isVisible(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, UInt8(ascii: "<"), UInt8(ascii: ">"), 0x5C, UInt8(ascii: "^"), 0x60, UInt8(ascii: "{"),
            UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: byte > 0x20 && byte < 0x7F
        }
    }

    private func checkPrefix() throws(EntityProblem) {
        guard fields[0] != "arn" else { return }
        if fields[0].asciiLowercased == "arn" {
            throw EntityProblem(.wrongCase, "An ARN begins with arn in lower case.", suggestion: lowercasedForm())
        }
        if Partition(id: fields[0]) != nil {
            throw EntityProblem(
                .malformed,
                "An ARN begins with arn:, which is missing here.",
                suggestion: good("arn:" + text)
            )
        }
        throw EntityProblem(
            .malformed,
            "An ARN begins with arn:, as in arn:aws:service:region:account:resource.",
            suggestion: fields.count == 6 ? good(replacing: 0, with: "arn") : nil
        )
    }

    private func wrongFieldCount() -> EntityProblem {
        var suggestion: String?
        if fields.count == 5, fields[2] == "iam", isAccount(fields[3]) {
            // IAM is global: the region is empty, and its second colon is easily lost.
            suggestion = good("arn:\(fields[1]):iam::\(fields[3]):\(fields[4])")
        } else if (4...5).contains(fields.count), fields[2] == "s3", let bucket = fields.last, !bucket.isEmpty {
            suggestion = good("arn:\(fields[1]):s3:::\(bucket)")
        }
        let missing = missingPart()
        return EntityProblem(
            .wrongFieldCount,
            "An ARN has six parts with colons between them (arn:partition:service:region:account:resource); "
                + "this one has \(fields.count)"
                + (missing.map { ", and \($0.name) seems to be missing." } ?? "."),
            suggestion: suggestion ?? missing?.form
        )
    }

    /// The part that is missing where there are five, and the ARN with it where only one thing can stand there.
    private func missingPart() -> (name: String, form: String?)? {
        guard fields.count == 5 else { return nil }
        let isModelPackage = fields[4].hasPrefix("model-package")
        if Partition(id: fields[1]) == nil, let owner = Partition(ofRegionCode: fields[2]) {
            return ("the partition", good("arn:\(owner):" + fields[1...].joined(separator: ":")))
        }
        if Partition(ofRegionCode: fields[2]) != nil, isAccount(fields[3]) {
            let service = isModelPackage ? "sagemaker:" : nil
            return (
                "the service", service.flatMap { good("arn:\(fields[1]):" + $0 + fields[2...].joined(separator: ":")) }
            )
        }
        if isAccount(fields[4]) { return ("what it names", nil) }
        if isAccount(fields[3]) { return ("the region", nil) }
        if Partition(ofRegionCode: fields[3]) != nil { return ("the account ID", nil) }
        return nil
    }

    private func checkCase() throws(EntityProblem) {
        let upper = fields[1...3].contains { $0.utf8.contains(where: ByteClass.isUpper) }
        guard upper, let suggestion = lowercasedForm() else { return }
        throw EntityProblem(
            .wrongCase,
            "The partition, service and region of an ARN are in lower case.",
            suggestion: suggestion
        )
    }

    private func partition() throws(EntityProblem) -> Partition {
        if let partition = Partition(id: fields[1]) { return partition }
        var suggestion: String?
        if let owner = Partition(ofRegionCode: fields[3]) {
            suggestion = good(replacing: 1, with: owner.id)
        } else if fields[1].isEmpty {
            suggestion = good(replacing: 1, with: Partition.standard.id)
        } else {
            let ids = Partition.all.map(\.id)
            let nearest = NearestWord.nearest(to: fields[1], among: ids, atMost: fields[1].utf8.count < 5 ? 1 : 2)
            if let first = nearest.first { suggestion = good(replacing: 1, with: ids[first]) }
        }
        let what = fields[1].isEmpty ? "The partition of this ARN is empty" : "There is no AWS partition '\(fields[1])'"
        throw EntityProblem(.unknownPartition, what + "; the usual one is aws.", suggestion: suggestion)
    }

    private func checkService() throws(EntityProblem) {
        let service = fields[2]
        guard !service.isEmpty else {
            throw EntityProblem(
                .empty,
                "The service of this ARN is empty; it stands after the second colon.",
                suggestion: withKnownService()
            )
        }
        let shown = service.firstShown { ByteClass.isLower($0) || ByteClass.isDigit($0) || $0 == 0x2D }
        guard let shown else { return }
        throw EntityProblem(
            .forbiddenCharacter,
            "The service of an ARN cannot contain \(shown).",
            suggestion: withKnownService()
        )
    }

    /// The ARN with the service that owns model packages, where it names one.
    private func withKnownService() -> String? {
        fields[5].hasPrefix("model-package") ? good(replacing: 2, with: "sagemaker") : nil
    }

    private func checkRegion(in partition: Partition) throws(EntityProblem) {
        let region = fields[3]
        guard !region.isEmpty, !partition.owns(regionCode: region) || !isPlausible(region) else { return }
        if let owner = Partition(ofRegionCode: region), owner != partition {
            throw EntityProblem(
                .wrongRegion,
                "The region \(region) is in the partition \(owner), and this ARN says \(partition).",
                suggestion: good(replacing: 1, with: owner.id)
            )
        }
        let codes = Region.known.filter { $0.partition == partition }.map(\.code)
        let nearest = NearestWord.nearest(to: region, among: codes)
        // Several regions may be as near; one of them would be a guess.
        let suggestion = nearest.count == 1 ? nearest.first.flatMap { good(replacing: 3, with: codes[$0]) } : nil
        let near = nearest.prefix(3).map { codes[$0] }.joined(separator: ", ")
        throw EntityProblem(
            .wrongRegion,
            "'\(region)' is not the code of an AWS region" + (nearest.count > 1 ? "; near it are \(near)." : "."),
            suggestion: suggestion
        )
    }

    /// Whether a code of the right form can be that of a Region: known, or with a place on the compass, as new ones have.
    private func isPlausible(_ code: String) -> Bool {
        guard Region(code: code) == nil, let place = code.split(separator: "-").dropLast().last else { return true }
        return ["north", "south", "east", "west", "central"].contains { place.contains($0) }
    }

    private func checkAccount() throws(EntityProblem) {
        let account = fields[4]
        // `aws` owns what is public: managed policies, the SageMaker public hub.
        guard !account.isEmpty, account != "aws", !isAccount(account) else { return }
        if account.allBytes(ByteClass.isDigit) {
            throw EntityProblem(
                .wrongAccount,
                "An AWS account ID has 12 digits; this one has \(account.utf8.count). Please copy the ARN once more."
            )
        }
        // The console shows account IDs as 1234-5678-9012; and letters are taken for digits.
        let lookalikes: [Character: Character] = ["O": "0", "o": "0", "l": "1", "I": "1"]
        let digits = String(account.filter { $0 != "-" }.map { lookalikes[$0] ?? $0 })
        let suggestion = isAccount(digits) ? good(replacing: 4, with: digits) : nil
        throw EntityProblem(
            .wrongAccount,
            "An AWS account ID is 12 digits; '\(account)' is not.",
            suggestion: suggestion
        )
    }

    private func isAccount(_ text: String) -> Bool { text.utf8.count == 12 && text.allBytes(ByteClass.isDigit) }

    /// The ARN with lower case where an ARN has it; the resource keeps its case.
    private func lowercasedForm() -> String? {
        good((fields.prefix(4).map(\.asciiLowercased) + fields.dropFirst(4)).joined(separator: ":"))
    }

    private func good(replacing position: Int, with part: String) -> String? {
        var parts = fields
        parts[position] = part
        return good(parts.joined(separator: ":"))
    }

    /// A suggestion only if it is an ARN; one that is wrong in another way would help nobody.
    private func good(_ suggestion: String) -> String? {
        (try? ARN(parsing: suggestion)) == nil ? nil : suggestion
    }
}
