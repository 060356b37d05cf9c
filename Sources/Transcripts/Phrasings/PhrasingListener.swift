public import Diagnostics
public import Dialogue
internal import Foundation
public import Intents

/// Understands the replies of a table in a flow, and looks whether they mean what the table says.
public struct PhrasingListener: Sendable {
    /// The flow.
    public let flow: Flow
    /// The rows of the table, in their order.
    public let rows: [LabelledReply]
    private let ear: Ear

    /// Who understands.
    private enum Ear: Sendable {
        case context(EvaluationContext, Resolver)
        case step(State)
    }

    /// How a reply was understood.
    struct Heard: Sendable {
        /// In one word.
        var intent: String
        /// With all that was considered; `nil` where the reply was refused.
        var understanding: Understanding?
    }

    /// Reads the rows of a table and sets up the question that they are said at.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - flow: Its flow.
    /// - Throws: ``DiagnosticsError`` with all that is wrong: an intent that there is not, a text that stands there twice,
    ///   no such step, a slot without the value that the step needs.
    public init(_ table: PhrasingTable, in flow: Flow) throws(DiagnosticsError) {
        self.flow = flow
        var diagnostics = DiagnosticList()
        var known = Set(flow.rules.filter { $0.kind == .command }.map(\.intent))
        switch table.place {
        case .context(let context):
            ear = .context(context, flow.makeCommonResolver())
            known.formUnion(Evaluation.measuredIntents)
        case .step(let id, let slots):
            known.formUnion(Decision.transcriptNames + flow.topics.map(\.name))
            var state = flow.initialState
            do throws(WaitingProblem) {
                var values: [String: Value] = [:]
                for (name, text) in slots { values[name] = flow.writtenValue(text, of: name) }
                state = try flow.state(waitingAt: id, knowing: values)
            } catch {
                for message in error.messages { diagnostics.error(message, at: table.placeLocation) }
            }
            ear = .step(state)
        }
        rows = LabelledReply.read(table.text, file: table.file, known: known, diagnostics: &diagnostics)
        var places: [String: Location] = [:]
        for row in rows {
            guard let before = places.updateValue(row.location, forKey: row.text) else { continue }
            diagnostics.error("'\(row.text)' stands in line \(before.line) already", at: row.location)
        }
        try diagnostics.throwIfErrors()
    }

    private init(flow: Flow, rows: [LabelledReply], ear: Ear) {
        self.flow = flow
        self.rows = rows
        self.ear = ear
    }

    /// The same table in a variant of its flow.
    func inVariant(_ variant: Flow) -> PhrasingListener {
        switch ear {
        case .context(let context, _):
            PhrasingListener(flow: variant, rows: rows, ear: .context(context, variant.makeCommonResolver()))
        case .step: PhrasingListener(flow: variant, rows: rows, ear: ear)
        }
    }

    /// Understands a reply.
    func hear(_ text: String) -> Heard {
        switch ear {
        case .context(let context, let resolver):
            let understanding = resolver.understand(resolver.utterance(text), answering: context.question)
            let intent = understanding.decision.intent(in: context) ?? LabelledReply.other
            return Heard(intent: intent, understanding: understanding)
        case .step(let state):
            let event = flow.admit(Array(text.utf8), in: state)
            if case .refused = event.kind { return Heard(intent: "refused") }
            guard let understanding = flow.advance(state, on: event).understanding else {
                return Heard(intent: LabelledReply.other)
            }
            let intent = understanding.decision.transcriptName(in: flow)
            let isOther = intent == Decision.notUnderstood.transcriptName(in: flow)
            return Heard(intent: isOther ? LabelledReply.other : intent, understanding: understanding)
        }
    }

    /// Whether a row means what the table says.
    func isRight(_ row: Int) -> Bool { hear(rows[row].text).intent == meant(rows[row]) }

    /// Says what came of a row.
    public func verdict(on row: Int) -> PhrasingVerdict {
        let reply = rows[row]
        let heard = hear(reply.text)
        var verdict = PhrasingVerdict(reply: reply, outcome: .passed, flow: flow)
        verdict.understanding = heard.understanding
        let meant = meant(reply)
        guard heard.intent != meant else { return verdict }
        let rules = heard.understanding?.decidingSources ?? []
        var mismatch = Mismatch(
            difference: .intent(expected: meant, actual: heard.intent),
            file: reply.location.file,
            line: reply.location.line,
            turn: 1,
            reply: reply.text,
            intent: heard.intent,
            rules: rules,
            isExpectation: true,
            places: rules.compactMap { name in
                flow.rules.first { $0.name == name }.map {
                    Mismatch.Place(kind: .rule, name: name, location: "\($0.location)")
                }
            }
        )
        if case .step(let state) = ear { mismatch.step = flow.stepID(of: state) }
        verdict.outcome = .failed(mismatch)
        return verdict
    }

    /// The intent of a row by the name that is compared.
    private func meant(_ reply: LabelledReply) -> String {
        guard case .step = ear, reply.intent == Decision.notUnderstood.transcriptName(in: flow) else {
            return reply.intent
        }
        return LabelledReply.other
    }
}

extension Flow {
    /// A value as it is written on a line: what actions give as JSON where it is no text, all else as users would say it.
    public func writtenValue(_ text: String, of slot: String) -> Value {
        guard let slot = slots.first(where: { $0.name == slot }), case .derived = slot.type else { return .text(text) }
        return (try? JSONDecoder().decode(Value.self, from: Data(text.utf8))) ?? .text(text)
    }
}
