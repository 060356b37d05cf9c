/// Everything outside the conversation that actions may touch.
///
/// Tests and transcripts put other parts in.
public struct World: Sendable {
    /// Where AWS calls go; a client that refuses when the user works offline.
    public var aws: any AWSClient
    /// The files of the workspace, and nothing outside it.
    public var files: any FileSystem
    /// The flow's data files (tables such as `judges.yaml`): the text of the file with that name in the flow's folder,
    /// or `nil` where there is none.
    public var data: @Sendable (_ name: String) -> String?

    /// Makes a world of its parts.
    public init(
        aws: any AWSClient,
        files: any FileSystem,
        data: @escaping @Sendable (_ name: String) -> String? = { _ in nil }
    ) {
        self.aws = aws
        self.files = files
        self.data = data
    }
}
