// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "usher-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "usher", path: "..")],
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
    ],
    swiftLanguageModes: [.v6]
)
