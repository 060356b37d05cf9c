internal import Dialogue
internal import HTTPTypes
internal import Hummingbird
internal import Intents
internal import Sessions

/// What a reply came to, in JSON.
///
/// Every turn makes one, so it is written by hand.
struct AnswerBody {
    private let answer: Answer

    init(_ answer: Answer) { self.answer = answer }

    /// The answer in JSON, with sorted keys.
    var json: [UInt8] {
        let size = answer.messages.reduce(256) { size, stored in
            size + 128 + stored.message.text.utf8.count + 64 * stored.message.options.count
        }
        var json = JSONBytes(capacity: size)
        json.raw("{\"messages\":")
        json.list(answer.messages) { $1.write(to: &$0) }
        json.raw(",\"position\":")
        json.number(answer.position)
        json.raw(answer.isRepeated ? ",\"repeated\":true" : ",\"repeated\":false")
        json.raw(",\"rest\":{")
        let rest = RestBody(answer.rest)
        if let outcome = rest.outcome {
            json.raw("\"outcome\":")
            json.text(outcome)
            json.raw(",")
        }
        json.raw("\"state\":")
        json.text(rest.state)
        json.raw("},\"session\":")
        json.text(answer.session)
        json.raw("}")
        return json.bytes
    }

    /// The answer to a request.
    func response(status: HTTPResponse.Status = .ok) -> Response {
        .bytes(json, type: "application/json", status: status)
    }
}

extension StoredMessage {
    /// Writes what ``MessageBody`` encodes.
    fileprivate func write(to json: inout JSONBytes) {
        json.raw("{\"number\":")
        json.number(number)
        json.raw(",\"options\":")
        json.list(message.options) { json, option in
            json.raw("{\"id\":")
            json.text(option.id)
            json.raw(",\"name\":")
            json.text(option.name)
            json.raw("}")
        }
        json.raw(",\"position\":")
        json.number(position)
        json.raw(",\"prompt\":")
        json.text(message.prompt)
        json.raw(",\"role\":")
        json.text(message.role.rawValue)
        json.raw(",\"text\":")
        json.text(message.text)
        json.raw("}")
    }
}
