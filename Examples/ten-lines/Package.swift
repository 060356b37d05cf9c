// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ten-lines",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "usher", path: "../..")],
    targets: [
        .executableTarget(name: "TenLines", dependencies: [.product(name: "Dialogue", package: "usher")])
    ],
    swiftLanguageModes: [.v6]
)
