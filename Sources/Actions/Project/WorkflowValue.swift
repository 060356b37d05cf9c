internal import AWS
internal import Intents

/// What values of a state file must be, so that junk is not taken for a hint: what the slot would take of a user.
///
/// Each rule gives the value in the slot's own form, or `nil` where the slot would refuse it.
enum WorkflowValue {
    /// The most UTF-8 bytes of a text; slots for text take no more.
    static let textLimit = 2000

    /// A text in words: nothing invisible that could mislead a reader, and no value of another kind.
    @Sendable static func sentence(_ text: String) -> String? {
        let text = text.replacing("\r\n", with: "\n")
        let hasWord = text.unicodeScalars.contains {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.properties.isEmojiPresentation
        }
        guard hasWord, text.utf8.count <= textLimit, text.allSatisfy(isHarmless), !isOfAnotherKind(text) else {
            return nil
        }
        return text
    }

    /// The S3 URI of an object.
    @Sendable static func object(_ text: String) -> String? {
        guard let uri = try? S3URI(parsing: text), !uri.isPrefix else { return nil }
        return uri.description
    }

    /// The S3 URI of a folder or bucket in the stricter form that Amazon Bedrock writes to.
    @Sendable static func output(_ text: String) -> String? {
        guard let uri = try? S3URI(parsing: text), uri.outputProblem == nil else { return nil }
        return uri.description
    }

    /// The ARN of a model package, with or without its version.
    @Sendable static func modelPackage(_ text: String) -> String? {
        guard let reference = ownedModel(text) else { return nil }
        switch reference.kind {
        case .versionedPackage, .unversionedPackage: return reference.description
        case .group, .otherResource, .bareName: return nil
        }
    }

    /// The ARN of a model package group.
    @Sendable static func groupARN(_ text: String) -> String? {
        guard let reference = ownedModel(text), case .group = reference.kind else { return nil }
        return reference.description
    }

    /// The name of a model package group, or its ARN.
    @Sendable static func group(_ text: String) -> String? {
        name(text) ?? groupARN(text)
    }

    /// The name of something in SageMaker, such as a group or a job.
    @Sendable static func name(_ text: String) -> String? {
        guard case .bareName(let name)? = (try? ModelPackageReference(parsing: text))?.kind else { return nil }
        return name
    }

    /// The code of a Region that exists, whichever way it is written: `us-west-2`, `US West 2`, `Oregon`.
    @Sendable static func region(_ text: String) -> String? {
        (try? Region(parsing: text))?.code
    }

    /// The id of a foundation model: a provider and a model with a period between them.
    ///
    /// - Note: Source: botocore 1.43.11, bedrock `BedrockModelId` (at most 140 characters).
    @Sendable static func modelID(_ text: String) -> String? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isID = parts.count == 2 && text.utf8.count <= 140 && parts.allSatisfy(isModelIDPart)
        return isID ? text : nil
    }

    private static func isModelIDPart(_ part: Substring) -> Bool {
        let isOther: (UInt8) -> Bool = { "-._:".utf8.contains($0) }
        guard let first = part.utf8.first, !isOther(first) else { return false }
        return part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: isOther(byte)
            }
        }
    }

    /// A model that belongs to an account: `aws` owns the public ones, which nobody has fine-tuned.
    private static func ownedModel(_ text: String) -> ModelPackageReference? {
        guard let reference = try? ModelPackageReference(parsing: text), reference.arn?.account != "aws" else {
            return nil
        }
        return reference
    }

    /// Whether a text as a whole is the answer to another question.
    private static func isOfAnotherKind(_ text: String) -> Bool {
        (try? ARN(parsing: text)) != nil || (try? S3URI(parsing: text)) != nil || Region(code: text.lowercased()) != nil
    }

    /// Whether a character cannot mislead a reader: no control, no turn of the reading direction, no hidden letters.
    ///
    /// Joiners stay, which families of emoji and many scripts need, and so do the tags of a flag.
    private static func isHarmless(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        let isFlag = scalars.first == "\u{1F3F4}" && scalars.count <= 8
        return scalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n" || scalar == "\t"
            case .format:
                switch scalar.value {
                case 0x202A...0x202E, 0x2066...0x2069: false
                case 0xE0000...0xE007F: isFlag
                default: true
                }
            case .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
    }
}
