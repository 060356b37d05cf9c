internal import Diagnostics
public import Intents

/// What a user gives when asked for a model package: one version of it, its group, a name, or something else.
///
/// The path of the ARN is counted in segments. Looking for digits at the end is not enough: `model-package/123` is an
/// unversioned package whose name is digits, and `model-package/NAME/1` is version 1 of NAME.
///
/// - Note: Source: AWS API reference "DescribeModelPackage" (`ModelPackageName`).
public struct ModelPackageReference: Entity, CustomStringConvertible {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// An ARN of one version of a package in a group; the version counts from 1.
        case versionedPackage(group: String, version: Int)
        /// An ARN of a package without a version. It may stand alone, or the version was left out.
        case unversionedPackage(name: String)
        /// An ARN of a group.
        case group(name: String)
        /// An ARN of another thing, named for the user: "a training job", "a DataSet in the hub", "an S3 bucket".
        case otherResource(kindName: String)
        /// A name without an ARN: to be looked up as the name of a group.
        case bareName(name: String)
    }

    /// What it is.
    public let kind: Kind
    /// The ARN; `nil` for a bare name.
    public let arn: ARN?

    /// Whether it is in the partition `aws`, or has none.
    ///
    /// The SageMaker SDK recognises model packages by the literal `arn:aws:`, so others parse here and fail there.
    public var isStandardPartition: Bool { arn.map { $0.partition == .standard } ?? true }

    /// The ARN, or the name.
    public var description: String {
        if let arn { return arn.description }
        if case .bareName(let name) = kind { return name }
        return ""
    }

    /// Reads an ARN or a name that is the whole text.
    ///
    /// A text with a colon is read as an ARN and any other as a name.
    public init(parsing text: String) throws(EntityProblem) {
        guard !text.isEmpty else {
            throw EntityProblem(.empty, "There is neither an ARN nor the name of a model package group here.")
        }
        guard text.utf8.contains(UInt8(ascii: ":")) else {
            if let problem = EntityName.problem(with: text) { throw problem }
            kind = .bareName(name: text)
            arn = nil
            return
        }
        let arn = try ARN(parsing: text)
        kind = try Self.kind(of: arn)
        self.arn = arn
    }

    /// Finds ARNs of any kind, and names of groups where the reply makes clear that it gives a name.
    ///
    /// A name is clear if it is quoted and looks like one; if it follows "group", "package", "named" or "called"; or
    /// if it is the whole reply. In the last two cases it must have a digit, a hyphen or a capital inside, so that
    /// "yes" and "the group is unclear" give no name. Where only a name can be meant, use ``init(parsing:)``.
    ///
    /// - Complexity: O(n), n = bytes of the text.
    public static func findAll(in text: String) -> [Found<ModelPackageReference>] {
        let arns = ARN.findAll(in: text)
        if !arns.isEmpty {
            return arns.map { found in
                Found(range: found.range, result: found.result.flatMap(reading))
            }
        }
        return NameSearch(ReplyBytes(text)).findAll().map { range, name in
            Found(range: range, result: .success(ModelPackageReference(name: name)))
        }
    }

    private init(name: String) {
        kind = .bareName(name: name)
        arn = nil
    }

    private static func reading(_ arn: ARN) -> Result<ModelPackageReference, EntityProblem> {
        do throws(EntityProblem) {
            return .success(try ModelPackageReference(parsing: arn.description))
        } catch {
            return .failure(error)
        }
    }
}

extension ModelPackageReference {
    private static func kind(of arn: ARN) throws(EntityProblem) -> Kind {
        guard arn.service == "sagemaker" else {
            try checkMisspeltService(of: arn)
            return .otherResource(kindName: ResourceKindName.name(of: arn))
        }
        switch (arn.resource.type, arn.resource.separator) {
        case ("model-package", "/"):
            try checkPlace(of: arn)
            return try package(arn)
        case ("model-package-group", "/"):
            try checkPlace(of: arn)
            return try group(arn)
        default:
            try checkMisspeltType(of: arn)
            return .otherResource(kindName: ResourceKindName.name(of: arn))
        }
    }

    private static func checkPlace(of arn: ARN) throws(EntityProblem) {
        guard !arn.region.isEmpty else {
            throw EntityProblem(.wrongRegion, "The ARN of a model package names a region; this one's is empty.")
        }
        guard !arn.account.isEmpty else {
            throw EntityProblem(
                .wrongAccount,
                "The ARN of a model package has a 12-digit account ID; this one's is empty."
            )
        }
    }

