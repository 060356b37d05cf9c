import Actions
import Dialogue
import Intents
import Testing

/// The action of this name.
func action(_ name: String, of actions: [any Action]) throws -> any Action {
    try #require(actions.first { type(of: $0).signature.name == name }, "no action \(name)")
}

/// Runs an action as the flow's runner does, and checks that the result keeps to its signature.
func runAction(
    _ name: String,
    of actions: [any Action],
    _ input: [String: Value],
    in world: World,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> ActionResult {
    let action = try action(name, of: actions)
    let signature = type(of: action).signature
    for name in input.keys {
        #expect(signature.inputs.contains { $0.name == name }, "input \(name)", sourceLocation: sourceLocation)
    }
    for parameter in signature.inputs where parameter.isRequired {
        #expect(input[parameter.name] != nil, "input \(parameter.name)", sourceLocation: sourceLocation)
    }
    let result = try await action.run(input, in: world) { _ in }
    #expect(signature.outcomes.contains(result.outcome), "outcome \(result.outcome)", sourceLocation: sourceLocation)
    for (name, value) in result.values {
        let parameter = signature.outputs.first { $0.name == name }
        #expect(parameter.map { value.fits($0.shape) } == true, "output \(name)", sourceLocation: sourceLocation)
    }
    for parameter in signature.outputs where parameter.isRequired {
        #expect(result.values[parameter.name] != nil, "output \(parameter.name)", sourceLocation: sourceLocation)
    }
    return result
}

extension Value {
    /// Whether a result has the shape that its signature promises.
    func fits(_ shape: ActionSignature.Shape) -> Bool {
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
