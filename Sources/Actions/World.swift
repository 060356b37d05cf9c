/// Everything outside the conversation that actions may touch. Tests and transcripts put other parts in.
public struct World: Sendable {
    /// Where AWS calls go; a client that refuses when the user works without AWS.
    public var aws: any AWSClient
    /// The files of the workspace, and nothing outside it.
    public var files: any FileSystem

    /// Makes a world of its parts.
    public init(aws: any AWSClient, files: any FileSystem) {
        self.aws = aws
        self.files = files
    }
}
