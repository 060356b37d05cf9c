import Dialogue
import Foundation
import Intents
import Testing

@testable import ChatOps
@testable import Sessions

/// Answers are written by hand, since each turn makes one; they have the bytes that the encoder makes.
struct AnswerBodyTests {
    /// An answer as it would be encoded.
    private struct Encoded: Encodable {
        var session: String
        var position: Int
        var messages: [MessageBody]
        var rest: RestBody
        var repeated: Bool
    }

    private static let texts = [
        "", "plain", "žluť 日本 👩‍👧", "\"quoted\" \\ and / slashed", "a\u{8}\t\n\u{B}\u{C}\r\u{0}\u{1}\u{1B}\u{1F}\u{7F}",
        "\u{2028}\u{2029}\u{FEFF}</script>",
    ]
    private static let rests: [SessionRest] = [
        .waiting, .working, .ended(.paused), .ended(.completed(outcome: "done\n\"")),
    ]

    @Test("An answer has the bytes of the encoder, whatever is in it", arguments: texts, rests)
    func bytes(text: String, rest: SessionRest) throws {
        let option = ChoiceOption(id: text, name: "name " + text)
        let messages = [[], [option], [option, option]].enumerated().map { number, options in
            StoredMessage(
                number: number + 1,
                position: 7 * number,
                message: Message(role: .question, prompt: "ask_" + text, text: text, options: options)
            )
        }
        for messages in [[], messages] {
            for isRepeated in [false, true] {
                let answer = Answer(
                    session: "s-" + text,
                    position: 12,
                    messages: messages,
                    rest: rest,
                    isRepeated: isRepeated
                )
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                let expected = try encoder.encode(
                    Encoded(
                        session: answer.session,
                        position: answer.position,
                        messages: messages.map(MessageBody.init),
                        rest: RestBody(rest),
                        repeated: isRepeated
                    )
                )
                let written = AnswerBody(answer).json
                #expect(String(decoding: written, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
            }
        }
    }
}
