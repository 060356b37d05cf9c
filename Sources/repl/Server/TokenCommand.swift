public import ArgumentParser
public import ChatOps
import Foundation

/// `usher token`: who may use a server.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and take back the tokens that 'usher serve --tokens' asks for.",
        subcommands: [Add.self, List.self, Remove.self]
    )

    /// The file of tokens.
    struct File: ParsableArguments {
        @Option(help: ArgumentHelp("The file of tokens.", valueName: "file"))
        var tokens: String
    }

    /// `usher token add`: make one.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it. It is kept nowhere; the file holds only a hash of it."
        )

        @OptionGroup var file: File

        @Argument(help: "What it is called; one of that name is replaced.")
        var name: String

        @Option(help: ArgumentHelp("Whose sessions it works with; its name where nothing is said.", valueName: "name"))
        var user: String?

        @Option(help: "What it allows: converse, read, delegate, metrics. May be given several times.")
        var scope: [AccessScope] = [.converse, .read]

        @Option(help: ArgumentHelp("For how many days it is valid.", valueName: "number"))
        var days: Int?

        func validate() throws {
            for (word, name) in [("the name", name), ("--user", user ?? name)] {
                guard (1...64).contains(name.count),
                    name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.@".contains($0) })
                else { throw ValidationError("\(word) has 1 to 64 letters, digits, '-', '_', '.' and '@'") }
            }
            guard days.map({ (1...36_500).contains($0) }) ?? true else { throw ValidationError("--days is 1 to 36500") }
        }

        func run() throws {
            let expires = days.map { Int64(Date().timeIntervalSince1970 * 1_000) + Int64($0) * 86_400_000 }
            let (token, record) = AccessToken.make(
                name: name,
                user: user ?? name,
                scopes: Set(scope),
                expires: expires
            )
            try TokenFile(path: file.tokens).add(record)
            print(token)
        }
    }

    /// `usher token list`: show them.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens: name, user, what they allow.")

        @OptionGroup var file: File

        func run() throws {
            for token in try TokenFile(path: file.tokens).all() {
                let scopes = token.scopes.map(\.rawValue).sorted().joined(separator: ",")
                let end = token.expires.map { Date(timeIntervalSince1970: Double($0) / 1_000).formatted(.iso8601) }
                print([token.name, token.user, scopes, end ?? "no end"].joined(separator: "\t"))
            }
        }
    }

    /// `usher token remove`: take one back.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a token back; it counts from the next request on."
        )

        @OptionGroup var file: File

        @Argument(help: "What it is called.")
        var name: String

        func run() throws {
            guard try TokenFile(path: file.tokens).remove(name) else {
                throw ValidationError("\(file.tokens): there is no token '\(name)'")
            }
        }
    }
}

extension AccessScope: ExpressibleByArgument {}
