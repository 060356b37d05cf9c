internal import Dialogue
internal import Intents

/// The versions of a service that can be rolled out.
struct ListVersions {
    static let signature = ActionSignature(
        name: "list_versions",
        inputs: [.init("service", .text)],
        outputs: [.init("versions", .options, isRequired: false)],
        outcomes: ["listed", "none"]
    )

    let fleet: Fleet

    func run(_ input: [String: Value]) async -> ActionResult {
        let versions = await fleet.versions(of: input["service"]?.text ?? "")
        guard !versions.isEmpty else { return ActionResult(outcome: "none") }
        let options = versions.map { Value.record(["id": .text($0), "name": .text($0)]) }
        return ActionResult(outcome: "listed", values: ["versions": .list(options)])
    }
}
