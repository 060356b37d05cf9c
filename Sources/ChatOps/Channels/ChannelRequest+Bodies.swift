internal import Foundation
internal import HTTPTypes
internal import Hummingbird

extension ChannelRequest {
    /// A header; `nil` where there is none of that name.
    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// The body as JSON of a form.
    ///
    /// - Throws: ``ChannelRefusal``.
    public func json<Body: Decodable>(_ type: Body.Type) throws -> Body {
        try check(.applicationJson, "JSON, with the header 'Content-Type: application/json'")
        return try Self.decoded(type, try text())
    }

    /// The body as the fields of an HTML form; where a field comes twice, the first one.
    ///
    /// - Throws: ``ChannelRefusal``.
    public func form() throws -> [String: String] {
        try check(.applicationUrlEncoded, "a form, with the header 'Content-Type: application/x-www-form-urlencoded'")
        var fields: [String: String] = [:]
        for part in try text().split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding
            }
            guard let name = pair[0], let value = pair.count > 1 ? pair[1] : "" else {
                throw ChannelRefusal.malformed("the body is not a form in UTF-8")
            }
            if fields[name] == nil { fields[name] = value }
        }
        return fields
    }

    /// A text as JSON of a form.
    ///
    /// - Throws: ``ChannelRefusal``, which says nothing of what was in it.
    public static func decoded<Body: Decodable>(_ type: Body.Type, _ text: String) throws -> Body {
        do { return try WebJSON.decoder().decode(type, from: Data(text.utf8)) } catch let error as DecodingError {
            let path =
                switch error {
                case .keyNotFound(let key, let context): context.codingPath + [key]
                case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                    context.codingPath
                @unknown default: [any CodingKey]()
                }
            let place = path.map(\.stringValue).joined(separator: "/")
            throw ChannelRefusal.malformed(
                "the body is not what is expected here" + (place.isEmpty ? "" : ", at \(place)")
            )
        }
    }

    private func text() throws -> String {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw ChannelRefusal.malformed("the body is not text in UTF-8")
        }
        return text
    }

    private func check(_ expected: MediaType, _ words: String) throws {
        guard headers.hasMediaType(expected) else { throw ChannelRefusal.wrongMediaType(expected: words) }
    }
}
