import ArgumentParser

/// How AWS is asked.
struct AWSOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The AWS profile to use.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("The AWS Region to ask where the conversation names none.", valueName: "code"))
    var region: String?

    @Flag(help: "Make no AWS call; what could not be checked is marked as not verified.")
    var offline = false
}
