import Actions
import Dialogue
import Intents
import Testing

/// The files of actions that must not touch any.
struct NoFiles: FileSystem {
    func read(_ path: String, limit: Int) throws -> [UInt8] { throw refusal(path) }
    func readUserFile(_ path: String, limit: Int) throws -> [UInt8] { throw refusal(path) }
    func list(_ path: String) throws -> [String] { throw refusal(path) }
    func makeFolder(_ path: String) throws { throw refusal(path) }
    func create(_ path: String, bytes: [UInt8]) throws { throw refusal(path) }
    func replace(_ path: String, expecting expected: [UInt8]?, with bytes: [UInt8]) throws { throw refusal(path) }

    private func refusal(_ path: String) -> FileFailure {
        FileFailure(.other, path: path, detail: "this action has no business with files")
    }
}

/// Runs an action and checks that its result keeps its signature: a named outcome, and values by name and shape.
func run(
    _ action: any Action,
    _ input: [String: Value],
    aws: any AWSClient,
    data: [String: String] = [:],
    location: SourceLocation = #_sourceLocation
) async throws -> ActionResult {
    let signature = type(of: action).signature
    for name in input.keys {
        #expect(signature.inputs.contains { $0.name == name }, "no input \(name)", sourceLocation: location)
    }
    let world = World(aws: aws, files: NoFiles(), data: { data[$0] })
    let result = try await action.run(input, in: world, progress: { _ in })
    #expect(signature.outcomes.contains(result.outcome), "\(result.outcome)", sourceLocation: location)
    for (name, value) in result.values {
        let output = signature.outputs.first { $0.name == name }
        #expect(output.map { value.hasShape($0.shape) } == true, "\(name): \(value)", sourceLocation: location)
    }
    return result
}

extension Value {
    fileprivate func hasShape(_ shape: ActionSignature.Shape) -> Bool {
        switch shape {
        case .text: text != nil
        case .number: number != nil
        case .flag: flag != nil
        case .texts: list?.allSatisfy { $0.text != nil } == true
        case .options: list?.allSatisfy { $0.record?["id"]?.text != nil && $0.record?["name"]?.text != nil } == true
        case .record: record != nil
        case .records: list?.allSatisfy { $0.record != nil } == true
        }
    }
}

@Suite("Signatures of the AWS actions")
struct SignatureTests {
    @Test("names are unique, and outcomes too", arguments: [ModelActions.all, RoleActions.all])
    func namesAreUnique(actions: [any Action]) {
        let signatures = actions.map { type(of: $0).signature }
        #expect(Set(signatures.map(\.name)).count == signatures.count)
        for signature in signatures {
            #expect(Set(signature.outcomes).count == signature.outcomes.count, "\(signature.name)")
            #expect(Set(signature.outputs.map(\.name)).count == signature.outputs.count, "\(signature.name)")
        }
    }
}
