// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "tea",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "usher", path: "../..")],
    targets: [
        .testTarget(
            name: "TeaTests",
            dependencies: [
                .product(name: "Dialogue", package: "usher"),
                .product(name: "Intents", package: "usher"),
                .product(name: "TranscriptTesting", package: "usher"),
            ],
            exclude: ["Transcripts"]
        )
    ],
    swiftLanguageModes: [.v6]
)
