extension Evaluation {
    /// Measures as ``init(of:in:by:)`` does, on all processors; the outcome is the same.
    @concurrent
    public static func inParallel(
        of replies: [LabelledReply],
        in context: EvaluationContext,
        by resolver: Resolver
    ) async -> Evaluation {
        let size = 1_000
        let parts = stride(from: 0, to: replies.count, by: size).map { replies[$0..<min($0 + size, replies.count)] }
        return await withTaskGroup(of: (Int, Evaluation).self) { group in
            for (number, part) in parts.enumerated() {
                group.addTask { (number, Evaluation(of: part, in: context, by: resolver)) }
            }
            var measured: [Int: Evaluation] = [:]
            for await (number, evaluation) in group { measured[number] = evaluation }
            return parts.indices.reduce(into: Evaluation(of: [], in: context, by: resolver)) { whole, number in
                if let part = measured[number] { whole.merge(part) }
            }
        }
    }
}
