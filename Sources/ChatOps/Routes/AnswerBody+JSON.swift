internal import HTTPTypes
internal import Hummingbird

extension AnswerBody {
    /// The answer in JSON.
    var json: [UInt8] {
        var json = JSONBytes(capacity: messages.reduce(256) { $0 + 128 + $1.text.utf8.count + 64 * $1.options.count })
        json.raw("{\"messages\":")
        json.list(messages) { $1.write(to: &$0) }
        json.raw(",\"position\":")
        json.number(position)
        json.raw(repeated ? ",\"repeated\":true" : ",\"repeated\":false")
        json.raw(",\"rest\":{")
        if let outcome = rest.outcome {
            json.raw("\"outcome\":")
            json.text(outcome)
            json.raw(",")
        }
        json.raw("\"state\":")
        json.text(rest.state)
        json.raw("},\"session\":")
        json.text(session)
        json.raw("}")
        return json.bytes
    }

    /// The answer to a request.
    func response(status: HTTPResponse.Status = .ok) -> Response {
        .bytes(json, type: "application/json", status: status)
    }
}

extension MessageBody {
    fileprivate func write(to json: inout JSONBytes) {
        json.raw("{\"number\":")
        json.number(number)
        json.raw(",\"options\":")
        json.list(options) { json, option in
            json.raw("{\"id\":")
            json.text(option.id)
            json.raw(",\"name\":")
            json.text(option.name)
            json.raw("}")
        }
        json.raw(",\"position\":")
        json.number(position)
        json.raw(",\"prompt\":")
        json.text(prompt)
        json.raw(",\"role\":")
        json.text(role)
        json.raw(",\"text\":")
        json.text(text)
        json.raw("}")
    }
}
