/// Finds what a slot can hold in a reply.
public enum Recognizer {
    /// Looks for one kind of thing.
    ///
    /// - Parameters:
    ///   - kind: What is looked for.
    ///   - utterance: The reply.
    ///   - expected: The options, for choices.
    public static func recognize(
        _ kind: EntityKind,
        in utterance: Utterance,
        answering expected: Question
    ) -> Recognition {
        .nothing
    }

    /// What kind of thing a reply is that free text should not swallow; `nil` where it is prose.
    static func stranger(in text: String) -> String? { nil }
}
