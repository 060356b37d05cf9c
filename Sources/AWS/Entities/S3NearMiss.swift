internal import Intents

/// Turns other notations of a place in S3 into its URI.
enum S3NearMiss {
    /// The problem with a text that does not begin with a good `s3://`.
    static func problem(with text: String) -> EntityProblem {
        guard !text.isEmpty else { return EntityProblem(.empty, "There is no S3 URI here.") }
        let lowercased = text.asciiLowercased
        if lowercased.hasPrefix("http://") || lowercased.hasPrefix("https://") {
            guard let place = S3WebAddress.place(of: text) else {
                return EntityProblem(.wrongForm, "This is a web address and not an S3 URI, which begins with s3://.")
            }
            return wrongForm("This is a web address", place)
        }
        if lowercased.hasPrefix("arn:") {
            do throws(EntityProblem) {
                let arn = try ARN(parsing: text)
                if arn.service == "s3", arn.region.isEmpty { return wrongForm("This is an ARN", arn.resource.id) }
            } catch {
                return error
            }
            return EntityProblem(.wrongForm, "This ARN names no place in S3; an S3 URI begins with s3://.")
        }
        if let place = S3WebAddress.placeWithoutScheme(of: text) { return wrongForm("This is a web address", place) }
        guard let length = schemeLength(of: lowercased) else {
            guard !text.contains("://") else {
                return EntityProblem(.wrongForm, "This is the address of something else; an S3 URI begins with s3://.")
            }
            let isPlace = text.contains("/") && !["/", ".", "~"].contains(where: text.hasPrefix)
            return EntityProblem(
                .malformed,
                "An S3 URI begins with s3://, as in s3://my-bucket/my-data.jsonl.",
                suggestion: isPlace ? (try? S3URI(parsing: "s3://" + text))?.description : nil
            )
        }
        let place = String(decoding: text.utf8.dropFirst(length), as: UTF8.self)
        guard !place.isEmpty else {
            return EntityProblem(.empty, "The S3 URI names no bucket; it goes s3://BUCKET/KEY.")
        }
        let isCaseOnly = lowercased.hasPrefix("s3://") && length == 5
        return isCaseOnly
            ? corrected(EntityProblem(.wrongCase, "An S3 URI begins with s3:// in lower case."), place)
            : corrected(EntityProblem(.wrongForm, "An S3 URI begins with s3:// and the name of the bucket."), place)
    }

    /// The bytes of what stands for `s3://` at the start of a lower-case text: `s3:/`, `s3a://`, `s3//`, `s3:\\`, `s3: //`.
    static func schemeLength(of text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.starts(with: [0x73, 0x33]) else { return nil }
        var end = 2
        // Hadoop's names for the same place.
        if end < bytes.count, bytes[end] == UInt8(ascii: "a") || bytes[end] == UInt8(ascii: "n") { end += 1 }
        if let spaced = spacedLength(of: bytes, from: end) { return spaced }
        let hasColon = end < bytes.count && bytes[end] == UInt8(ascii: ":")
        if hasColon { end += 1 }
        let afterColon = end
        while end < bytes.count, bytes[end] == UInt8(ascii: "/") || bytes[end] == 0x5C { end += 1 }
        if hasColon { return end }
        return end - afterColon >= 2 ? end : nil
    }

    /// The bytes of a scheme that keyboards put spaces into, `s3 : //`, where both slashes are there.
    private static func spacedLength(of bytes: [UInt8], from start: Int) -> Int? {
        func skipSpaces(_ offset: inout Int) { while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 } }
        var end = start
        skipSpaces(&end)
        guard end < bytes.count, bytes[end] == UInt8(ascii: ":") else { return nil }
        let colon = end
        end += 1
        skipSpaces(&end)
        guard end - colon > 1 || colon > start, bytes[end...].starts(with: [0x2F, 0x2F]) else { return nil }
        return end + 2
    }

    private static func wrongForm(_ what: String, _ place: String) -> EntityProblem {
        corrected(EntityProblem(.wrongForm, what + "; an S3 URI begins with s3://."), place)
    }

    /// The problem with the URI of `bucket/key` as its suggestion; if that is no good URI, what is wrong with it.
    private static func corrected(_ problem: EntityProblem, _ place: String) -> EntityProblem {
        let uri = "s3://" + place
        // The place itself may begin with a slash; reading it again must come to an end.
        guard place.utf8.first != UInt8(ascii: "/") else { return problem }
        do throws(EntityProblem) {
            _ = try S3URI(parsing: uri)
            return EntityProblem(problem.code, problem.message, suggestion: uri)
        } catch {
            return error
        }
    }
}
