internal import CLibCurl
internal import Foundation

/// Loads libcurl, and makes transfers with the options that all of them share.
enum CurlLibrary {
    /// Loads libcurl where that was not done yet.
    static func load() throws(ConnectionFailure) {
        var problem: UnsafePointer<CChar>?
        guard CLibCurlLoad(&problem) else { throw .noLibrary(problem.map { String(cString: $0) } ?? "") }
    }

    /// Makes a transfer with what all of them have in common.
    static func makeTransfer(url: String, connectTimeLimit: Duration) throws(ConnectionFailure) -> OpaquePointer {
        try load()
        guard let transfer = CLibCurlMakeTransfer() else { throw .other("there is no memory for a connection") }
        // Signals belong to the program, and a time limit works without them.
        CLibCurlSetNumber(transfer, CLIBCURLOPT_NOSIGNAL, 1)
        CLibCurlSetNumber(transfer, CLIBCURLOPT_PROTOCOLS, Int(CLIBCURLPROTO_HTTP | CLIBCURLPROTO_HTTPS))
        CLibCurlSetNumber(transfer, CLIBCURLOPT_CONNECTTIMEOUT_MS, connectTimeLimit.milliseconds)
        CLibCurlSetPointer(transfer, CLIBCURLOPT_URL, url)
        // The address is sent as it is written: ".." in it is the server's matter.
        CLibCurlSetNumber(transfer, CLIBCURLOPT_PATH_AS_IS, 1)
        if let roots = ProcessInfo.processInfo.environment["SSL_CERT_FILE"], !roots.isEmpty {
            CLibCurlSetPointer(transfer, CLIBCURLOPT_CAINFO, roots)
        }
        return transfer
    }

    /// The failure that an error code of libcurl means.
    static func failure(_ code: Int32) -> ConnectionFailure {
        switch code {
        case CLIBCURL_COULDNT_RESOLVE_HOST: .unknownHost
        case CLIBCURL_COULDNT_CONNECT: .unreachable
        case CLIBCURL_OPERATION_TIMEDOUT: .timedOut
        case CLIBCURL_SSL_CONNECT_ERROR, CLIBCURL_PEER_FAILED_VERIFICATION: .untrusted(text(code))
        case CLIBCURL_WRITE_ERROR: .tooLong
        default: .other(text(code))
        }
    }

    private static func text(_ code: Int32) -> String { String(cString: CLibCurlErrorText(code)) }
}

extension Duration {
    /// In whole milliseconds, at least one: for libcurl none means no limit.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(clamping: max(1, min(seconds, 1 << 32) * 1_000 + attoseconds / 1_000_000_000_000_000))
    }
}
