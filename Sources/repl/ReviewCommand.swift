import ArgumentParser
import Foundation
import Terminal
import Transcripts

/// `usher review`: go through what `usher test` left.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Go through the differences that 'usher test' left, and take them over or drop them.",
        discussion: "Ends with exit code 1 while any of them waits."
    )

    @Argument(help: "Transcripts, or folders of them.")
    var paths: [String] = ["."]

    @Option(
        help: ArgumentHelp("Take over those whose path holds this text, or fits it ('*', '?').", valueName: "text")
    )
    var accept: [String] = []

    @Option(help: ArgumentHelp("Drop those whose path holds this text, or fits it ('*', '?').", valueName: "text"))
    var reject: [String] = []

    private enum Decision { case accept, reject, skip, quit }

    func run() throws {
        let printer = TestPrinter()
        let waiting = try PendingRevision.find(in: paths.map(Self.pendingPath))
        guard !waiting.isEmpty else { return print("Nothing waits for a review.") }
        guard !Environment.isCI else {
            throw ValidationError("a review is refused where CI is set: nothing is written there")
        }
        let isInteractive = accept.isEmpty && reject.isEmpty && TerminalSize.isTerminal(0)
        let acceptable = accept.map(Wildcard.init)
        let rejectable = reject.map(Wildcard.init)
        var left = waiting.count
        for (index, path) in waiting.enumerated() {
            do {
                let pending = try PendingRevision(reading: path)
                var decision = Decision.skip
                if acceptable.contains(where: { $0.matches(pending.file) }) { decision = .accept }
                if rejectable.contains(where: { $0.matches(pending.file) }) { decision = .reject }
                if isInteractive {
                    printer.show(try pending.revision())
                    decision = ask("\(index + 1) of \(waiting.count)")
                } else if decision == .skip {
                    printer.say("waits: \(pending.file)")
                }
                switch decision {
                case .accept:
                    try pending.accept()
                    printer.say("accepted \(pending.file)")
                    left -= 1
                case .reject:
                    try pending.remove()
                    printer.say("rejected \(pending.file)")
                    left -= 1
                case .skip: break
                case .quit:
                    printer.say("\(left) left")
                    throw ExitCode.failure
                }
            } catch let error as PendingRevision.Failure {
                printer.say("\(error)")
            }
        }
        if left > 0 {
            printer.say("\(left) left")
            throw ExitCode.failure
        }
    }

    /// A transcript that is named stands for what waits beside it.
    private static func pendingPath(_ path: String) -> String {
        let pending = path + PendingRevision.ending
        return FileManager.default.fileExists(atPath: pending) ? pending : path
    }

    private func ask(_ place: String) -> Decision {
        while true {
            print("\(place): (a)ccept, (r)eject, (s)kip, (q)uit? ", terminator: "")
            fflush(nil)
            guard let line = readLine() else { return .quit }
            switch line.lowercased().trimmingCharacters(in: .whitespaces) {
            case "a", "accept": return .accept
            case "r", "reject": return .reject
            case "s", "skip": return .skip
            case "q", "quit": return .quit
            default: continue
            }
        }
    }
}
