// swift-tools-version: 6.2
import PackageDescription

// With USHER_WITHOUT_SERVER=1 the program `usher` is built without `usher serve`, and none of the packages that only the
// server needs is fetched or built: docs/decisions/0008. Nobody who depends on this package has to know of it.
let hasServer = Context.environment["USHER_WITHOUT_SERVER"] != "1"

// What `usher --version` calls the commit; scripts/build sets it. Context.gitInformation would be the commit at which this
// file was last evaluated: SwiftPM keeps the result until the file or the environment changes.
let commit = Context.environment["USHER_COMMIT"].flatMap { $0.isEmpty ? nil : $0 }

let package = Package(
    name: "usher",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "usher", targets: ["repl"]),
        // With the words that every flow needs, and what reads a folder of flows.
        .library(name: "Dialogue", targets: ["Dialogue", "BundledPrompts"]),
        .library(name: "Intents", targets: ["Intents"]),
        .library(name: "Sessions", targets: ["Sessions"]),
        .library(name: "TranscriptTesting", targets: ["TranscriptTesting", "Transcripts"]),
        .library(name: "PostgreSQLSessions", targets: ["PostgreSQLSessions"]),
        // The rest of what a transcript takes to run, for Benchmarks/.
        .library(
            name: "Rehearsal",
            targets: ["AWS", "Actions", "BundledPrompts", "Diagnostics", "Patterns", "Transcripts", "YAMLReading"]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),
        // These load their libraries when they are first needed, so that neither the build nor the start needs them.
        .target(name: "CLibCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CLibPQ", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),

        // Only this one file is compiled again at another commit.
        .target(name: "CCommit", cSettings: commit.map { [.define("USHER_COMMIT", to: $0)] } ?? []),

        .target(name: "Patterns", dependencies: ["CPCRE2"]),
        .target(name: "Diagnostics"),
        // Apart from Diagnostics, since Yams takes long to compile and Intents need not wait for it.
        .target(name: "YAMLReading", dependencies: ["Diagnostics", .product(name: "Yams", package: "Yams")]),
        .target(name: "Intents", dependencies: ["Patterns", "Diagnostics"]),
        .target(name: "AWS", dependencies: ["Diagnostics", "Intents", "Patterns"]),
        .target(
            name: "Dialogue",
            dependencies: [
                "Intents", "Diagnostics", "YAMLReading", .product(name: "Mustache", package: "swift-mustache"),
            ]
        ),
        .target(
            name: "Actions",
            dependencies: [
                "AWS", "Dialogue", "Intents", "Diagnostics", "YAMLReading",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(
            name: "Sessions",
            dependencies: [
                "CSQLite", "Dialogue", "Diagnostics", "Intents",
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(name: "PostgreSQLSessions", dependencies: ["CLibPQ", "Dialogue", "Sessions"]),
        .target(name: "Networking", dependencies: ["CLibCurl"]),
        .target(
            name: "Transcripts",
            dependencies: [
                "Dialogue", "Diagnostics", "Intents", "Patterns", "YAMLReading",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        // For the tests of a bot. It needs Swift Testing, so nothing else may depend on it.
        .target(name: "TranscriptTesting", dependencies: ["BundledPrompts", "Dialogue", "Intents", "Transcripts"]),
        .target(name: "Terminal", dependencies: ["CLibedit"]),

        // Shows Terminal to Tests/RealParts/terminal_probe.py, through a pseudo-terminal. It is no product.
        .executableTarget(name: "TerminalProbe", dependencies: ["Terminal"]),

        // Carries prompts/ inside the binary: the plugin runs the tool, which writes one Swift file.
        .executableTarget(name: "embed-prompts"),
        .plugin(name: "EmbedPrompts", capability: .buildTool(), dependencies: ["embed-prompts"]),
        .target(name: "BundledPrompts", exclude: ["prompts"], plugins: ["EmbedPrompts"]),

        // What `usher init` writes, carried in the same way.
        .target(name: "StarterFlow", exclude: ["prompts"], plugins: ["EmbedPrompts"]),

        // What `usher demo` takes place in, carried in the same way, and what records it.
        .target(name: "DemoWorld", exclude: ["prompts"], plugins: ["EmbedPrompts"]),
        .executableTarget(name: "RecordDemo", dependencies: ["Actions", "Intents"]),

        .target(
            name: "Console",
            dependencies: ["Dialogue", "Intents", "Sessions", "Terminal", "Transcripts"]
        ),
        .executableTarget(
            name: "repl",
            dependencies: [
                "AWS", "Actions", "BundledPrompts", "CCommit", "Console", "DemoWorld", "Diagnostics", "Dialogue",
                "Intents",
                "Sessions",
                "StarterFlow", "Terminal", "Transcripts",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + (hasServer ? ["ChatOps", "PostgreSQLSessions"] : []),
            exclude: [hasServer ? "WithoutServer" : "Server"]
        ),

        .testTarget(name: "NetworkingTests", dependencies: ["Networking"]),
        .testTarget(name: "PatternsTests", dependencies: ["Patterns"]),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "YAMLReading"]),
        .testTarget(name: "IntentsTests", dependencies: ["AWS", "Diagnostics", "Intents", "Patterns", "YAMLReading"]),
        .testTarget(name: "DialogueTests", dependencies: ["Dialogue", "Intents", "Diagnostics"]),
        .testTarget(
            name: "ActionsTests",
            dependencies: ["AWS", "Actions", "Diagnostics", "Dialogue", "Intents", "YAMLReading"]
        ),
        // A small flow with an action, and a store that fails when told to, for the two that follow.
        .target(
            name: "KettleFlow",
            dependencies: ["BundledPrompts", "Dialogue", "Sessions"],
            path: "Tests/KettleFlow"
        ),
        .testTarget(
            name: "SessionsTests",
            dependencies: ["KettleFlow", "PostgreSQLSessions", "Sessions", "Diagnostics", "Dialogue", "Intents"]
        ),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "Dialogue", "Intents", "Sessions"]),
        .testTarget(
            name: "TranscriptsTests",
            dependencies: [
                "AWS", "Actions", "BundledPrompts", "Diagnostics", "Dialogue", "Intents", "Patterns", "Transcripts",
                "YAMLReading",
            ]
        ),
        .testTarget(name: "TranscriptTestingTests", dependencies: ["Dialogue", "TranscriptTesting", "Transcripts"]),
        // The packages in Examples/ are built here too, so that they stay right. By themselves they are built only when
        // somebody asks for it.
        .executableTarget(
            name: "TenLines",
            dependencies: ["BundledPrompts", "Dialogue"],
            path: "Examples/ten-lines/Sources/TenLines"
        ),
        .target(name: "DeployBot", dependencies: ["Dialogue", "Intents"], path: "Examples/deploy/Sources/DeployBot"),
        .executableTarget(
            name: "deploy-chat",
            dependencies: ["BundledPrompts", "DeployBot", "Dialogue", "Sessions"],
            path: "Examples/deploy/Sources/deploy-chat"
        ),
        .testTarget(
            name: "DeployBotTests",
            dependencies: ["DeployBot", "Dialogue", "Intents", "TranscriptTesting", "Transcripts"],
            path: "Examples/deploy/Tests/DeployBotTests",
            exclude: ["Transcripts"]
        ),
        .testTarget(
            name: "TeaTests",
            dependencies: ["Dialogue", "Intents", "TranscriptTesting", "Transcripts"],
            path: "Examples/tea/Tests/TeaTests",
            exclude: ["Transcripts"]
        ),
        .testTarget(
            name: "StarterFlowTests",
            dependencies: ["BundledPrompts", "Dialogue", "Intents", "StarterFlow", "TranscriptTesting"]
        ),
        .testTarget(name: "DemoWorldTests", dependencies: ["Actions", "DemoWorld", "Intents"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
        .testTarget(
            name: "BundledPromptsTests",
            dependencies: ["BundledPrompts"],
            exclude: ["prompts"],
            plugins: ["EmbedPrompts"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// The server: everything that needs NIO, Hummingbird or libmd.
if hasServer {
    package.products += [
        .library(name: "ChatOps", targets: ["ChatOps", "Sessions"])
    ]
    package.dependencies += [
        .package(url: "https://github.com/apple/swift-configuration", from: "1.0.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
    ]
    package.targets += [
        .systemLibrary(
            name: "CLibMD",
            pkgConfig: "libmd",
            providers: [.apt(["libmd-dev"]), .brew(["libmd"])]
        ),
        .target(
            name: "ChatOps",
            dependencies: [
                "CLibMD", "Dialogue", "Diagnostics", "Intents", "Networking", "Sessions", "Transcripts",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("Resources/openapi.json"), .embedInCode("WebChat/chat.html"),
                .embedInCode("WebChat/chat.css"), .embedInCode("WebChat/chat.js"), .embedInCode("WebChat/chat-dom.js"),
                .embedInCode("WebChat/chat-log.js"), .embedInCode("WebChat/chat-server.js"),
                .embedInCode("WebChat/chat-side.js"),
                .embedInCode("WebChat/chat-talk.js"), .embedInCode("WebChat/chat.svg"),
            ]
        ),
        .executableTarget(
            name: "cafe-server",
            dependencies: [
                "BundledPrompts", "ChatOps", "Dialogue", "Intents", "Sessions",
                .product(name: "Hummingbird", package: "hummingbird"),
            ],
            path: "Examples/cafe-server/Sources/cafe-server"
        ),
        .testTarget(
            name: "ChatOpsTests",
            dependencies: [
                "ChatOps", "Dialogue", "Intents", "KettleFlow", "Networking", "Sessions",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
    ]
}

let targetsOfC: Set = ["CCommit", "CLibCurl", "CLibPQ"]
for target in package.targets where ![.system, .plugin].contains(target.type) && !targetsOfC.contains(target.name) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .enableUpcomingFeature("InferIsolatedConformances"),
            .treatAllWarnings(as: .error),
        ]
    if target.name == "Patterns" {
        target.swiftSettings?.append(.strictMemorySafety())
    }
}
