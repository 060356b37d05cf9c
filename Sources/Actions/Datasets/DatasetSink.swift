internal import Dialogue
internal import Intents

/// Takes a new dataset piece by piece; it appears whole or not at all, and never over another.
///
/// An object of up to one part goes up in one request; a larger one in parts, so that no more than one is in memory.
///
/// Instead of being written, a dataset can be compared with what is there already: it may be our own from before.
struct DatasetSink {
    /// What is already there under the name.
    struct Taken: Error {}

    private enum Target {
        case file(any PendingFile)
        case object(bucket: String, key: String)
        case twin(DatasetTwin)
    }

    private var target: Target
    private let region: String?
    private let world: World
    private let partSize: Int
    private var buffer: [UInt8] = []
    private var upload: String?
    private var tags: [String] = []

    /// Prepares the place.
    ///
    /// - Parameters:
    ///   - location: Where the dataset shall be.
    ///   - region: The region of its bucket.
    ///   - world: Where it is.
    ///   - partSize: Bytes in one part. S3 takes at least 5 MiB for all but the last, and at most 10,000 parts (Amazon S3
    ///     User Guide, "Amazon S3 multipart upload limits").
    /// - Throws: ``Taken``, ``AWSFailure`` or ``FileFailure``.
    init(_ location: DatasetLocation, region: String?, world: World, partSize: Int) async throws {
        self.partSize = partSize
        self.region = region
        self.world = world
        switch location {
        case .file(let path):
            target = .file(try world.files.begin(path))
        case .object(let bucket, let key):
            target = .object(bucket: bucket, key: key)
            let parameters: [String: Value] = ["Bucket": .text(bucket), "Key": .text(key)]
            do {
                _ = try await world.aws.call(
                    AWSRequest("s3api", "head-object", region: region, parameters: parameters)
                )
                throw Taken()
            } catch let failure as AWSFailure where failure.kind == .notFound || failure.kind == .denied {
                // Who may write and not look is still kept from overwriting by the condition of the upload.
            }
        }
    }

    /// Prepares to compare with what is there.
    ///
    /// It is ``Taken`` as soon as a byte differs, and else taken for what was to be written.
    init(comparingWith location: DatasetLocation, region: String?, world: World, partSize: Int) {
        self.partSize = partSize
        self.region = region
        self.world = world
        target = .twin(DatasetTwin(DatasetSource(location, region: region, world: world, pieceSize: partSize)))
    }

    /// Adds bytes.
    mutating func append(_ bytes: [UInt8]) async throws {
        if case .twin(var twin) = target {
            guard try await twin.goesOn(with: bytes) else { throw Taken() }
            target = .twin(twin)
            return
        }
        buffer += bytes
        guard buffer.count >= partSize else { return }
        switch target {
        case .file(let file):
            try file.append(buffer)
            buffer = []
        case .object:
            while buffer.count >= partSize {
                try await sendPart(Array(buffer.prefix(partSize)))
                buffer.removeFirst(partSize)
            }
        case .twin: break
        }
    }

    /// Puts the dataset in its place.
    ///
    /// - Throws: ``Taken`` when something came there meanwhile, ``AWSFailure`` or ``FileFailure``.
    mutating func commit() async throws {
        switch target {
        case .file(let file):
            try file.append(buffer)
            try file.commit()
        case .object:
            do {
                if upload == nil {
                    _ = try await call(
                        "put-object",
                        ["ContentType": "application/jsonl", "IfNoneMatch": "*"],
                        body: buffer
                    )
                } else {
                    if !buffer.isEmpty { try await sendPart(buffer) }
                    try await complete()
                }
            } catch let failure as AWSFailure where failure.code == "PreconditionFailed" || failure.code == "412" {
                throw Taken()
            }
        case .twin(var twin): guard try await twin.isAtEnd() else { throw Taken() }
        }
    }

    /// Throws everything away.
    func discard() async {
        switch target {
        case .file(let file): file.discard()
        case .object:
            guard let upload else { return }
            let aws = world.aws
            let request = request("abort-multipart-upload", ["UploadId": .text(upload)])
            // Parts of an upload cost money until it is ended, so this is tried also when the task was cancelled: a task
            // of its own is not, and it is awaited here.
            await Task { _ = try? await aws.call(request) }.value
        case .twin: break
        }
    }

    private mutating func sendPart(_ bytes: [UInt8]) async throws {
        if upload == nil {
            let answer = try await call("create-multipart-upload", ["ContentType": "application/jsonl"])
            guard let id = answer.record?["UploadId"]?.text else {
                throw AWSFailure(.other, detail: "create-multipart-upload gave no UploadId")
            }
            upload = id
        }
        let parameters: [String: Value] = ["UploadId": .text(upload ?? ""), "PartNumber": .number(tags.count + 1)]
        let answer = try await call("upload-part", parameters, body: bytes)
        guard let tag = answer.record?["ETag"]?.text else {
            throw AWSFailure(.other, detail: "upload-part gave no ETag")
        }
        tags.append(tag)
    }

    private mutating func complete() async throws {
        let parts = tags.enumerated().map { index, tag in
            Value.record(["PartNumber": .number(index + 1), "ETag": .text(tag)])
        }
        _ = try await call(
            "complete-multipart-upload",
            [
                "UploadId": .text(upload ?? ""), "IfNoneMatch": "*",
                "MultipartUpload": .record(["Parts": .list(parts)]),
            ]
        )
        upload = nil
    }

    private func call(_ operation: String, _ parameters: [String: Value], body: [UInt8] = []) async throws -> Value {
        try await world.aws.call(request(operation, parameters, body: body)).result
    }

    private func request(_ operation: String, _ parameters: [String: Value], body: [UInt8] = []) -> AWSRequest {
        var parameters = parameters
        if case .object(let bucket, let key) = target {
            parameters["Bucket"] = .text(bucket)
            parameters["Key"] = .text(key)
        }
        return AWSRequest("s3api", operation, region: region, parameters: parameters, body: body)
    }
}
