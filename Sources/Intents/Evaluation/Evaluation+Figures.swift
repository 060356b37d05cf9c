extension Evaluation {
    /// What was measured, in the form that machines read.
    public struct Figures: Sendable, Hashable, Encodable {
        /// The figures of one intent.
        public struct Intent: Sendable, Hashable, Encodable {
            /// 0 to 1.
            public var precision, recall, f1: Double
            /// The replies that mean it.
            public var support: Int
        }

        /// ``Evaluation/macroF1``.
        public var macroF1: Double
        /// By the name of the intent, for each of ``Evaluation/measuredIntents``.
        public var intents: [String: Intent]
        /// ``Evaluation/gateFalseAccepts``.
        public var gateFalseAccepts: [String]

        private enum CodingKeys: String, CodingKey {
            case macroF1 = "macro_f1"
            case intents
            case gateFalseAccepts = "gate_false_accepts"
        }
    }

    /// What was measured, in the form that machines read.
    public var figures: Figures {
        var intents: [String: Figures.Intent] = [:]
        for intent in Self.measuredIntents {
            let score = score(of: intent)
            intents[intent] = Figures.Intent(
                precision: score.precision,
                recall: score.recall,
                f1: score.f1,
                support: score.support
            )
        }
        return Figures(macroF1: macroF1, intents: intents, gateFalseAccepts: gateFalseAccepts)
    }

    /// What was taken for something else, as a table with tabs between its columns and a first line that names them.
    public var missesTable: String {
        misses.reduce(into: "gold\tpredicted\trule\ttext\n") { table, miss in
            table += "\(miss.gold)\t\(miss.predicted)\t\(miss.rules.joined(separator: ","))\t\(miss.text)\n"
        }
    }
}
