import Dialogue
import Intents
import Transcripts

/// A small flow with every kind of way out, and transcripts for it.
enum PetShop {
    static let flowFile = """
        flow: pets
        slots:
          animal:
            type: choice
            options: {cat: cat, dog: dog}
            names: [animal]
          name: {type: text, names: [name]}
          insured: {type: boolean}
          proposal: {type: derived, shape: text}
        steps:
          - id: animal
            collect: animal
            ask: ask
            unsure: {set: {animal: cat}}
            skip: {end: nothing}
          - id: name
            collect: name
            ask: ask
            if: animal == dog
          - id: insured
            collect: insured
            ask: ask
          - id: check
            action: check
            in: {animal: animal}
            out: {proposal: name}
            outcomes:
              good, fair: continue
              bad: {say: ask, clear: [animal]}
          - id: sure
            confirm: [animal]
            ask: ask
            deny: {clear: [animal]}
          - id: agree
            gate: [animal]
            ask: ask
            deny: {say: ask, next: stay}
          - id: finished
            end: sold
        """
    static let rulesFile = """
        kind: mark
        fragments:
          what: "(?:cats?|dogs?)"
        intents:
          filler:
            - name: filler-animals
              pattern: "\\\\b(?:my|our) (?&what)\\\\b"
              matches: [my cat]
              rejects: [your cat]
        """

    /// Few rules, since the bundled ones take long to try.
    static let polarityFile = """
        kind: mark
        intents:
          affirm: [{name: affirm-yes, pattern: "\\\\b(?:yes|oui)\\\\b", matches: ["yes"]}]
          deny: [{name: deny-no, pattern: "\\\\b(?:no|nope)\\\\b", matches: ["no"]}]
          unsure: [{name: unsure-words, pattern: "\\\\b(?:no idea|not sure)\\\\b", matches: [no idea]}]
          wait: [{name: wait-words, pattern: "\\\\bnot now\\\\b", matches: [not now]}]
          hedge: [{name: hedge-maybe, pattern: "\\\\bmaybe\\\\b", matches: [maybe]}]
          contrast: [{name: contrast-but, pattern: "\\\\bbut\\\\b", matches: [but]}]
        """
    static let commandsFile = """
        kind: command
        intents:
          skip: [{name: skip-word, pattern: "skip|pass", matches: [skip]}]
        """

    static var source: FlowSource {
        FlowSource(
            "pets",
            files: BundledFlow.source.files.filter { $0.path.hasPrefix("common/prompts/") } + [
                FlowSource.File(path: "common/polarity.yaml", text: polarityFile),
                FlowSource.File(path: "common/commands.yaml", text: commandsFile),
                FlowSource.File(path: "pets/flow.yaml", text: flowFile),
                FlowSource.File(path: "pets/prompts/p.yaml", text: "ask: \"?\""),
                FlowSource.File(path: "pets/rules/r.yaml", text: rulesFile),
            ]
        )
    }

    static let check = ActionSignature(
        name: "check",
        inputs: [.init("animal", .text)],
        outputs: [.init("name", .text, isRequired: false)],
        outcomes: ["good", "fair", "bad"]
    )

    static func compiled() throws -> Flow { try flows.value("") { try FlowCompiler(actions: [check]).compile(source) } }

    private static let flows = Kept<Flow>()

    /// Replays replies; actions end as the texts say, in their order.
    static func replay(
        _ replies: [String],
        outcomes: [String] = ["good"],
        file: String = "t",
        of flow: Flow
    ) async throws
        -> TranscriptResult
    {
        var entries: [Transcript.Entry] = []
        for reply in replies {
            entries.append(Transcript.Entry(.user(.text(reply))))
            for outcome in outcomes {
                entries.append(Transcript.Entry(.action(name: "check", outcome: outcome, values: [:])))
            }
        }
        let transcript = Transcript(file: file, header: [], entries: entries)
        return try await TranscriptRunner(flow: flow).run(transcript, on: TranscriptStage())
    }

    /// What replies cover on an axis, by id.
    static func covered(
        _ axis: CoverageAxis,
        by replies: [String],
        outcomes: [String] = ["good"]
    ) async throws -> Set<
        String
    > {
        let flow = try compiled()
        var collector = CoverageCollector(flow, source)
        collector.add(try await replay(replies, outcomes: outcomes, of: flow), of: flow)
        let items = CoverageReport([collector]).flows.flatMap(\.items)
        return Set(items.filter { $0.axis == axis && $0.isCoveredByTranscripts }.map(\.id))
    }
}
