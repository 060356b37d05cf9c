internal import Configuration
internal import SystemPackage

extension ServerSettings {
    /// What the command line gives; `nil` for what it does not.
    public struct Arguments: Sendable, Hashable {
        /// The setting `server.host`.
        public var host: String?
        /// The setting `server.port`.
        public var port: Int?
        /// The setting `store`.
        public var store: String?
        /// The setting `tokens`.
        public var tokens: String?
        /// The setting `prompts`.
        public var prompts: String?
        /// The setting `flows`.
        public var flows: [String] = []
        /// The setting `aws.offline`.
        public var offline = false
        /// The setting `aws.profile`.
        public var profile: String?
        /// The setting `aws.region`.
        public var region: String?

        /// Nothing.
        public init() {}

        fileprivate var values: [AbsoluteConfigKey: ConfigValue] {
            var values: [AbsoluteConfigKey: ConfigValue] = [:]
            let texts = [
                "server.host": host, "store": store, "tokens": tokens, "prompts": prompts, "aws.profile": profile,
                "aws.region": region,
            ]
            for (key, text) in texts {
                if let text { values[AbsoluteConfigKey(ConfigKey(key))] = ConfigValue(.string(text), isSecret: false) }
            }
            if let port { values["server.port"] = ConfigValue(.int(port), isSecret: false) }
            if !flows.isEmpty { values["flows"] = ConfigValue(.stringArray(flows), isSecret: false) }
            if offline { values["aws.offline"] = ConfigValue(.bool(true), isSecret: false) }
            return values
        }
    }

    /// Settings with where each came from.
    public struct Report: Sendable {
        /// The settings.
        public var settings: ServerSettings
        /// A line for each setting: its key, its value and its source; secrets are masked.
        public var lines: [String]
    }

    /// Reads settings: of the command line, then of the environment (`USHER_SERVER_PORT` for `server.port`), then of a
    /// file in YAML or JSON, then what counts where nothing is said.
    ///
    /// - Parameters:
    ///   - arguments: What the command line gives.
    ///   - environment: The environment's variables.
    ///   - file: The file; `nil` where there is none.
    ///   - stateFolder: Where the server keeps what outlives it.
    /// - Returns: The settings.
    /// - Throws: ``ServerSettingsError`` with all that is wrong.
    public static func read(
        _ arguments: Arguments,
        environment: [String: String],
        file: String?,
        stateFolder: String
    ) async throws -> Report {
        var sources = [
            SettingsReader.Source(name: "command line", provider: InMemoryProvider(values: arguments.values)),
            SettingsReader.Source(
                name: "environment",
                provider: EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "usher")
            ),
        ]
        if let file {
            do {
                let provider = try await FileProvider<YAMLSnapshot>(filePath: FilePath(file))
                sources.append(SettingsReader.Source(name: file, provider: provider))
            } catch {
                throw ServerSettingsError(messages: ["\(file): the settings cannot be read: \(error)"])
            }
        }
        var reader = SettingsReader(sources)
        var settings = ServerSettings(stateFolder: stateFolder).overridden(by: &reader)
        settings.slack = reader.slack()
        settings.irc = reader.irc()
        settings.matrix = reader.matrix(stateFolder: stateFolder)
        guard reader.problems.isEmpty else { throw ServerSettingsError(messages: reader.problems) }
        return Report(settings: settings, lines: reader.entries.map(\.line))
    }

    private func overridden(by reader: inout SettingsReader) -> ServerSettings {
        let second = 1...86_400
        var new = self
        new.host = reader.text("server.host", host) ?? host
        new.port = reader.number("server.port", port, in: 0...65_535)
        new.drain = reader.seconds("server.drain_seconds", drain, in: 0...3_600)
        new.store = reader.store("store", store)
        new.storeConnections = reader.number("store_connections", storeConnections, in: 1...1_000)
        new.tokens = reader.text("tokens", tokens)
        new.workspaces = reader.text("workspaces", workspaces) ?? workspaces
        new.prompts = reader.text("prompts", prompts)
        new.flows = reader.texts("flows", flows)
        new.isOffline = reader.flag("aws.offline", isOffline)
        new.profile = reader.text("aws.profile", profile)
        new.region = reader.text("aws.region", region)
        new.patience = reader.seconds("actions.patience_seconds", patience, in: 0...600)
        new.lease = reader.seconds("actions.lease_seconds", lease, in: 3...3_600)
        let days = reader.number("sessions.keep_days", 0, in: 0...36_500)
        new.keep = days == 0 ? nil : .seconds(days * 86_400)
        new.limits.bodyBytes = reader.number("limits.body_bytes", limits.bodyBytes, in: 1_024...16_777_216)
        new.limits.bodyTime = reader.seconds("limits.body_seconds", limits.bodyTime, in: second)
        new.limits.requestTime = reader.seconds("limits.request_seconds", limits.requestTime, in: second)
        new.limits.idleTime = reader.seconds("limits.idle_seconds", limits.idleTime, in: second)
        new.limits.connections = reader.number("limits.connections", limits.connections, in: 1...1_000_000)
        new.limits.userPerMinute = reader.number("limits.user_per_minute", limits.userPerMinute, in: 1...1_000_000)
        new.limits.sessionPerMinute = reader.number(
            "limits.session_per_minute",
            limits.sessionPerMinute,
            in: 1...1_000_000
        )
        new.limits.burst = reader.number("limits.burst", limits.burst, in: 1...1_000_000)
        new.limits.streamsPerUser = reader.number("limits.streams_per_user", limits.streamsPerUser, in: 1...100_000)
        new.logLevel = reader.logLevel("log.level", logLevel)
        new.traces = reader.text("traces", traces)
        if new.flows.isEmpty { reader.fail("flows names no flow") }
        if new.patience >= new.limits.requestTime {
            reader.fail("actions.patience_seconds must be less than limits.request_seconds")
        }
        if new.tokens == nil, !new.isLoopback {
            reader.fail(
                "server.host is \(new.host), which others can reach: give a file of tokens with --tokens, or use 127.0.0.1"
            )
        }
        return new
    }
}

