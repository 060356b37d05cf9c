internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// What is wrong with a request, as it is answered: a problem document (RFC 9457).
struct Problem: Error, Sendable {
    /// One mistake in a body.
    struct Mistake: Sendable, Hashable, Encodable {
        /// Where, as a JSON pointer (RFC 6901).
        var pointer: String
        var detail: String
    }

    var status: HTTPResponse.Status
    /// The last part of the problem's type; stable, so that programs can switch over it.
    var code: String
    /// What happened and what to do; nothing that the client may not know.
    var detail: String
    var headers = HTTPFields()
    var mistakes: [Mistake] = []

    private struct Document: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String
        var errors: [Mistake]?
    }

    /// The answer.
    ///
    /// - Parameter requestID: The request's id, by which its lines are found in the log.
    /// - Returns: The problem as JSON, with its headers.
    func response(requestID: String) -> Response {
        let document = Document(
            type: "urn:usher:problem:\(code)",
            title: status.reasonPhrase,
            status: status.code,
            detail: detail,
            instance: "urn:usher:request:\(requestID)",
            errors: mistakes.isEmpty ? nil : mistakes
        )
        var response = Response.json(document, status: status)
        response.headers[.contentType] = "application/problem+json"
        for field in headers { response.headers[field.name] = field.value }
        return response
    }
}

extension Problem {
    static func badRequest(_ detail: String, mistakes: [Mistake] = []) -> Problem {
        Problem(status: .badRequest, code: "bad-request", detail: detail, mistakes: mistakes)
    }

    static func unauthorized(_ detail: String, error: String?) -> Problem {
        let challenge = #"Bearer realm="usher""# + (error.map { #", error="\#($0)""# } ?? "")
        return Problem(
            status: .unauthorized,
            code: "unauthorized",
            detail: detail,
            headers: [.wwwAuthenticate: challenge]
        )
    }

    static func forbidden(_ detail: String, scope: AccessScope?) -> Problem {
        var headers = HTTPFields()
        if let scope {
            headers[.wwwAuthenticate] =
                #"Bearer realm="usher", error="insufficient_scope", scope="\#(scope.rawValue)""#
        }
        return Problem(status: .forbidden, code: "forbidden", detail: detail, headers: headers)
    }

    static func notFound(_ detail: String) -> Problem {
        Problem(status: .notFound, code: "not-found", detail: detail)
    }

    static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        return Problem(
            status: .methodNotAllowed,
            code: "method-not-allowed",
            detail: "this takes \(names)",
            headers: [.allow: names]
        )
    }

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(
            status: .contentTooLarge,
            code: "too-large",
            detail: "a body may have \(limit) bytes",
            headers: [.connection: "close"]
        )
    }

    static let wrongMediaType = Problem(
        status: .unsupportedMediaType,
        code: "wrong-media-type",
        detail: "the body must be JSON, with the header 'Content-Type: application/json'"
    )

    static let bodyTimeout = Problem(
        status: .requestTimeout,
        code: "body-timeout",
        detail: "the body did not arrive in time",
        headers: [.connection: "close"]
    )

    static let timeout = Problem(
        status: .serviceUnavailable,
        code: "timeout",
        detail:
            "this took too long; it may have been done all the same, so send it again with the same 'Idempotency-Key'",
        headers: [.retryAfter: "1"]
    )

    static func tooMany(_ detail: String, retryAfter: Duration) -> Problem {
        let seconds = retryAfter.components.seconds + (retryAfter.components.attoseconds > 0 ? 1 : 0)
        return Problem(
            status: .tooManyRequests,
            code: "too-many-requests",
            detail: detail,
            headers: [.retryAfter: String(max(1, seconds))]
        )
    }

    static func unavailable(_ detail: String) -> Problem {
        Problem(status: .serviceUnavailable, code: "unavailable", detail: detail, headers: [.retryAfter: "1"])
    }

    static let defect = Problem(
        status: .internalServerError,
        code: "defect",
        detail: "something is wrong with the server; its log has the details under the id of this request"
    )
}
