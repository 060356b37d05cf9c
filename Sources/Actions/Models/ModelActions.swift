/// The actions about model packages and judges, for the registry.
public enum ModelActions {
    /// All of them.
    public static let all: [any Action] = [
        ResolveModelPackage(), DescribeModelPackage(), FindModelPackageGroups(), ListModelPackageVersions(),
        CompareModelData(), ListJudges(),
    ]
}
