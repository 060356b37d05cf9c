internal import Intents

/// The rule for names of SageMaker model packages and groups.
///
/// - Note: Source: botocore, sagemaker `EntityName`: `[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`.
enum EntityName {
    /// What is wrong with a name; `nil` if it is good.
    ///
    /// The pattern means: letters, digits and hyphens; a letter or digit at both ends; 1...63 of them, hyphens not
    /// counted. SageMaker caps the length with hyphens at 63 as well.
    static func problem(with name: String) -> EntityProblem? {
        guard !name.isEmpty else { return EntityProblem(.empty, "The name is empty.") }
        let isAllowed: (UInt8) -> Bool = { ByteClass.isAlphanumeric($0) || $0 == 0x2D }
        if let shown = name.firstShown(notIn: isAllowed) {
            return EntityProblem(
                .wrongName,
                "The name of a model package or group has only letters, digits and hyphens, and this one has \(shown).",
                suggestion: mended(name)
            )
        }
        guard name.utf8.first != 0x2D, name.utf8.last != 0x2D else {
            return EntityProblem(
                .wrongName,
                "The name of a model package or group begins and ends with a letter or digit.",
                suggestion: mended(name)
            )
        }
        guard name.utf8.count <= 63 else {
            return EntityProblem(
                .wrongLength,
                "The name of a model package or group has at most 63 characters; this one has \(name.utf8.count)."
            )
        }
        return nil
    }

    /// The nearest good name: hyphens for underscores, periods and spaces, and none at the ends; `nil` where that is no
    /// good name either.
    private static func mended(_ name: String) -> String? {
        let words = name.split { $0 == "_" || $0 == "." || $0 == " " || $0 == "-" }
        let mended = words.joined(separator: "-")
        return mended != name && problem(with: mended) == nil ? mended : nil
    }
}