    private static func package(_ arn: ARN) throws(EntityProblem) -> Kind {
        let segments = try segments(of: arn)
        try checkName(of: arn, segments)
        switch segments.count {
        case 1: return .unversionedPackage(name: segments[0])
        case 2: return .versionedPackage(group: segments[0], version: try version(segments[1], of: arn))
        default:
            throw EntityProblem(
                .malformed,
                "The ARN of a model package ends with model-package/NAME/VERSION; this one has \(segments.count) parts "
                    + "after model-package.",
                suggestion: arn.ifModelPackage("model-package/\(segments[0])/\(segments[1])")
            )
        }
    }

    private static func group(_ arn: ARN) throws(EntityProblem) -> Kind {
        let segments = try segments(of: arn)
        try checkName(of: arn, segments)
        guard segments.count == 1 else {
            throw EntityProblem(
                .malformed,
                "The ARN of a model package group ends with the name of the group and has no version.",
                suggestion: arn.ifModelPackage("model-package/" + segments.joined(separator: "/"))
            )
        }
        return .group(name: segments[0])
    }

    /// The first part of the path is a name; what is wrong with it is mended in the whole ARN.
    private static func checkName(of arn: ARN, _ segments: [String]) throws(EntityProblem) {
        guard var problem = EntityName.problem(with: segments[0]) else { return }
        problem.suggestion = problem.suggestion.flatMap { name in
            let path = [arn.resource.type ?? "", name] + segments.dropFirst()
            return arn.ifModelPackage(path.joined(separator: "/"))
        }
        throw problem
    }

    /// The parts of the path; none of them empty.
    private static func segments(of arn: ARN) throws(EntityProblem) -> [String] {
        let segments = arn.resource.id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard segments.contains("") else { return segments }
        let type = arn.resource.type ?? ""
        throw EntityProblem(
            .malformed,
            "The ARN has a slash too many after \(type).",
            suggestion: arn.ifModelPackage(type + "/" + segments.filter { !$0.isEmpty }.joined(separator: "/"))
        )
    }

    /// A version: 1...999_999_999 without leading zeros (botocore, sagemaker `ModelPackageVersion` and its ARN shape).
    private static func version(_ text: String, of arn: ARN) throws(EntityProblem) -> Int {
        let isPlain = text.allBytes(ByteClass.isDigit) && text.utf8.count <= 9 && text.utf8.first != UInt8(ascii: "0")
        if isPlain, let version = Int(text) { return version }
        let digits = text.drop { $0 == "v" || $0 == "V" || $0 == "0" }
        var suggestion: String?
        if !digits.isEmpty, digits.utf8.count <= 9, digits.allBytes(ByteClass.isDigit) {
            suggestion = arn.withResource("model-package/" + arn.resource.id.dropLast(text.count) + digits)
        } else if ["latest", "newest", "last"].contains(text.asciiLowercased) {
            // The group stands for its newest version.
            suggestion = arn.ifModelPackage("model-package-group/" + arn.resource.id.dropLast(text.count + 1))
        }
        throw EntityProblem(
            .wrongVersion,
            "The version of a model package is a whole number from 1; '\(text)' is not.",
            suggestion: suggestion
        )
    }

    private static func checkMisspeltService(of arn: ARN) throws(EntityProblem) {
        guard arn.resource.type?.hasPrefix("model-package") == true else { return }
        throw EntityProblem(
            .wrongResource,
            "Model packages belong to the service sagemaker, and this ARN says '\(arn.service)'.",
            suggestion: arn.withService("sagemaker")
        )
    }

    private static func checkMisspeltType(of arn: ARN) throws(EntityProblem) {
        let types = ["model-package", "model-package-group"]
        guard let type = arn.resource.type else { return }
        // A colon where the slash belongs is a near miss too, so the right type can be wrong here.
        guard types.contains(type) || !ResourceKindName.isSageMakerType(type) else { return }
        let nearest = NearestWord.nearest(to: type, among: types)
        guard let match = nearest.first else { return }
        throw EntityProblem(
            .wrongResource,
            "This part of the ARN of a model package reads \(types[match])/ in lower case.",
            suggestion: arn.ifModelPackage(types[match] + "/" + arn.resource.id)
        )
    }
}

extension ARN {
    fileprivate func withResource(_ resource: some StringProtocol) -> String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }

    /// The ARN with another resource, if that is a model package or a group.
    fileprivate func ifModelPackage(_ resource: String) -> String? {
        (try? ModelPackageReference(parsing: withResource(resource)))?.description
    }

    fileprivate func withService(_ service: String) -> String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }
}
