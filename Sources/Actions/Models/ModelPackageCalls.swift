internal import AWS
import Intents

/// One version of a group, as `ListModelPackages` tells it.
struct ModelPackageSummary: Hashable {
    var arn: String
    var version: Int
    /// `Pending`, `InProgress`, `Completed`, `Failed` or `Deleting`.
    var status: String
    /// `Approved`, `Rejected` or `PendingManualApproval`, where given.
    var approval: String?
    /// The day it was made as `YYYY-MM-DD`, where given.
    var day: String?

    var isCompleted: Bool { status == "Completed" }
}

/// A group, as `ListModelPackageGroups` tells it.
struct ModelPackageGroupSummary: Hashable {
    var name: String
    var arn: String?
}

/// One model package, as `DescribeModelPackage` tells it.
struct ModelPackageDescription: Hashable {
    var arn: String
    var group: String?
    var version: Int?
    var status: String
    /// The name of the base model in its hub, of the first container; `nil` where none is named.
    var baseModel: String?
    var baseModelVersion: String?
    /// Where the model's data is in S3, of the first container that says so.
    var modelData: String?
}

/// The SageMaker calls about model packages. Each throws ``FailedCall`` or `CancellationError`.
extension AWSClient {
    /// How many pages of a list are read at most; a page has up to 100 entries.
    private static var pageLimit: Int { 10 }

    /// The versions of a group, named by its name or ARN: the highest first, at most 1,000, those made last.
    ///
    /// The type is asked for explicitly, because the API's documented default is packages without a version, and the
    /// order too, because its default is the oldest first.
    func listModelPackages(group: String, region: String?) async throws -> [ModelPackageSummary] {
        let parameters: [String: Value] = [
            "ModelPackageGroupName": .text(group), "ModelPackageType": "Versioned", "SortBy": "CreationTime",
            "SortOrder": "Descending", "MaxResults": 100,
        ]
        let request = AWSRequest("sagemaker", "list-model-packages", region: region, parameters: parameters)
        let packages = try await pages(request).flatMap { page in
            try page.records("ModelPackageSummaryList").compactMap { entry -> ModelPackageSummary? in
                guard let version = try entry.optionalNumber("ModelPackageVersion") else { return nil }
                return ModelPackageSummary(
                    arn: try entry.text("ModelPackageArn"),
                    version: version,
                    status: try entry.text("ModelPackageStatus"),
                    approval: try entry.optionalText("ModelApprovalStatus"),
                    day: entry.fields["CreationTime"].flatMap(AWSTime.day)
                )
            }
        }
        return packages.sorted { $0.version > $1.version }
    }

    /// One package, by its ARN, whose Region is asked, or a name that the API takes.
    func describeModelPackage(_ name: String) async throws -> ModelPackageDescription {
        let request = AWSRequest(
            "sagemaker",
            "describe-model-package",
            region: ARN.region(of: name),
            parameters: ["ModelPackageName": .text(name)]
        )
        let answer = try await answer(request)
        let containers = try answer.optionalRecord("InferenceSpecification")?.records("Containers") ?? []
        // The SDK looks at the first container alone for the base model.
        let baseModel = try containers.first?.optionalRecord("BaseModel")
        return ModelPackageDescription(
            arn: try answer.optionalText("ModelPackageArn") ?? name,
            group: try answer.optionalText("ModelPackageGroupName"),
            version: try answer.optionalNumber("ModelPackageVersion"),
            status: try answer.text("ModelPackageStatus"),
            baseModel: try baseModel?.optionalText("HubContentName"),
            baseModelVersion: try baseModel?.optionalText("HubContentVersion"),
            modelData: try containers.compactMap { try modelData($0) }.first
        )
    }

    /// Groups whose name contains a text of 1 to 63 letters, digits and hyphens: those made last first, at most 100.
    func listModelPackageGroups(nameContains text: String, region: String?) async throws -> [ModelPackageGroupSummary] {
        let parameters: [String: Value] = [
            "NameContains": .text(text), "SortBy": "CreationTime", "SortOrder": "Descending", "MaxResults": 100,
        ]
        let request = AWSRequest("sagemaker", "list-model-package-groups", region: region, parameters: parameters)
        return try await answer(request).records("ModelPackageGroupSummaryList").map { entry in
            ModelPackageGroupSummary(
                name: try entry.text("ModelPackageGroupName"),
                arn: try entry.optionalText("ModelPackageGroupArn")
            )
        }
    }

    private func modelData(_ container: AWSAnswer) throws(FailedCall) -> String? {
        let source = try container.optionalRecord("ModelDataSource")?.optionalRecord("S3DataSource")
        if let place = try source?.optionalText("S3Uri") { return place }
        return try container.optionalText("ModelDataUrl")
    }

    private func pages(_ request: AWSRequest) async throws -> [AWSAnswer] {
        var request = request
        var pages: [AWSAnswer] = []
        while pages.count < Self.pageLimit {
            let page = try await answer(request)
            pages.append(page)
            guard let token = try page.optionalText("NextToken"), !token.isEmpty else { break }
            request.parameters["NextToken"] = .text(token)
        }
        return pages
    }
}
