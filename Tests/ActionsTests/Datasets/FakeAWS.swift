import Actions
import Dialogue
import Intents
import Synchronization

/// An S3 of a few objects in memory, which keeps to what the real one does with ranges, missing keys and conditions.
final class FakeAWS: AWSClient {
    struct State {
        var objects: [String: [UInt8]] = [:]
        var failures: [String: AWSFailure] = [:]
        var requests: [AWSRequest] = []
        var uploads: [String: [Int: [UInt8]]] = [:]
    }

    let state = Mutex(State())

    /// Makes one with these objects by `bucket/key`.
    init(_ objects: [String: [UInt8]] = [:]) {
        state.withLock { $0.objects = objects }
    }

    /// Makes one with these texts by `bucket/key`.
    convenience init(texts: [String: String]) {
        self.init(texts.mapValues { Array($0.utf8) })
    }

    /// Makes every call of an operation fail.
    func fail(_ operation: String, with failure: AWSFailure) {
        state.withLock { $0.failures[operation] = failure }
    }

    func text(_ name: String) -> String? {
        state.withLock { $0.objects[name].map { String(decoding: $0, as: UTF8.self) } }
    }

    var requests: [AWSRequest] {
        state.withLock(\.requests)
    }

    func call(_ request: AWSRequest) async throws -> AWSResponse {
        try state.withLock { state throws(AWSFailure) in
            state.requests.append(request)
            if let failure = state.failures[request.operation] { throw failure }
            guard request.service == "s3api" else { throw AWSFailure(.other, detail: "no such service") }
            let name = "\(request.parameters["Bucket"]?.text ?? "")/\(request.parameters["Key"]?.text ?? "")"
            switch request.operation {
            case "get-object": return try Self.get(name, request, state)
            case "head-object":
                guard let bytes = state.objects[name] else {
                    throw AWSFailure(.notFound, code: "404", detail: "Not Found")
                }
                return AWSResponse(result: ["ContentLength": .number(bytes.count)])
            case "put-object":
                try Self.checkCondition(name, request, state)
                state.objects[name] = request.body
                return AWSResponse(result: ["ETag": "\"1\""])
            case "create-multipart-upload":
                state.uploads[name] = [:]
                return AWSResponse(result: ["UploadId": .text(name)])
            case "upload-part":
                let number = request.parameters["PartNumber"]?.number ?? 0
                state.uploads[name]?[number] = request.body
                return AWSResponse(result: ["ETag": .text("\"\(number)\"")])
            case "complete-multipart-upload":
                try Self.checkCondition(name, request, state)
                let parts = request.parameters["MultipartUpload"]?.record?["Parts"]?.list ?? []
                let pieces = state.uploads.removeValue(forKey: name) ?? [:]
                state.objects[name] = parts.flatMap { pieces[$0.record?["PartNumber"]?.number ?? 0] ?? [] }
                return AWSResponse(result: [:])
            case "abort-multipart-upload":
                state.uploads[name] = nil
                return AWSResponse(result: [:])
            default: throw AWSFailure(.other, detail: "no such operation")
            }
        }
    }

    private static func checkCondition(_ name: String, _ request: AWSRequest, _ state: State) throws(AWSFailure) {
        guard request.parameters["IfNoneMatch"] == "*", state.objects[name] != nil else { return }
        throw AWSFailure(.other, code: "PreconditionFailed", detail: "At least one of the pre-conditions did not hold")
    }

    private static func get(_ name: String, _ request: AWSRequest, _ state: State) throws(AWSFailure) -> AWSResponse {
        guard let bytes = state.objects[name] else {
            throw AWSFailure(.notFound, code: "NoSuchKey", detail: "The specified key does not exist.")
        }
        guard let range = request.parameters["Range"]?.text else {
            return AWSResponse(result: ["ContentLength": .number(bytes.count)], body: bytes)
        }
        let numbers = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 2, numbers[0] < bytes.count else {
            throw AWSFailure(.other, code: "InvalidRange", detail: "The requested range is not satisfiable")
        }
        let end = min(numbers[1], bytes.count - 1)
        return AWSResponse(
            result: [
                "ContentRange": .text("bytes \(numbers[0])-\(end)/\(bytes.count)"),
                "ContentLength": .number(end - numbers[0] + 1), "ETag": "\"tag\"",
            ],
            body: Array(bytes[numbers[0]...end])
        )
    }
}
