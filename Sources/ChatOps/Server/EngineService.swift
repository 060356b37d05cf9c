internal import Logging
internal import ServiceLifecycle
internal import Sessions

/// Keeps an engine going: takes over what others left behind, and removes sessions that are old.
struct EngineService: Service {
    let engine: SessionEngine
    /// How long sessions are kept; `nil` for ever.
    let keep: Duration?
    let logger: Logger

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await cancelWhenGracefulShutdown { await engine.run() } }
            if let keep { group.addTask { await cancelWhenGracefulShutdown { await removeOld(keep) } } }
        }
    }

    private func removeOld(_ age: Duration) async {
        while !Task.isCancelled {
            do {
                let count = try await engine.expire(after: age)
                if count > 0 { logger.info("removed old sessions", metadata: ["count": "\(count)"]) }
            } catch {
                logger.error("old sessions could not be removed", metadata: ["error": "\(error)"])
            }
            do { try await Task.sleep(for: .seconds(3_600)) } catch { return }
        }
    }
}
