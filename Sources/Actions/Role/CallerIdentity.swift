internal import AWS
internal import Intents

/// Who an ARN of IAM or STS stands for.
///
/// The resource type decides, never a search for `role/`, which `assumed-role/` contains too.
enum CallerIdentity: Hashable {
    /// A role, by the name that `GetRole` takes (without a path).
    case role(name: String)
    /// Someone without a role: what they are.
    case noRole(kind: String)

    /// Reads an ARN.
    init(arn: String) {
        guard let arn = try? ARN(parsing: arn) else {
            self = .noRole(kind: "no identity")
            return
        }
        let resource = arn.resource.description.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (arn.service, resource[0], resource.count) {
        // The session's name may hold `@`, `.` and `=`, but no slash.
        case ("sts", "assumed-role", 3) where !resource[1].isEmpty: self = .role(name: resource[1])
        // A role may have a path, as in `role/service-role/NAME`.
        case ("iam", "role", 2...):
            self = resource.last.flatMap { $0.isEmpty ? nil : .role(name: $0) } ?? .noRole(kind: "no identity")
        case ("iam", "user", 2...): self = .noRole(kind: "user")
        case ("iam", "root", 1): self = .noRole(kind: "root user")
        case ("sts", "federated-user", 2...): self = .noRole(kind: "federated user")
        default: self = .noRole(kind: "no identity")
        }
    }

    /// The account in an ARN; `nil` where it has none.
    static func account(ofARN arn: String) -> String? {
        guard let account = try? ARN(parsing: arn).account, !account.isEmpty else { return nil }
        return account
    }
}
