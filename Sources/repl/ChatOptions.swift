import ArgumentParser

/// Which session is talked to, and what is written of it.
struct ChatOptions: ParsableArguments {
    @Flag(help: "Go on with the last session of this flow, or the one named by --session.")
    var resume = false

    @Option(help: ArgumentHelp("The session's name; a new one is named by itself.", valueName: "name"))
    var session: String?

    @Option(help: ArgumentHelp("Write the conversation as a transcript.", valueName: "file"))
    var record: String?
}
