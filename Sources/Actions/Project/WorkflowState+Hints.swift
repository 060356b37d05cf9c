internal import Intents

extension WorkflowState {
    /// An object of the file: the whole of it, or one that it holds.
    private struct Object {
        enum Subject {
            case all, evaluation, training, other
        }

        var subject: Subject
        var value: JSON

        /// The file's objects, the whole one first.
        static func all(in root: [JSON.Member]) -> [Object] {
            [Object(subject: .all, value: .object(root))]
                + root.filter { $0.value.members != nil }.map { Object(subject: subject(of: $0.name), value: $0.value) }
        }

        /// What an object is about, by its name: `evaluation`, `evalConfig`, `training_job`, `fineTuning`, `sft`.
        private static func subject(of name: String) -> Subject {
            let name = name.lowercased()
            if name.contains("eval") { return .evaluation }
            return ["train", "tun", "sft"].contains(where: name.contains) ? .training : .other
        }
    }

    /// A value with the place where it was found.
    private struct Finding {
        var value: String
        var object: Int
        /// Whether it stands under the key's own name.
        var isOwn: Bool
    }

    /// The values that are there and sound, by the keys' names, each in the form of its slot.
    var hints: [String: String] {
        let objects = Object.all(in: root)
        var found: [String: Finding] = [:]
        for key in WorkflowKey.all where found[key.name] == nil {
            let subject = key.subject.flatMap { found[$0] }
            for (places, names) in Self.order(of: key, in: objects, beside: subject) {
                guard found[key.name] == nil else { break }
                found[key.name] = Self.find(key, under: names, in: places, objects)
            }
        }
        return found.mapValues(\.value)
    }

    /// Where a key is looked for, in turn: objects by their places, and names.
    ///
    /// The key's own name at the top comes first; then names that mean nothing else, and objects about the evaluation;
    /// then the rest. What training has under the same names is left out.
    private static func order(
        of key: WorkflowKey,
        in objects: [Object],
        beside subject: Finding?
    ) -> [(places: [Int], names: [String])] {
        let own = [key.name]
        if let subject {
            let isOwnAlone = subject.isOwn && subject.object == 0
            return [([subject.object], isOwnAlone ? own : own + key.otherNames + key.genericNames)]
        }
        func places(_ isMeant: (Object.Subject) -> Bool) -> [Int] {
            objects.indices.filter { isMeant(objects[$0].subject) }
        }
        let inner = places { $0 != .all }
        return [
            ([0], own + key.otherNames),
            (places { $0 == .evaluation }, own + key.otherNames + key.genericNames),
            (inner, key.otherNames),
            ([0], key.genericNames),
            (key.isAlsoOfTraining ? places { $0 == .other } : inner, own + key.genericNames),
        ]
    }

    private static func find(
        _ key: WorkflowKey,
        under names: [String],
        in places: [Int],
        _ objects: [Object]
    ) -> Finding? {
        for place in places {
            for name in names {
                for spelling in [name, WorkflowKey.camelCase(name)] {
                    guard let text = objects[place].value[spelling]?.string?.trimmed, !holdsSecret(text),
                        let value = key.read(text)
                    else { continue }
                    return Finding(value: value, object: place, isOwn: name == key.name)
                }
            }
        }
        return nil
    }

    /// Whether a value holds a secret, or has one as a part of a path.
    private static func holdsSecret(_ text: String) -> Bool {
        !SecretScan.findAll(in: text).isEmpty || !SecretScan.findAll(in: text.replacing("/", with: " ")).isEmpty
    }
}
