import ChatOps
import Foundation
import Testing

@Suite("Settings come from arguments, the environment and a file")
struct ServerSettingsTests {
    private func read(
        _ arguments: ServerSettings.Arguments = .init(),
        environment: [String: String] = [:],
        file text: String? = nil
    ) async throws -> ServerSettings.Report {
        var file: String?
        if let text {
            let path = FileManager.default.temporaryDirectory.appending(path: "usher-\(UUID().uuidString).yaml").path
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            file = path
        }
        return try await ServerSettings.read(arguments, environment: environment, file: file, stateFolder: "/state")
    }

    @Test("Where nothing is said, a server is for this machine alone")
    func initial() async throws {
        let settings = try await read().settings
        #expect(settings == ServerSettings(stateFolder: "/state"))
        #expect(settings.isLoopback && settings.store == .sqlite(path: "/state/server.sqlite"))
    }

    @Test("Arguments count before the environment, and that before the file")
    func precedence() async throws {
        let file = """
            server: {port: 1, drain_seconds: 3}
            limits: {burst: 7}
            flows: [tea, kettle]
            aws: {offline: true}
            store: memory
            """
        var arguments = ServerSettings.Arguments()
        arguments.port = 3
        let environment = ["USHER_SERVER_PORT": "2", "USHER_LIMITS_BURST": "8", "USHER_SESSIONS_KEEP_DAYS": "30"]
        let report = try await read(arguments, environment: environment, file: file)
        let settings = report.settings
        #expect(settings.port == 3 && settings.limits.burst == 8 && settings.drain == .seconds(3))
        #expect(settings.flows == ["tea", "kettle"] && settings.isOffline && settings.store == .memory)
        #expect(settings.keep == .seconds(30 * 86_400))
        #expect(report.lines.contains("server.port = 3  (command line)"))
        #expect(report.lines.contains("limits.burst = 8  (environment)"))
        #expect(report.lines.contains { $0.hasPrefix("server.drain_seconds = 3  (/") })
        #expect(report.lines.contains("server.host = 127.0.0.1  (default)"))
    }

    @Test("Secrets are given in pairs and never shown")
    func secrets() async throws {
        let file = "slack: {signing_secret: s3cret, bot_token: xoxb-1}\nmatrix: {access_token: syt_1}\n"
        let report = try await read(environment: ["USHER_MATRIX_HOMESERVER": "https://matrix.example"], file: file)
        #expect(report.settings.slack == ServerSettings.Slack(signingSecret: "s3cret", botToken: "xoxb-1"))
        let matrix = report.settings.matrix
        #expect(matrix?.homeserver == "https://matrix.example" && matrix?.accessToken == "syt_1")
        #expect(matrix?.stateFile == "/state/matrix-since")
        let shown = report.lines.joined(separator: "\n")
        #expect(shown.contains("slack.bot_token = ***  (/") && shown.contains("matrix.access_token = ***  (/"))
        #expect(!shown.contains("s3cret") && !shown.contains("xoxb") && !shown.contains("syt_"))
        for name in ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "MATRIX_ACCESS_TOKEN", "MATRIX_HOMESERVER"] {
            let error = await #expect(throws: ServerSettingsError.self) {
                _ = try await read(environment: ["USHER_" + name: "https://x"])
            }
            #expect(error?.description.contains("together") == true)
        }
    }

    @Test("An IRC network is encrypted unless it is said otherwise, and what cannot be a name there is told")
    func irc() async throws {
        #expect(try await read(environment: ["USHER_IRC_NICK": "bot"]).settings.irc == nil)
        let environment = [
            "USHER_IRC_HOST": "irc.example", "USHER_IRC_PASSWORD": "pssst", "USHER_IRC_CHANNELS": "#a,&b",
        ]
        let report = try await read(environment: environment)
        let irc = try #require(report.settings.irc)
        #expect(irc.host == "irc.example" && irc.port == 6_697 && irc.isTLS && irc.nick == "usher")
        #expect(irc.channels == ["#a", "&b"] && irc.password == "pssst")
        #expect(!report.lines.joined().contains("pssst"))
        #expect(
            try await read(environment: environment.merging(["USHER_IRC_TLS": "false"]) { $1 }).settings.irc?.port
                == 6_667
        )
        for (key, value) in [
            ("NICK", "9lives"), ("NICK", "a b"), ("NICK", "a\r\nQUIT"), ("CHANNELS", "tea"), ("CHANNELS", "#a b"),
            ("CHANNELS", "#a:b"),
        ] {
            let error = await #expect(throws: ServerSettingsError.self) {
                _ = try await read(environment: environment.merging(["USHER_IRC_\(key)": value]) { $1 })
            }
            #expect(error?.description.contains("irc.\(key.lowercased())") == true, "\(value)")
        }
    }

    @Test("All that is wrong is told at once")
    func problems() async throws {
        let environment = [
            "USHER_SERVER_PORT": "many", "USHER_LIMITS_BURST": "0", "USHER_LOG_LEVEL": "loud", "USHER_STORE": "mysql:x",
            "USHER_SERVER_HOST": "0.0.0.0", "USHER_ACTIONS_PATIENCE_SECONDS": "40",
        ]
        let error = await #expect(throws: ServerSettingsError.self) { _ = try await read(environment: environment) }
        let text = try #require(error).description
        for word in ["server.port", "limits.burst is 0", "log.level", "store is", "--tokens", "actions.patience"] {
            #expect(text.contains(word))
        }
    }

    @Test("A file that is not there, or is none, is said to be so", arguments: ["server: [", "\u{0}"])
    func brokenFile(text: String) async throws {
        await #expect(throws: ServerSettingsError.self) { _ = try await read(file: text) }
        await #expect(throws: ServerSettingsError.self) {
            _ = try await ServerSettings.read(.init(), environment: [:], file: "/no/such", stateFolder: "/state")
        }
    }
}
