internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// One of the files that the web chat consists of, as browsers get it.
struct PageAsset: Sendable {
    /// Where it is.
    let path: String
    /// How many bytes it has.
    var size: Int { bytes.count }
    private let bytes: [UInt8]
    private let headers: HTTPFields
    private let tag: String

    init(_ path: String, _ bytes: [UInt8], type: String) {
        self.path = path
        self.bytes = bytes
        tag = "\"\(Digest.urlSafe(Digest.sha256(bytes).prefix(12)))\""
        var headers = Self.policies
        headers[.contentType] = type
        headers[.eTag] = tag
        // Asked for each time, and sent only where it is another one: the page and the interface change together.
        headers[.cacheControl] = "no-cache"
        self.headers = headers
    }

    private static let script = "text/javascript; charset=utf-8"

    /// The page and what it loads; nothing else comes from anywhere.
    static let all = [
        PageAsset("/", PackageResources.chat_html, type: "text/html; charset=utf-8"),
        PageAsset("/chat.css", PackageResources.chat_css, type: "text/css; charset=utf-8"),
        PageAsset("/chat.js", PackageResources.chat_js, type: script),
        PageAsset("/chat-dom.js", PackageResources.chat_dom_js, type: script),
        PageAsset("/chat-log.js", PackageResources.chat_log_js, type: script),
        PageAsset("/chat-server.js", PackageResources.chat_server_js, type: script),
        PageAsset("/chat-side.js", PackageResources.chat_side_js, type: script),
        PageAsset("/chat-talk.js", PackageResources.chat_talk_js, type: script),
        PageAsset("/chat.svg", PackageResources.chat_svg, type: "image/svg+xml"),
    ]

    /// The answer to a request; one without a body where the browser has this version.
    func response(to request: Request) -> Response {
        let known = request.headers[.ifNoneMatch]?.split(separator: ",").map { name in
            name.trimmingCharacters(in: .whitespaces).replacing(/^W\//, with: "")
        }
        if known?.contains(where: { $0 == tag || $0 == "*" }) == true {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: .init(bytes: bytes)))
    }

    /// What a browser may do for the page: run its one script, and talk to the server that it came from.
    private static let policies: HTTPFields = {
        var fields = HTTPFields()
        fields[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
            form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'
            """
        let others = [
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy":
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()",
        ]
        for (name, value) in others { if let name = HTTPField.Name(name) { fields[name] = value } }
        return fields
    }()
}
