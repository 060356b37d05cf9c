import AWS
import Diagnostics
import Foundation
import Intents
import YAMLReading

/// The entity types of `prompts/aws` and of the bundled flow, compiled from their files as they lie in the package.
enum EntityTypes {
    static let definitions: [EntityDefinition] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var diagnostics = DiagnosticList()
        let files = [
            "aws/entities/arn", "aws/entities/model_package", "aws/entities/region", "aws/entities/s3_uri",
            "model-evaluation/entities/project_name",
        ].compactMap { path -> EntityFile? in
            let text = (try? String(contentsOf: root.appending(path: "prompts/\(path).yaml"), encoding: .utf8)) ?? ""
            return YAMLNode(text, file: path, diagnostics: &diagnostics).flatMap {
                EntityFile($0, diagnostics: &diagnostics)
            }
        }
        let definitions = EntityDefinition.compile(files, registry: AWSEntities.registry, diagnostics: &diagnostics)
        for diagnostic in diagnostics.diagnostics { print(diagnostic) }
        return definitions
    }()

    static let all = definitions.map { $0.type() }

    static func type(_ name: String, _ variant: String? = nil) -> AnyEntityType {
        definitions.first { $0.name == name }?.type(variant) ?? .flag
    }
}

/// The places that a slot for an S3 URI may want.
enum S3Place: String { case any, object, output }

extension AnyEntityType {
    static let region = EntityTypes.type("region")
    static let modelPackage = EntityTypes.type("model_package")
    static let projectName = EntityTypes.type("project_name")
    static func s3URI(_ place: S3Place) -> AnyEntityType { EntityTypes.type("s3_uri", place.rawValue) }
}
