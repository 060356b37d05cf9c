internal import CLibCurl
internal import Foundation
internal import Synchronization

/// A request in progress, with the part of its answer that has arrived.
// SAFETY: after `init` everything but the atomic flag is touched by `TransferQueue` on its one queue alone, and the
// callbacks run there.
final class HTTPTransfer: @unchecked Sendable {
    /// The transfer of libcurl.
    let handle: OpaquePointer
    private let list: OpaquePointer?
    // libcurl reads it where it stands.
    private let body: UnsafeMutableBufferPointer<UInt8>
    private let sizeLimit: Int
    private let cancellation = Atomic(false)
    private var headers: [(name: String, value: String)] = []
    private var received = Data()

    /// Prepares a request.
    init(
        _ request: HTTPClient.Request,
        sizeLimit: Int,
        connectTimeLimit: Duration
    ) throws(ConnectionFailure) {
        try Self.check(request)
        handle = try CurlLibrary.makeTransfer(url: request.url, connectTimeLimit: connectTimeLimit)
        self.sizeLimit = sizeLimit
        body = .allocate(capacity: max(1, request.body?.count ?? 0))
        _ = body.initialize(from: request.body ?? Data())
        // An empty value is written with a semicolon; and nobody waits for a server that says "go on".
        let fields = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" } + ["Expect:"]
        list = fields.reduce(nil as OpaquePointer?) { CLibCurlAppend($0, $1) ?? $0 }
        CLibCurlSetPointer(handle, CLIBCURLOPT_HTTPHEADER, list.map { UnsafeRawPointer($0) })
        if let bytes = request.body {
            CLibCurlSetNumber(handle, CLIBCURLOPT_POSTFIELDSIZE, bytes.count)
            CLibCurlSetPointer(handle, CLIBCURLOPT_POSTFIELDS, body.baseAddress)
        } else if request.method == "HEAD" {
            CLibCurlSetNumber(handle, CLIBCURLOPT_NOBODY, 1)
        }
        CLibCurlSetPointer(handle, CLIBCURLOPT_CUSTOMREQUEST, request.method)
        CLibCurlSetNumber(handle, CLIBCURLOPT_TIMEOUT_MS, request.timeLimit.milliseconds)
        // The queue keeps the transfer until it is done.
        let context = Unmanaged.passUnretained(self).toOpaque()
        CLibCurlSetPointer(handle, CLIBCURLOPT_WRITEDATA, context)
        CLibCurlSetPointer(handle, CLIBCURLOPT_HEADERDATA, context)
        CLibCurlSetWriter(handle, CLIBCURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            HTTPTransfer.from(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        CLibCurlSetWriter(handle, CLIBCURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            HTTPTransfer.from(context)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
    }

    deinit {
        CLibCurlFreeTransfer(handle)
        CLibCurlFreeList(list)
        body.deallocate()
    }

    /// A flag that says that its caller gave it up.
    var isCancelled: Bool { cancellation.load(ordering: .relaxed) }

    /// Gives it up, from any thread; the queue has to be woken.
    func cancel() { cancellation.store(true, ordering: .relaxed) }

    private static func from(_ context: UnsafeMutableRawPointer?) -> HTTPTransfer? {
        context.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The result for an error code of libcurl.
    func result(_ code: Int32) -> Result<HTTPClient.Response, ConnectionFailure> {
        guard code == CLIBCURL_OK else { return .failure(CurlLibrary.failure(code)) }
        return .success(HTTPClient.Response(status: CLibCurlStatus(handle), headers: headers, body: received))
    }

    /// Takes a part of the body; fewer bytes than it has end the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard received.count + bytes.count <= sizeLimit else { return 0 }
        received.append(contentsOf: bytes)
        return bytes.count
    }

    /// Takes a line of the head.
    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // The head of the answer itself, after that of a proxy or an interim answer.
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            guard headers.count < 256 else { return 0 }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
            headers.append((String(line[..<colon]), value))
        }
        return bytes.count
    }

    /// Refuses what would be read as something else than it is.
    private static func check(_ request: HTTPClient.Request) throws(ConnectionFailure) {
        let isToken = { (text: String) in
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
        }
        guard isToken(request.method) else { throw .badRequest("the method has a character that may not stand there") }
        guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .badRequest("the address has a character that may not stand there")
        }
        for field in request.headers {
            guard isToken(field.name) else {
                throw .badRequest("the name of a header field has a character that may not stand there")
            }
            guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .badRequest("the header field '\(field.name)' has a character that may not stand there")
            }
        }
    }
}
