public import Intents

extension Flow {
    /// A flow that differs from this one in some of its parts, for mutation testing.
    ///
    /// Its digest stays the same: nothing but a test run may take it for this flow.
    ///
    /// - Parameters:
    ///   - changedRules: Rules that take the place of those of the same name.
    ///   - changedSteps: Steps by the place that they take.
    ///   - deviation: A departure from the order of meanings.
    /// - Returns: The other flow.
    package func variant(
        changedRules: [String: Rule] = [:],
        changedSteps: [StepIndex: Step] = [:],
        deviation: ResolverDeviation? = nil
    ) -> Flow {
        var parts = parts
        if !changedRules.isEmpty {
            parts.rules = parts.rules.map { changedRules[$0.name] ?? $0 }
            parts.topicRules = parts.topicRules.map { ($0.topic, changedRules[$0.rule.name] ?? $0.rule) }
        }
        for (index, step) in changedSteps { parts.steps[index] = step }
        parts.deviation = deviation
        return Flow(parts)
    }
}

extension Flow {
    /// What understands replies to a question that no step asks: by commands and the signs of yes and no alone.
    ///
    /// - Returns: A resolver of its own; it costs some microseconds to make.
    public func makeCommonResolver() -> Resolver {
        let rules = parts.rules.filter { $0.kind == .command || $0.kind == .mark }
        let entities = parts.entities.map { $0.type() }
        var resolver = Resolver(rules: rules, entities: entities)
        if let deviation = parts.deviation {
            resolver.deviant = DeviantResolver(deviation, rules: rules, topics: [], vocabulary: [], entities: entities)
        }
        return resolver
    }
}

extension Flow.Parts {
    func makeResolver() -> Resolver {
        let entities = entities.map { $0.type() }
        var resolver = Resolver(rules: rules, topics: topicRules, vocabulary: vocabulary, entities: entities)
        if let deviation {
            resolver.deviant = DeviantResolver(
                deviation,
                rules: rules,
                topics: topicRules,
                vocabulary: vocabulary,
                entities: entities
            )
        }
        return resolver
    }
}

extension Step {
    /// The same step with another condition or doing other things.
    package func changed(guardedBy: Guard?? = nil, kind: Kind? = nil) -> Step {
        Step(
            id: id,
            kind: kind ?? self.kind,
            guardedBy: guardedBy ?? self.guardedBy,
            reads: reads,
            texts: texts,
            title: title,
            location: location
        )
    }
}

extension Step.Collect {
    /// The same with other branches.
    package func changed(unsure: Branch?, deny: Branch?, skip: Branch?) -> Self {
        Self(slot: slot, askKnown: askKnown, proposal: proposal, unsure: unsure, deny: deny, skip: skip)
    }
}

extension Step.Confirm {
    /// The same with other branches.
    package func changed(affirm: Branch, deny: Branch?, unsure: Branch?) -> Self {
        Self(slots: slots, affirm: affirm, deny: deny, unsure: unsure)
    }
}

extension Step.Gate {
    /// The same with another branch.
    package func changed(deny: Branch?) -> Self { Self(slots: slots, deny: deny) }
}

extension Step.ActionStep {
    /// The same with some of it changed.
    package func changed(meanwhile: PromptName?? = nil, branches: [String: Branch]? = nil) -> Self {
        Self(
            signature: signature,
            inputs: inputs,
            outputs: outputs,
            meanwhile: meanwhile ?? self.meanwhile,
            branches: branches ?? self.branches
        )
    }
}

extension Branch {
    /// The same with some of it changed.
    package func changed(
        say: PromptName?? = nil,
        set: [(slot: SlotIndex, source: Step.Input.Source)]? = nil,
        clear: [SlotIndex]? = nil,
        next: Next? = nil
    ) -> Branch {
        Branch(say: say ?? self.say, set: set ?? self.set, clear: clear ?? self.clear, next: next ?? self.next)
    }
}
