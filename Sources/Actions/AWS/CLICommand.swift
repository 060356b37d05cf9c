import Intents

/// How a request is said to the `aws` command: its arguments, and the files that they refer to.
///
/// Every value of a request goes through a file of ours in a private folder, named by a `file://` argument whose path we
/// made. The command reads such a file literally and once, in version 1 and 2 alike, so no value can be taken as an
/// option, as `file://`, `fileb://` or a URL to fetch, nor be seen in the list of processes. Most operations take all
/// parameters as one JSON file (`--cli-input-json`); operations that answer with a body have no such option, and take a
/// file for each parameter and a path for the body.
///
/// Source: AWS CLI sources, `customizations/cliinput*.py` ("cannot support operations with streaming output") and
/// `paramfile.py`, versions 1.45 and 2.
struct CLICommand: Sendable, Equatable {
    /// Arguments in order; `Argument.file` stands for the path of one of the files.
    var arguments: [Argument]
    /// What the private folder must hold before the command starts.
    var files: [String: [UInt8]]
    /// The name of the file in the private folder that the command writes the body to, where there is one.
    var bodyFile: String?

    /// One argument.
    enum Argument: Sendable, Equatable {
        /// A text of ours or a checked one.
        case plain(String)
        /// A prefix and the path of a file in the private folder.
        case file(prefix: String, name: String)
    }

    /// The operations whose answer is a body.
    private static let streaming: Set<String> = ["s3api get-object"]
    /// The operations that send a body: the command takes the path of a file that holds it.
    private static let sending: Set<String> = ["s3api put-object", "s3api upload-part"]

    /// Says a request to the command.
    ///
    /// - Throws: ``AWSFailure`` with ``AWSFailure/Kind/other`` where the request cannot be said: a service, operation or
    ///   region that is no such name (code `InvalidRequest`), or a parameter that a body operation cannot take.
    init(_ request: AWSRequest, profile: String?, connectTimeout: Int, readTimeout: Int) throws(AWSFailure) {
        try Self.check(request.service, "service")
        try Self.check(request.operation, "operation")
        arguments = [.plain(request.service), .plain(request.operation)]
        files = [:]
        let name = "\(request.service) \(request.operation)"
        if Self.streaming.contains(name) {
            for (key, value) in request.parameters.sorted(by: { $0.key < $1.key }) {
                try add(key, Self.scalar(value, of: key))
            }
            bodyFile = "answer-body"
            arguments.append(.file(prefix: "", name: "answer-body"))
        } else {
            if Self.sending.contains(name) {
                files["request-body"] = request.body
                arguments += [.plain("--body"), .file(prefix: "", name: "request-body")]
            }
            files["input.json"] = Array(AWSJSON.encode(.record(request.parameters)).utf8)
            arguments += [.plain("--cli-input-json"), .file(prefix: "file://", name: "input.json")]
        }
        // One request is one call of the API: pages are asked for by whoever wants them.
        arguments += [.plain("--output"), .plain("json"), .plain("--no-paginate")]
        if let region = request.region {
            try Self.check(region, "region")
            arguments += [.plain("--region"), .plain(region)]
        }
        if let profile { arguments.append(.plain("--profile=\(profile)")) }
        arguments.append(.plain("--cli-connect-timeout=\(connectTimeout)"))
        arguments.append(.plain("--cli-read-timeout=\(readTimeout)"))
    }

    /// The arguments as the process gets them.
    func arguments(in folder: String) -> [String] {
        arguments.map { argument in
            switch argument {
            case .plain(let text): text
            case .file(let prefix, let name): "\(prefix)\(folder)/\(name)"
            }
        }
    }

    private mutating func add(_ key: String, _ text: String) throws(AWSFailure) {
        // The command reads such a file as text and would turn a carriage return into a newline.
        guard !text.unicodeScalars.contains("\r") else {
            throw AWSFailure(
                .other,
                code: "InvalidRequest",
                detail: "\(key) holds a carriage return, which the aws command cannot pass on"
            )
        }
        files["parameter-\(key)"] = Array(text.utf8)
        arguments += [.plain(Self.option(key)), .file(prefix: "file://", name: "parameter-\(key)")]
    }

    private static func scalar(_ value: Value, of key: String) throws(AWSFailure) -> String {
        switch value {
        case .text(let text): return text
        case .number(let number): return String(number)
        case .flag, .list, .record:
            throw AWSFailure(.other, code: "InvalidRequest", detail: "\(key) must be a text or a number")
        }
    }

    /// The option for a parameter: `VersionId` is `--version-id`.
    private static func option(_ key: String) -> String {
        var option = "-"
        for character in key {
            if character.isUppercase { option += "-" }
            option += character.lowercased()
        }
        return option
    }

    /// Refuses what is not lower-case letters, digits and hyphens with a letter first, at most 40 of them.
    private static func check(_ name: String, _ what: String) throws(AWSFailure) {
        let isName =
            (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            && (0x61...0x7A).contains(name.utf8.first ?? 0)
        if !isName {
            throw AWSFailure(.other, code: "InvalidRequest", detail: "'\(name)' is not the name of a \(what)")
        }
    }
}
