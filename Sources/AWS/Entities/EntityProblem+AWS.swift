public import Intents

extension EntityProblem.Code {
    /// There are too few parts, or too many.
    public static let wrongFieldCount = Self(rawValue: "wrongFieldCount")
    /// The partition of an ARN does not exist.
    public static let unknownPartition = Self(rawValue: "unknownPartition")
    /// The account ID of an ARN is not 12 digits.
    public static let wrongAccount = Self(rawValue: "wrongAccount")
    /// The region is missing, is no region code, or is not in the partition that stands beside it.
    public static let wrongRegion = Self(rawValue: "wrongRegion")
    /// It has the form of a region code and is not in the table.
    public static let unknownRegion = Self(rawValue: "unknownRegion")
    /// It is a name such as `aws-global`, which stands for no place.
    public static let pseudoRegion = Self(rawValue: "pseudoRegion")
    /// The bucket name breaks a rule of S3.
    public static let wrongBucket = Self(rawValue: "wrongBucket")
    /// The bucket name can be read and could not be created today; a warning.
    public static let reservedName = Self(rawValue: "reservedName")
    /// An S3 URI is good for reading, and Bedrock refuses it as an output location.
    public static let notForOutput = Self(rawValue: "notForOutput")
    /// A version is not a number from 1.
    public static let wrongVersion = Self(rawValue: "wrongVersion")
    /// The type of a resource is misspelt.
    public static let wrongResource = Self(rawValue: "wrongResource")
}
