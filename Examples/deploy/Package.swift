// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "deploy",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "usher", path: "../..")],
    targets: [
        .target(
            name: "DeployBot",
            dependencies: [
                .product(name: "Dialogue", package: "usher"),
                .product(name: "Intents", package: "usher"),
            ]
        ),
        .executableTarget(
            name: "deploy-chat",
            dependencies: [
                "DeployBot",
                .product(name: "Dialogue", package: "usher"),
                .product(name: "Sessions", package: "usher"),
            ]
        ),
        .testTarget(
            name: "DeployBotTests",
            dependencies: [
                "DeployBot",
                .product(name: "Dialogue", package: "usher"),
                .product(name: "Intents", package: "usher"),
                .product(name: "TranscriptTesting", package: "usher"),
            ],
            exclude: ["Transcripts"]
        ),
    ],
    swiftLanguageModes: [.v6]
)
