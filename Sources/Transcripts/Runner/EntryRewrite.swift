internal import Diagnostics

extension Transcript.Entry {
    /// The entry with other content, written as its author wrote it as far as that still holds: with its variables, and
    /// with the lines of its pattern that match.
    func rewritten(to kind: Transcript.Kind, in transcript: Transcript, ending: String) -> Transcript.Entry {
        var result = Transcript.Entry(kind, line: line)
        guard case .bot(let text) = kind else { return result }
        let lines: [String]
        switch self.kind {
        case .pattern(let pattern) where pattern.lines.count > 1: lines = pattern.rewritten(to: text)
        case .bot where usesVariables: lines = namingVariables(in: text, transcript)
        default: return result
        }
        let word = if case .pattern = self.kind { "bot~" } else { "bot" }
        let written = Self.block(word, lines).map { $0 + ending }.joined()
        // What does not read back as what happened is not used: then the words stand as they are.
        var parser = TranscriptParser(file: transcript.file, variables: transcript.variables)
        var index = 0
        guard let read = parser.readEntry(SourceLine.all(in: written[...]), &index) else { return result }
        switch read.kind {
        case .bot(text): result.usesVariables = read.usesVariables
        case .pattern(let pattern) where pattern.matches(text): result.kind = read.kind
        default: return result
        }
        result.source = written[...]
        return result
    }

    /// The lines of a text in which the values of the variables that this entry names are named again.
    private func namingVariables(in text: String, _ transcript: Transcript) -> [String] {
        let source = source ?? ""
        let used = transcript.variables.filter { !$0.value.isEmpty && source.contains("${\($0.key)}") }
            .sorted { ($1.value.utf8.count, $0.key) < ($0.value.utf8.count, $1.key) }
        return text.utf8Split(UInt8(ascii: "\n")).map { line in
            used.reduce(TextForm.escapingVariables(line)) { $0.replacing($1.value, with: "${\($1.key)}") }
        }
    }
}

extension MessagePattern {
    /// The lines of the pattern for another text: those that match stay, and so do elisions of lines between them.
    func rewritten(to text: String) -> [String] {
        let texts = text.utf8Split(UInt8(ascii: "\n"))
        // Lines that match, in order, as many as there are.
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: texts.count + 1), count: lines.count + 1)
        for line in lines.indices.reversed() {
            for place in texts.indices.reversed() {
                lengths[line][place] =
                    !isAnyLines(line) && matches(line: line, texts[place])
                    ? lengths[line + 1][place + 1] + 1 : max(lengths[line + 1][place], lengths[line][place + 1])
            }
        }
        var result: [String] = []
        var line = 0
        var place = 0
        var gone: [Int] = []
        var came: [Int] = []
        func literal(_ index: Int) -> String { TextForm.marking(texts[index], isFirst: index == 0) }
        func close(_ result: inout [String]) {
            // An elision takes what is left over when each line that went has been replaced.
            if let elision = gone.firstIndex(where: { isAnyLines($0) }) {
                let before = came.prefix(elision)
                let after = came.dropFirst(elision).suffix(gone.count - elision - 1)
                result += before.map(literal) + ["[...]"] + after.map(literal)
            } else {
                result += came.map(literal)
            }
            gone = []
            came = []
        }
        while line < lines.count || place < texts.count {
            if line < lines.count, place < texts.count, !isAnyLines(line), matches(line: line, texts[place]) {
                close(&result)
                result.append(lines[line])
                line += 1
                place += 1
            } else if line < lines.count, place == texts.count || lengths[line + 1][place] >= lengths[line][place + 1] {
                gone.append(line)
                line += 1
            } else {
                came.append(place)
                place += 1
            }
        }
        close(&result)
        return result
    }
}
