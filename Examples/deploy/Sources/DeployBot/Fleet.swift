/// Services with their machines: here in memory, in a program of yours whatever you deploy with.
public actor Fleet {
    /// A service.
    public struct Service: Sendable {
        /// The versions that there are, the newest first.
        public var versions: [String]
        /// What runs on each machine.
        public var machines: [String: String]

        /// Makes a service.
        public init(versions: [String], machines: [String: String]) {
            self.versions = versions
            self.machines = machines
        }
    }

    private var services: [String: Service]
    /// Versions that do not come up.
    private let broken: Set<String>

    /// Makes a fleet.
    ///
    /// - Parameters:
    ///   - services: The services by name.
    ///   - broken: Versions that come up nowhere.
    public init(_ services: [String: Service], broken: Set<String> = []) {
        self.services = services
        self.broken = broken
    }

    /// Three services, one of them without a version, and a version that does not come up.
    public static func example() -> Fleet {
        Fleet(
            [
                "shop": Service(
                    versions: ["2.1", "2.0"],
                    machines: ["shop-1": "2.0", "shop-2": "2.0", "shop-3": "2.0"]
                ),
                "search": Service(versions: ["0.9", "0.8"], machines: ["search-1": "0.8"]),
                "mail": Service(versions: [], machines: [:]),
            ],
            broken: ["0.9"]
        )
    }

    func versions(of service: String) -> [String] { services[service]?.versions ?? [] }

    /// The machines of a service that do not run a version, by name.
    func machines(of service: String, without version: String) -> [String] {
        (services[service]?.machines ?? [:]).filter { $0.value != version }.keys.sorted()
    }

    /// How many machines of a service run a version.
    func count(of service: String, with version: String) -> Int {
        (services[service]?.machines ?? [:]).values.count { $0 == version }
    }

    /// Starts a version on a machine; whether it came up.
    func start(_ version: String, of service: String, on machine: String) -> Bool {
        guard !broken.contains(version) else { return false }
        services[service]?.machines[machine] = version
        return true
    }
}
