extension EntityKind {
    /// The kind's name in the language of flows, such as `s3_uri`.
    public var name: String {
        switch self {
        case .text: "text"
        case .s3URI: "s3_uri"
        case .modelPackage: "model_package"
        case .region: "region"
        case .choice: "choice"
        case .choices: "choices"
        case .flag: "boolean"
        case .path: "path"
        case .json: "json"
        case .projectName: "project_name"
        case .number: "number"
        }
    }

    /// What one of the kind is called, with its article.
    public var noun: String {
        switch self {
        case .text: "a text"
        case .s3URI: "an S3 URI"
        case .modelPackage: "a model package"
        case .region: "an AWS Region"
        case .choice: "one of the options"
        case .choices: "some of the options"
        case .flag: "yes or no"
        case .path: "a path"
        case .json: "a JSON array or object"
        case .projectName: "a project name"
        case .number: "a number"
        }
    }
}
