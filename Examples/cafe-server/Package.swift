// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "cafe-server",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "usher", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
    ],
    targets: [
        .executableTarget(
            name: "cafe-server",
            dependencies: [
                .product(name: "ChatOps", package: "usher"),
                .product(name: "Dialogue", package: "usher"),
                .product(name: "Intents", package: "usher"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
