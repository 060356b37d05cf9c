import Intents

/// A failed call with what was asked, so that an action can tell where it failed.
struct FailedCall: Error {
    var failure: AWSFailure
    var request: AWSRequest
}

extension AWSClient {
    /// Makes a call whose answer is a record.
    ///
    /// - Throws: ``FailedCall``, also where the answer is no record; `CancellationError`.
    func answer(_ request: AWSRequest) async throws -> AWSAnswer {
        do {
            let response = try await call(request)
            guard case .record(let fields) = response.result else {
                throw AWSFailure(.other, code: "UnexpectedAnswer", detail: "the answer is no record")
            }
            return AWSAnswer(request: request, fields: fields)
        } catch let failure as AWSFailure {
            throw FailedCall(failure: failure, request: request)
        }
    }
}

/// A record in an answer, read defensively: what is missing or of another type is a failure with its path.
struct AWSAnswer {
    let request: AWSRequest
    let fields: [String: Value]
    /// Where the record stands in the answer; empty for the answer itself.
    var path: String = ""

    /// The failure of an answer that is not as the API says.
    func unexpected(_ key: String, _ expected: String) -> FailedCall {
        let detail = "\(request.service) \(request.operation): \(place(key)) should be \(expected)"
        return FailedCall(failure: AWSFailure(.other, code: "UnexpectedAnswer", detail: detail), request: request)
    }

    /// A text that must be there.
    func text(_ key: String) throws(FailedCall) -> String {
        guard let text = try optionalText(key) else { throw unexpected(key, "a text, and is missing") }
        return text
    }

    /// A text that may be absent.
    func optionalText(_ key: String) throws(FailedCall) -> String? {
        guard let value = fields[key] else { return nil }
        guard let text = value.text else { throw unexpected(key, "a text") }
        return text
    }

    /// A whole number that may be absent.
    func optionalNumber(_ key: String) throws(FailedCall) -> Int? {
        guard let value = fields[key] else { return nil }
        guard let number = value.number else { throw unexpected(key, "a whole number") }
        return number
    }

    /// A record that may be absent.
    func optionalRecord(_ key: String) throws(FailedCall) -> AWSAnswer? {
        guard let value = fields[key] else { return nil }
        guard let record = value.record else { throw unexpected(key, "a record") }
        return AWSAnswer(request: request, fields: record, path: place(key))
    }

    /// A record that must be there.
    func record(_ key: String) throws(FailedCall) -> AWSAnswer {
        guard let record = try optionalRecord(key) else { throw unexpected(key, "a record, and is missing") }
        return record
    }

    /// Records in a list; an absent list has none.
    func records(_ key: String) throws(FailedCall) -> [AWSAnswer] {
        guard let value = fields[key] else { return [] }
        guard let list = value.list else { throw unexpected(key, "a list") }
        var records: [AWSAnswer] = []
        for (index, element) in list.enumerated() {
            guard let record = element.record else { throw unexpected("\(key)[\(index)]", "a record") }
            records.append(AWSAnswer(request: request, fields: record, path: place("\(key)[\(index)]")))
        }
        return records
    }

    private func place(_ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }
}
