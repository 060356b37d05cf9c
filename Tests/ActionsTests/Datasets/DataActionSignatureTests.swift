import Actions
import Dialogue
import Foundation
import Intents
import Testing

struct DataActionSignatureTests {
    static let actions = DatasetActions.all + MetricActions.all + ProjectActions.all + NotebookActions.all

    @Test func `every action has a name and outcomes of its own, in snake case`() {
        let signatures = Self.actions.map { type(of: $0).signature }
        #expect(Set(signatures.map(\.name)).count == signatures.count)
        for signature in signatures {
            let names =
                [signature.name] + signature.outcomes + signature.inputs.map(\.name) + signature.outputs.map(\.name)
            #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil }, "\(signature.name)")
            #expect(Set(signature.outcomes).count == signature.outcomes.count, "\(signature.name)")
            #expect(Set(signature.inputs.map(\.name)).count == signature.inputs.count, "\(signature.name)")
            #expect(Set(signature.outputs.map(\.name)).count == signature.outputs.count, "\(signature.name)")
        }
    }

    @Test func `only what writes something new may not be repeated`() {
        let once = Self.actions.map { type(of: $0).signature }.filter { !$0.isRepeatable }.map(\.name)
        #expect(once.sorted() == ["transform_dataset", "write_notebook"])
    }

    @Test func `a request keeps its body when it is stored, and needs none`() throws {
        let request = AWSRequest("s3api", "put-object", region: "r", parameters: ["Key": "k"], body: [0, 255])
        let data = try JSONEncoder().encode(request)
        #expect(String(decoding: data, as: UTF8.self).contains(#""body":"AP8=""#))
        #expect(try JSONDecoder().decode(AWSRequest.self, from: data) == request)
        let plain = Data(#"{"service":"sts","operation":"get-caller-identity","parameters":{}}"#.utf8)
        #expect(try JSONDecoder().decode(AWSRequest.self, from: plain) == AWSRequest("sts", "get-caller-identity"))
        #expect(!String(decoding: try JSONEncoder().encode(AWSRequest("a", "b")), as: UTF8.self).contains("body"))
    }
}
