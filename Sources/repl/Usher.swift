import ArgumentParser

@main
struct Usher: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "usher", abstract: "Guided conversations you can prove.")
}