extension SettingsReader {
    fileprivate mutating func store(_ key: String, _ initial: ServerSettings.Store) -> ServerSettings.Store {
        guard let text = text(key, initial.text), text != initial.text else { return initial }
        if text == "memory" { return .memory }
        if text.hasPrefix("sqlite:"), text.utf8.count > 7 { return .sqlite(path: String(text.dropFirst(7))) }
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") { return .postgreSQL(target: text) }
        fail("\(key) is 'memory', 'sqlite:PATH' or 'postgresql://USER@HOST/DATABASE'")
        return initial
    }

    fileprivate mutating func slack() -> ServerSettings.Slack? {
        let signingSecret = secret("slack.signing_secret")
        let botToken = secret("slack.bot_token")
        let api = text("slack.api_url", nil)
        guard let signingSecret, let botToken else {
            if signingSecret != nil || botToken != nil {
                fail("slack.signing_secret and slack.bot_token are given together")
            }
            return nil
        }
        var slack = ServerSettings.Slack(signingSecret: signingSecret, botToken: botToken)
        if let api { slack.api = api }
        return slack
    }

    fileprivate mutating func irc() -> ServerSettings.IRC? {
        let host = text("irc.host", nil)
        var irc = ServerSettings.IRC(host: host ?? "")
        irc.isTLS = flag("irc.tls", irc.isTLS)
        irc.port = number("irc.port", irc.isTLS ? 6_697 : 6_667, in: 1...65_535)
        irc.nick = text("irc.nick", irc.nick) ?? irc.nick
        irc.channels = texts("irc.channels", irc.channels)
        irc.password = secret("irc.password")
        if irc.nick.wholeMatch(of: /[A-Za-z_\[\]{}^|`\\][A-Za-z0-9_\[\]{}^|`\\-]{0,29}/) == nil {
            fail("irc.nick has letters, digits and _-[]{}^|`\\, at most 30, and begins with no digit")
        }
        for channel in irc.channels where channel.wholeMatch(of: /[#&][^\u{00}-\u{20},:\u{07}]{1,49}/) == nil {
            fail("irc.channels holds '\(channel)'; a channel begins with # and has no spaces, commas and colons")
        }
        return host == nil ? nil : irc
    }

    fileprivate mutating func matrix(stateFolder: String) -> ServerSettings.Matrix? {
        let homeserver = text("matrix.homeserver", nil)
        let accessToken = secret("matrix.access_token")
        let stateFile = text("matrix.state_file", stateFolder + "/matrix-since") ?? ""
        guard let homeserver, let accessToken else {
            if homeserver != nil || accessToken != nil {
                fail("matrix.homeserver and matrix.access_token are given together")
            }
            return nil
        }
        guard homeserver.hasPrefix("https://") || homeserver.hasPrefix("http://"), !homeserver.hasSuffix("/") else {
            fail("matrix.homeserver is an address such as https://matrix.example, without a path")
            return nil
        }
        return ServerSettings.Matrix(homeserver: homeserver, accessToken: accessToken, stateFile: stateFile)
    }

    fileprivate mutating func logLevel(_ key: String, _ initial: String) -> String {
        let known = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        let level = text(key, initial) ?? initial
        if !known.contains(level) { fail("\(key) is one of \(known.joined(separator: ", "))") }
        return level
    }
}

extension ServerSettings.Store {
    /// How it is written in settings.
    fileprivate var text: String {
        switch self {
        case .memory: "memory"
        case .sqlite(let path): "sqlite:" + path
        case .postgreSQL(let target): target
        }
    }
}

extension SettingsReader.Entry {
    /// The setting on one line, safe to show.
    fileprivate var line: String {
        "\(key) = \(SecretMask.masked(value))  (\(source))"
    }
}
