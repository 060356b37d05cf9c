internal import Dialogue
internal import Intents

/// Brings a version onto all machines of a service, one after another.
///
/// This takes minutes, and the process may die in the middle. Then Usher runs the action again, so it is made for that:
/// it passes over the machines that run the version already.
struct RollOut {
    static let signature = ActionSignature(
        name: "roll_out",
        inputs: [.init("service", .text), .init("version", .text)],
        outputs: [.init("machines", .number, isRequired: false), .init("reason", .text, isRequired: false)],
        outcomes: ["rolled_out", "unhealthy"],
        isRepeatable: false,
        isSlow: true
    )

    let fleet: Fleet
    /// Waits until a machine had time to show that it is well.
    let settle: @Sendable () async throws -> Void

    func run(_ input: [String: Value], progress: @Sendable (String) -> Void) async throws -> ActionResult {
        let service = input["service"]?.text ?? ""
        let version = input["version"]?.text ?? ""
        for machine in await fleet.machines(of: service, without: version) {
            progress("\(machine) …")
            guard await fleet.start(version, of: service, on: machine) else {
                let reason = "\(version) does not come up on \(machine)"
                return ActionResult(outcome: "unhealthy", values: ["reason": .text(reason)])
            }
            try await settle()
        }
        let count = await fleet.count(of: service, with: version)
        return ActionResult(outcome: "rolled_out", values: ["machines": .number(count)])
    }
}
