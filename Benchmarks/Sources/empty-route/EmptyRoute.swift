import Foundation
import Hummingbird
import Logging

/// A server that does nothing, to hold `usher serve` against: one route without middleware that answers two bytes.
@main
enum EmptyRoute {
    static func main() async throws {
        let router = Router()
        router.get("/healthz") { _, _ in "ok" }
        router.post("/v1/sessions/:id/replies") { _, _ in "ok" }
        var logger = Logger(label: "empty")
        logger.logLevel = .warning
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                let line = "listens at http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
                try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
            },
            logger: logger
        )
        try await application.runService()
    }
}
