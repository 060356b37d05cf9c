public import Foundation

/// Makes HTTP and HTTPS requests through the system's libcurl.
///
/// A certificate is checked against the system's roots, or those in the file that `SSL_CERT_FILE` names. Redirects are
/// not followed, so that a token goes nowhere but where it was meant to go. Proxies are those of the environment, as
/// curl(1) describes them.
///
/// ```swift
/// let client = HTTPClient(sizeLimit: 65_536)
/// let answer = try await client.send(HTTPClient.Request("https://example.com/", timeLimit: .seconds(10)))
/// print(answer.status, answer.header("Content-Type") ?? "no type")
/// ```
public struct HTTPClient: Sendable {
    /// A request.
    public struct Request: Sendable {
        /// The method, such as `POST`.
        public var method: String
        /// The address, `http` or `https`.
        public var url: String
        /// Header fields, in the order in which they are sent.
        public var headers: [(name: String, value: String)]
        /// The body; `nil` for none.
        public var body: Data?
        /// The time limit of the whole exchange.
        public var timeLimit: Duration

        /// Makes a request.
        public init(
            _ url: String,
            method: String = "GET",
            headers: [(name: String, value: String)] = [],
            body: Data? = nil,
            timeLimit: Duration
        ) {
            self.url = url
            self.method = method
            self.headers = headers
            self.body = body
            self.timeLimit = timeLimit
        }
    }

    /// The answer to a request.
    public struct Response: Sendable {
        /// The status, such as 200.
        public var status: Int
        /// Header fields as they came, repeated ones included.
        public var headers: [(name: String, value: String)]
        /// The body, decoded from its transfer encoding.
        public var body: Data

        /// The first header field of a name, whatever its case.
        public func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private let sizeLimit: Int
    private let connectTimeLimit: Duration

    /// Makes a client.
    ///
    /// Clients share connections, which stay open for a while.
    ///
    /// - Parameters:
    ///   - sizeLimit: The longest body that an answer may have, in bytes.
    ///   - connectTimeLimit: How long it may take to connect.
    public init(sizeLimit: Int, connectTimeLimit: Duration = .seconds(5)) {
        self.sizeLimit = sizeLimit
        self.connectTimeLimit = connectTimeLimit
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``ConnectionFailure`` if no answer arrives; `CancellationError` if the task is cancelled, which ends the
    ///   exchange.
    public func send(_ request: Request) async throws -> Response {
        let transfer = try HTTPTransfer(request, sizeLimit: sizeLimit, connectTimeLimit: connectTimeLimit)
        return try await TransferQueue.shared.run(transfer)
    }
}
