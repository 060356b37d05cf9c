internal import Intents

/// What to call the resource of an ARN when talking to a user.
///
/// - Note: Source: AWS Service Authorization Reference, "Resource types defined by Amazon SageMaker" and its pages for
///   IAM, S3, Bedrock and others.
enum ResourceKindName {
    private static let sageMaker: [String: String] = [
        "action": "a lineage action", "algorithm": "an algorithm", "app": "a Studio app",
        "artifact": "a lineage artifact",
        "automl-job": "an AutoML job", "cluster": "a cluster", "compilation-job": "a compilation job",
        "context": "a lineage context", "domain": "a Studio domain", "endpoint": "an endpoint",
        "endpoint-config": "an endpoint configuration", "experiment": "an experiment",
        "experiment-trial": "a trial", "experiment-trial-component": "a trial component",
        "feature-group": "a feature group", "hub": "a hub", "hyper-parameter-tuning-job": "a tuning job",
        "image": "an image", "image-version": "an image version", "inference-component": "an inference component",
        "job": "a job", "labeling-job": "a labeling job", "mlflow-app": "an MLflow app",
        "mlflow-tracking-server": "an MLflow tracking server", "model": "a model", "model-card": "a model card",
        "model-package": "a model package", "model-package-group": "a model package group",
        "notebook-instance": "a notebook instance", "pipeline": "a pipeline", "processing-job": "a processing job",
        "project": "a project", "space": "a Studio space", "training-job": "a training job",
        "transform-job": "a transform job", "user-profile": "a Studio user profile",
    ]

    private static let others: [String: String] = [
        "bedrock/custom-model": "a Bedrock custom model", "bedrock/evaluation-job": "a Bedrock evaluation job",
        "bedrock/foundation-model": "a Bedrock foundation model",
        "bedrock/imported-model": "a Bedrock imported model",
        "bedrock/inference-profile": "a Bedrock inference profile",
        "bedrock/application-inference-profile": "a Bedrock inference profile",
        "iam/group": "an IAM group", "iam/policy": "an IAM policy", "iam/role": "an IAM role",
        "iam/user": "an IAM user",
        "kms/key": "a KMS key", "lambda/function": "a Lambda function", "logs/log-group": "a CloudWatch log group",
        "sts/assumed-role": "the session of an IAM role", "secretsmanager/secret": "a secret",
    ]

    /// Whether SageMaker has resources of a type.
    static func isSageMakerType(_ type: String) -> Bool { sageMaker[type] != nil || type == "hub-content" }

    /// A noun with its article, such as "a training job".
    static func name(of arn: ARN) -> String {
        let type = arn.resource.type ?? ""
        switch arn.service {
        case "sagemaker": return sageMakerName(type, arn)
        case "s3": return arn.resource.id.contains("/") ? "an S3 object" : "an S3 bucket"
        default: return others["\(arn.service)/\(type)"] ?? "a resource of the service \(arn.service)"
        }
    }

    private static func sageMakerName(_ type: String, _ arn: ARN) -> String {
        let segments = arn.resource.id.split(separator: "/")
        if type == "hub-content" {
            // hub-content/HUB/TYPE/NAME/VERSION, where TYPE is DataSet, Model, Notebook, JsonDoc and the like.
            guard segments.count >= 3, let initial = segments[1].first else { return "something in the hub" }
            return ("AEIOUaeiou".contains(initial) ? "an " : "a ") + segments[1] + " in the hub"
        }
        if type == "pipeline", segments.count >= 3, segments[1] == "execution" { return "an execution of a pipeline" }
        if let name = sageMaker[type] { return name }
        // Some documents write the type as a segment of its own.
        if segments.contains("TrainingJob") { return "a training job" }
        if segments.contains("DataSet") { return "a DataSet in the hub" }
        return type.isEmpty ? "a SageMaker resource" : "a SageMaker resource of the type \(type)"
    }
}
