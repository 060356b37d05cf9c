/// What a server is run with.
public struct ServerSettings: Sendable, Hashable {
    /// What requests and users are held to.
    public struct Limits: Sendable, Hashable {
        /// The largest body, in bytes.
        public var bodyBytes = 65_536
        /// How long a body may take to arrive.
        public var bodyTime = Duration.seconds(10)
        /// How long an answer may take in all; streams last longer.
        public var requestTime = Duration.seconds(30)
        /// How long a connection may be idle.
        public var idleTime = Duration.seconds(60)
        /// How many connections there may be.
        public var connections = 4_096
        /// Requests of a user a minute, in the long run.
        public var userPerMinute = 240
        /// Requests for a session a minute, in the long run.
        public var sessionPerMinute = 120
        /// Requests at once after a rest.
        public var burst = 60
        /// Streams that a user may have open.
        public var streamsPerUser = 10

        /// The limits that count where nothing else is said.
        public init() {}
    }

    /// Where sessions live.
    public enum Store: Sendable, Hashable {
        /// In memory: they are gone when the server stops.
        case memory
        /// In an SQLite file.
        case sqlite(path: String)
        /// In PostgreSQL, where the program was built with it.
        case postgreSQL(target: String)
    }

    /// What a Slack app has to be told; see ``SlackChannel``.
    public struct Slack: Sendable, Hashable {
        /// What Slack signs its requests with.
        public var signingSecret: String
        /// The app's token.
        public var botToken: String
        /// Where Slack's Web API is.
        public var api = "https://slack.com/api"

        /// Makes settings.
        public init(signingSecret: String, botToken: String) {
            self.signingSecret = signingSecret
            self.botToken = botToken
        }
    }

    /// Where the bot is in IRC; see ``IRCChannel``.
    public struct IRC: Sendable, Hashable {
        /// The server.
        public var host: String
        /// Its port.
        public var port = 6_697
        /// Whether the connection is encrypted, and the server shows a certificate for its name.
        public var isTLS = true
        /// What the bot is called there.
        public var nick = "usher"
        /// The channels that it joins.
        public var channels: [String] = []
        /// The password of the connection; `nil` for none.
        public var password: String?

        /// Makes settings.
        public init(host: String) { self.host = host }
    }

    /// What a bot in Matrix has to be told; see ``MatrixChannel``.
    public struct Matrix: Sendable, Hashable {
        /// The homeserver's address.
        public var homeserver: String
        /// The token of the bot's account there.
        public var accessToken: String
        /// Where it keeps up to where it has read.
        public var stateFile: String

        /// Makes settings.
        public init(homeserver: String, accessToken: String, stateFile: String) {
            self.homeserver = homeserver
            self.accessToken = accessToken
            self.stateFile = stateFile
        }
    }

    /// The address to listen at.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 8_080
    /// Where sessions live.
    public var store: Store
    /// How many connections to PostgreSQL there are at most.
    public var storeConnections = 8
    /// The file of tokens; `nil` where there is none, and the server is for one user of this machine.
    public var tokens: String?
    /// The folder that the sessions' workspaces are in.
    public var workspaces: String
    /// The folder of prompts; `nil` for the bundled ones.
    public var prompts: String?
    /// The folders of the flows that sessions may go through; the first is that of sessions that name none.
    public var flows = ["model-evaluation"]
    /// Whether no AWS call is made.
    public var isOffline = false
    /// The AWS profile.
    public var profile: String?
    /// The AWS Region of calls that name none.
    public var region: String?
    /// How long an answer waits for an action.
    public var patience = Duration.seconds(10)
    /// How long an action is this process's without a sign of life.
    public var lease = Duration.seconds(30)
    /// How long sessions are kept after their last event; `nil` for ever.
    public var keep: Duration?
    /// How long the server goes on after it was told to stop, for what is under way.
    public var drain = Duration.seconds(25)
    /// What is logged: `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.
    public var logLevel = "info"
    /// The file that traces are added to; `nil` where nothing is traced.
    public var traces: String?
    /// The Slack app that the server is; `nil` where it is none.
    public var slack: Slack?
    /// Where the bot is in IRC; `nil` for nowhere.
    public var irc: IRC?
    /// The bot in Matrix that the server is; `nil` where it is none.
    public var matrix: Matrix?
    /// The limits.
    public var limits = Limits()

    /// Settings with all that can be left out left out.
    ///
    /// - Parameter stateFolder: Where the server keeps what outlives it.
    public init(stateFolder: String) {
        store = .sqlite(path: stateFolder + "/server.sqlite")
        workspaces = stateFolder + "/workspaces"
    }

    /// Whether only this machine can reach the server.
    public var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// What is wrong with settings; all of it.
public struct ServerSettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, a line each.
    public var messages: [String]

    /// Makes an error of what is wrong, a line each.
    public init(messages: [String]) { self.messages = messages }

    /// The lines.
    public var description: String { messages.joined(separator: "\n") }
}
