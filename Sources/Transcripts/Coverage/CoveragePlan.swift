internal import Diagnostics
internal import Dialogue
internal import Intents

/// All that can be covered of a flow, and how to tell that it was.
final class CoveragePlan: Sendable {
    /// Everything that counts, steps first, in the order of the files.
    let items: [CoverageItem]
    /// What has alternatives that are not counted, with the reason.
    let unwatched: [Diagnostic]
    /// The patterns.
    let catalog: PatternCatalog
    /// A name of a slot, for examples of corrections.
    let slotName: String
    /// What the flow is called.
    let flowName: String
    /// Its files.
    let source: FlowSource

    /// By step.
    let stepItems: [Int]
    /// By step: its ways out, with the outcomes that go there.
    let exits: [[(exit: StepTransitions.Exit, item: Int)]]
    /// By rule's name.
    let ruleItems: [String: Int]
    /// By alternative of the catalog; `nil` for those that do not count.
    let alternativeItems: [Int?]
    let instrumented: [String: InstrumentedRule]
    /// The flow as it is drawn.
    let picture: FlowPicture

    /// Draws up what there is to cover.
    init(_ flow: Flow, _ source: FlowSource) {
        self.source = source
        flowName = flow.name
        slotName = flow.slots.flatMap(\.names).first ?? "slot"
        let catalog = PatternCatalog(flow, source)
        let places = FlowPlaces(source)
        var items: [CoverageItem] = []
        func add(_ axis: CoverageAxis, _ owner: String, _ label: String, _ id: String, _ location: Location) -> Int {
            items.append(CoverageItem(axis: axis, id: id, owner: owner, label: label, location: location))
            return items.count - 1
        }
        stepItems = flow.steps.map { add(.steps, $0.id, "", $0.id, $0.location) }
        exits = flow.steps.map { step in
            StepTransitions.exits(of: step, in: flow, places).map { exit in
                (exit, add(.transitions, step.id, exit.label, "\(step.id) -> \(exit.label)", exit.location))
            }
        }
        picture = FlowPicture(flow, stepItems: stepItems, exits: exits)
        var ruleItems: [String: Int] = [:]
        for rule in flow.rules { ruleItems[rule.name] = add(.rules, rule.name, "", rule.name, rule.location) }
        self.ruleItems = ruleItems

        var index: [PatternCatalog.Alternative: Int] = [:]
        for (position, alternative) in catalog.alternatives.enumerated() { index[alternative] = position }
        var instrumented: [String: InstrumentedRule] = [:]
        var unwatched: [Diagnostic] = []
        var watchedTexts: Set<Int> = []
        for assembly in catalog.assemblies {
            do throws(InstrumentedRule.Refusal) {
                instrumented[assembly.rule.name] = try InstrumentedRule(assembly, in: catalog, index: index)
                watchedTexts.formUnion(assembly.used)
            } catch {
                let reason = "the alternatives of '\(assembly.rule.name)' are not counted: \(error.reason)"
                unwatched.append(Diagnostic(.warning, at: assembly.rule.location, reason))
            }
        }
        for fragment in catalog.unusedFragments {
            guard let location = fragment.location else { continue }
            let reason = "the \(fragment.owner) is used by no rule; its alternatives are not counted"
            unwatched.append(Diagnostic(.warning, at: location, reason))
        }
        self.instrumented = instrumented
        self.unwatched = unwatched
        let names = AlternativeNames(catalog)
        alternativeItems = catalog.alternatives.enumerated().map { position, alternative in
            guard alternative.isObservable, watchedTexts.contains(alternative.owner),
                let location = catalog.location(of: alternative)
            else { return nil }
            let owner = catalog.texts[alternative.owner].owner.description
            let item = add(.alternatives, owner, catalog.text(of: alternative), names[position], location)
            items[item].end = catalog.texts[alternative.owner].location(of: alternative.range.upperBound)
            return item
        }
        self.catalog = catalog
        self.items = items
    }
}

/// Names for alternatives that stay the same when lines move.
struct AlternativeNames {
    private var names: [String] = []

    init(_ catalog: PatternCatalog) {
        var seen: [String: Int] = [:]
        for alternative in catalog.alternatives {
            let owner: String
            switch catalog.texts[alternative.owner].owner {
            case .rule(let name): owner = name
            case .fragment(let name, let file): owner = "\(file) fragment \(name)"
            case .frame(let file): owner = "\(file) frame"
            }
            let name = "\(owner): \(catalog.text(of: alternative))"
            seen[name, default: 0] += 1
            names.append(seen[name, default: 1] == 1 ? name : "\(name) #\(seen[name, default: 1])")
        }
    }

    subscript(index: Int) -> String { names[index] }
}
