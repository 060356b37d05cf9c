import Intents

/// The Bedrock calls about foundation models. Each throws ``FailedCall`` or `CancellationError`.
extension AWSClient {
    /// The lifecycle status of a model in a region (`ACTIVE` or `LEGACY`); `nil` where none is told.
    func foundationModelLifecycle(_ id: String, region: String) async throws -> String? {
        let request = AWSRequest(
            "bedrock",
            "get-foundation-model",
            region: region,
            parameters: ["modelIdentifier": .text(id)]
        )
        let details = try await answer(request).record("modelDetails")
        return try details.optionalRecord("modelLifecycle")?.optionalText("status")
    }

    /// The first thing that keeps this account from a model in a region, as `field VALUE`; `nil` where nothing does.
    func foundationModelObstacle(_ id: String, region: String) async throws -> String? {
        let request = AWSRequest(
            "bedrock",
            "get-foundation-model-availability",
            region: region,
            parameters: ["modelId": .text(id)]
        )
        let answer = try await answer(request)
        let states = [
            ("regionAvailability", try answer.optionalText("regionAvailability")),
            ("authorizationStatus", try answer.optionalText("authorizationStatus")),
            ("entitlementAvailability", try answer.optionalText("entitlementAvailability")),
            ("agreementAvailability", try answer.optionalRecord("agreementAvailability")?.optionalText("status")),
        ]
        return states.first { $0.1 == "NOT_AVAILABLE" || $0.1 == "NOT_AUTHORIZED" }.map { "\($0.0) \($0.1 ?? "")" }
    }

    /// The ids of all foundation models of a region with their lifecycle status, in one call.
    func listFoundationModels(region: String) async throws -> [(id: String, lifecycle: String?)] {
        let request = AWSRequest("bedrock", "list-foundation-models", region: region)
        return try await answer(request).records("modelSummaries").map { model in
            (try model.text("modelId"), try model.optionalRecord("modelLifecycle")?.optionalText("status"))
        }
    }
}
