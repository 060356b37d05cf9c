internal import AWS
internal import Intents

extension ModelPackageReference {
    /// The group whose versions are meant, as the API takes it (a name, or the group's own ARN), with the Region of an ARN;
    /// `nil` where it is the ARN of something else.
    ///
    /// An ARN without a version names its group.
    var group: (name: String, region: String?)? {
        switch kind {
        case .versionedPackage(let group, _): (group, arn?.region)
        case .unversionedPackage(let name): (name, arn?.region)
        case .group: (description, arn?.region)
        case .bareName(let name): (name, nil)
        case .otherResource: nil
        }
    }
}
