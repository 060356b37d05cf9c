/// The kinds of things a slot can be filled with out of a reply.
public enum EntityKind: Sendable, Hashable {
    /// What the user says, as typed, of at most so many UTF-8 bytes.
    case text(limit: Int)
    /// A place in Amazon S3.
    case s3URI(S3Place)
    /// A SageMaker model package: an ARN of a version or a group, or a group's name.
    case modelPackage
    /// An AWS Region, as its code.
    case region
    /// One of a list of options, as its id.
    case choice
    /// Some of a list of options, as a list of their ids in the list's order.
    case choices
    /// Yes or no.
    case flag
    /// A local file's path.
    case path
    /// A JSON array or object, as text, of at most so many UTF-8 bytes.
    case json(limit: Int)
    /// The name of a project folder.
    case projectName
    /// A whole number.
    case number(ClosedRange<Int>)

    /// What an S3 URI must name.
    public enum S3Place: String, Sendable, Hashable, CaseIterable {
        /// One object.
        case object
        /// A folder to write to, in the stricter form that Amazon Bedrock takes.
        case output
        /// Either.
        case any
    }
}

/// What was found in a reply for a kind of thing.
public enum Recognition: Sendable, Hashable {
    /// A value, and the half-open UTF-8 byte range of the normalised text that it was found in.
    case value(Value, range: Range<Int>)
    /// Something that was meant as one and is not: what is wrong, and a corrected form where one can be computed.
    case problem(message: String, suggestion: Value?, range: Range<Int>)
    /// Options that come close; one of them must be confirmed.
    case suggestions([ChoiceOption], range: Range<Int>)
    /// Nothing of the kind.
    case nothing
}
