internal import Dialogue
internal import Intents

/// The bytes of a dataset, piece by piece.
///
/// An object in S3 is read by ranges; from the second on, only while it is still the object that the first came from.
struct DatasetSource {
    /// Bytes in one piece, unless the caller wants others: 8 MiB.
    static let pieceSize = 8 << 20

    private let location: DatasetLocation
    private let region: String?
    private let world: World
    private let pieceSize: Int
    private var offset = 0
    private var tag: String?
    /// Whether everything was read.
    private(set) var isAtEnd = false

    /// Prepares to read; nothing is read yet.
    init(_ location: DatasetLocation, region: String?, world: World, pieceSize: Int = pieceSize) {
        self.location = location
        self.region = region
        self.world = world
        self.pieceSize = pieceSize
    }

    /// The next piece; `nil` at the end.
    ///
    /// - Throws: ``AWSFailure``, ``FileFailure`` or `CancellationError`.
    mutating func next() async throws -> [UInt8]? {
        try Task.checkCancellation()
        guard !isAtEnd else { return nil }
        let piece =
            switch location {
            case .object(let bucket, let key): try await piece(of: key, in: bucket)
            case .file(let path): try piece(of: path)
            }
        offset += piece.count
        return piece.isEmpty ? nil : piece
    }

    private mutating func piece(of path: String) throws -> [UInt8] {
        let piece = try world.files.readUserFile(path, from: offset, count: pieceSize)
        isAtEnd = piece.count < pieceSize
        return piece
    }

    private mutating func piece(of key: String, in bucket: String) async throws -> [UInt8] {
        var parameters: [String: Value] = [
            "Bucket": .text(bucket), "Key": .text(key), "Range": .text("bytes=\(offset)-\(offset + pieceSize - 1)"),
        ]
        if let tag { parameters["IfMatch"] = .text(tag) }
        let response: AWSResponse
        do {
            response = try await world.aws.call(
                AWSRequest("s3api", "get-object", region: region, parameters: parameters)
            )
        } catch let failure as AWSFailure where failure.code == "InvalidRange" || failure.code == "416" {
            // There is no range of an empty object.
            isAtEnd = true
            return []
        }
        tag = response.result.record?["ETag"]?.text
        // Without a content range the answer is the whole object, whatever was asked for.
        let total = response.result.record?["ContentRange"]?.text?.split(separator: "/").last.flatMap { Int($0) }
        isAtEnd = response.body.isEmpty || offset + response.body.count >= total ?? 0
        return response.body
    }
}
