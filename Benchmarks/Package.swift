// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "usher-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "usher", path: ".."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
    ],
    targets: [
        // Counts heap allocations by standing in front of malloc(3).
        .target(name: "CAllocations"),
        .executableTarget(
            name: "usher-bench",
            dependencies: [
                "CAllocations",
                .product(name: "Dialogue", package: "usher"),
                .product(name: "Intents", package: "usher"),
                .product(name: "Rehearsal", package: "usher"),
                // Not linked; built beside it, for start-up times.
                .product(name: "usher", package: "usher"),
            ]
        ),
        // What `usher serve` is held against.
        .executableTarget(
            name: "empty-route",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
