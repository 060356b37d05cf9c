import AWS
import Diagnostics
import Foundation
import Intents
import YAMLReading

/// The entity types of the bundled flow's slots, as their files in the package define them.
enum SlotTypes {
    static func type(_ name: String, _ variant: String? = nil) throws -> AnyEntityType {
        if name == "text" { return .text(limit: 2_000) }
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = "prompts/aws/entities/\(name).yaml"
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        var diagnostics = DiagnosticList()
        let root = YAMLNode(text, file: path, diagnostics: &diagnostics)
        let files = root.flatMap { EntityFile($0, diagnostics: &diagnostics) }.map { [$0] } ?? []
        let types = EntityDefinition.compile(files, registry: AWSEntities.registry, diagnostics: &diagnostics)
        try diagnostics.throwIfErrors()
        guard let type = types.first else { throw DiagnosticsError([]) }
        return type.type(variant)
    }
}
