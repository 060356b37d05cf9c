import ArgumentParser
import BundledPrompts
import Foundation
import StarterFlow
import Terminal

/// `usher init`: begin a flow.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begin a flow of your own: a small one that works, with a rule and a first transcript that passes.",
        discussion:
            "It is made in the current folder. What is there already stays as it is. docs/flows.md goes on from it."
    )

    @Argument(help: "What the flow is called: lower-case letters, digits and dashes.")
    var name: String

    @Option(help: ArgumentHelp("The folder of flows that it goes into; made where it is not there.", valueName: "dir"))
    var prompts = "prompts"

    func validate() throws {
        guard StarterFlow.isName(name) else {
            throw ValidationError(
                "'\(Sanitizer.displayable(name))' is no name for a flow: it has 1 to 64 lower-case letters (a to z), "
                    + "digits and dashes, begins with a letter and does not end with a dash"
            )
        }
        let bundled = Set(BundledPrompts.files.compactMap { $0.path.split(separator: "/").first.map(String.init) })
        guard !bundled.contains(name) else {
            throw ValidationError(
                "usher brings a folder '\(name)' along; choose another name, so that the two are not taken for one another"
            )
        }
    }

    func run() throws {
        do {
            for line in try make() { print(Sanitizer.displayable(line)) }
        } catch {
            FileHandle.standardError.write(Data("nothing was made: \(Sanitizer.displayable("\(error)"))\n".utf8))
            throw ExitCode.failure
        }
    }

    /// Makes everything; what there is to say.
    private func make() throws -> [String] {
        guard let starter = StarterFlow(name: name) else { return [] }
        let folder = (prompts as NSString).appendingPathComponent(name)
        let transcripts = "transcripts/\(name)"
        let there = [folder, transcripts].filter { FileManager.default.fileExists(atPath: $0) }
        guard there.isEmpty else {
            throw NewFiles.Failure(
                description: there.joined(separator: " and ") + (there.count == 1 ? " is" : " are") + " there already"
            )
        }
        let files = NewFiles(
            files: starter.flow.map { ((folder as NSString).appendingPathComponent($0.path), $0.text) }
                + starter.transcripts.map { ("\(transcripts)/\($0.path)", $0.text) }
        )
        try files.write()
        let quoted = ShellWord(prompts).text
        return ["Made:"] + files.files.map { "  \($0.path)" } + ["Next:"]
            + [
                "check --prompts \(quoted) --flow \(name)", "chat --prompts \(quoted) --flow \(name)",
                "test --prompts \(quoted) \(transcripts)",
            ].map { "  usher \($0)" }
    }
}
