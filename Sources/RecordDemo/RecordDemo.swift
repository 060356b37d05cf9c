import Actions
import Foundation
import Intents

/// Records the answers of AWS that `usher demo` carries: scripts/record-demo runs it with the stand-ins for AWS.
///
/// It asks about everything that the stand-ins hold, so a new dataset or model needs no change here.
@main
struct RecordDemo {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: RecordDemo FOLDER\n".utf8))
            exit(2)
        }
        let folder = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
        let client = CLIAWSClient()
        let questions = DemoQuestions(client: client)
        for (name, list) in [
            ("datasets", try await questions.datasets()), ("models", try await questions.models()),
            ("judges", try await questions.judges()), ("identity", try await questions.identity()),
        ] {
            let text = try await Cassette(exchanges: ask(list, client)).yaml()
            try text.write(to: folder.appending(path: name + ".yaml"), atomically: true, encoding: .utf8)
        }
    }

    /// The exchanges of all questions, in their order.
    private static func ask(_ questions: [DemoQuestion], _ client: CLIAWSClient) async throws -> [AWSExchange] {
        try await withThrowingTaskGroup(of: (Int, AWSExchange).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask { (index, try await question.ask(client)) }
            }
            var exchanges: [Int: AWSExchange] = [:]
            for try await (index, exchange) in group { exchanges[index] = exchange }
            return questions.indices.compactMap { exchanges[$0] }
        }
    }
}
