import Foundation
import Intents

/// A role's trust policy: who may assume it.
///
/// Statements, principals, services and actions may each be one or a list; a principal may be `*`. The grammar is that of
/// the IAM User Guide, "Grammar of the IAM JSON policy language".
struct TrustPolicy: Hashable {
    /// Whether a service may assume the role.
    enum Trust: Hashable {
        /// Yes, always.
        case always
        /// Yes, where conditions of the policy hold that are not known here.
        case underCondition
        /// No.
        case never
    }

    private let statements: [[String: Value]]

    /// Reads a policy as an answer carries it: a record, or JSON as text, also percent-encoded as the bare API has it.
    ///
    /// `nil` where it is no policy.
    init?(_ document: Value) {
        var document = document
        if case .text(let text) = document {
            let json = text.hasPrefix("%") ? text.removingPercentEncoding : text
            guard let json, let value = try? AWSJSON.decode(Array(json.utf8)) else { return nil }
            document = value
        }
        guard case .record(let fields) = document, let statement = fields["Statement"] else { return nil }
        statements = Self.elements(statement).compactMap(\.record)
    }

    /// Whether a service principal such as `bedrock.amazonaws.com` may assume the role.
    ///
    /// A denial beats every permission; whether a condition holds, of a permission or a denial, is not known here.
    func trust(in service: String) -> Trust {
        let relevant = statements.filter { names(service, $0) && coversAssuming($0) }
        let denials = relevant.filter { $0["Effect"]?.text == "Deny" }
        let permissions = relevant.filter { $0["Effect"]?.text == "Allow" }
        if permissions.isEmpty || !denials.allSatisfy(hasCondition) { return .never }
        return denials.isEmpty && !permissions.allSatisfy(hasCondition) ? .always : .underCondition
    }

    private func hasCondition(_ statement: [String: Value]) -> Bool {
        statement["Condition"].map { $0.record?.isEmpty != true } ?? false
    }

    private func names(_ service: String, _ statement: [String: Value]) -> Bool {
        if let principal = statement["Principal"] { return Self.includes(principal, service) }
        if let excluded = statement["NotPrincipal"] { return !Self.includes(excluded, service) }
        return false
    }

    private static func includes(_ principal: Value, _ service: String) -> Bool {
        switch principal {
        case .text(let text): text == "*"
        case .record(let kinds):
            elements(kinds["Service"] ?? []).contains { $0.text?.lowercased() == service || $0.text == "*" }
                || elements(kinds["AWS"] ?? []).contains("*")
        case .number, .flag, .list: false
        }
    }

    private func coversAssuming(_ statement: [String: Value]) -> Bool {
        let isAssuming = { (action: Value) in Self.matches(action.text ?? "", "sts:assumerole") }
        if let actions = statement["Action"] { return Self.elements(actions).contains(where: isAssuming) }
        if let excluded = statement["NotAction"] { return !Self.elements(excluded).contains(where: isAssuming) }
        return false
    }

    private static func elements(_ value: Value) -> [Value] {
        value.list ?? [value]
    }

    /// Whether an action's pattern covers a name in lower case: `*` stands for any characters, `?` for one.
    private static func matches(_ pattern: String, _ name: String) -> Bool {
        let pattern = Array(pattern.lowercased().utf8)
        let name = Array(name.utf8)
        // reached[i]: the pattern so far can end before name[i].
        var reached = [true] + [Bool](repeating: false, count: name.count)
        for byte in pattern {
            var next = [Bool](repeating: false, count: name.count + 1)
            for index in 0...name.count where reached[index] {
                if byte == UInt8(ascii: "*") {
                    for later in index...name.count { next[later] = true }
                } else if index < name.count, byte == UInt8(ascii: "?") || byte == name[index] {
                    next[index + 1] = true
                }
            }
            reached = next
        }
        return reached[name.count]
    }
}

extension TrustPolicy {
    /// The JSON statement that lets services assume a role, to be added to its trust policy.
    static func statement(trusting services: [String]) -> String {
        let list = services.map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            {
              "Effect": "Allow",
              "Principal": {
                "Service": [\(list)]
              },
              "Action": "sts:AssumeRole"
            }
            """
    }
}
