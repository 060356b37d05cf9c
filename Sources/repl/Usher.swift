import ArgumentParser

/// The command `usher`.
@main
struct Usher: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usher",
        abstract: "Guided conversations you can prove.",
        version: Version.text,
        subcommands: [
            ChatCommand.self, DemoCommand.self, InitCommand.self, CheckCommand.self, ExplainCommand.self,
            TestCommand.self, ReviewCommand.self, MutateCommand.self, ReplayCommand.self, ConvertCommand.self,
            EvalCommand.self,
            ServeCommand.self, TokenCommand.self,
        ],
        defaultSubcommand: ChatCommand.self
    )
}
