internal import Patterns

/// The form of a message, for what a transcript does not want to fix: `bot~:`.
///
/// In it `[..]` is any text within a line, `[#]` is a number, `[...]` alone in a line is any number of lines, and a line
/// that begins with `(re) ` is a PCRE2 pattern for the whole line. Everything else is meant literally.
public struct MessagePattern: Sendable, Hashable {
    /// The lines as they stand in the file, without indentation.
    public let lines: [String]
    private let forms: [Form]

    private enum Form: Sendable, Hashable {
        case anyLines
        case expression(Expression)
        case parts([TextForm.Part])
    }

    /// A compiled pattern; two of the same source are the same.
    private struct Expression: Sendable, Hashable {
        let pattern: Pattern

        static func == (first: Expression, second: Expression) -> Bool {
            first.pattern.source == second.pattern.source
        }

        func hash(into hasher: inout Hasher) { hasher.combine(pattern.source) }
    }

    /// A problem with one of the lines.
    struct Problem: Error {
        var line: Int
        var problem: TextForm.Problem
    }

    /// Reads a pattern.
    ///
    /// - Parameters:
    ///   - lines: The lines, without indentation.
    ///   - variables: Gives the value of a variable.
    /// - Throws: What is wrong with a line.
    init(
        _ lines: [Substring],
        variables: (_ name: String, _ offset: Int) throws(TextForm.Problem) -> String
    ) throws(Problem) {
        self.lines = lines.map(String.init)
        var forms: [Form] = []
        for (number, line) in lines.enumerated() {
            do throws(TextForm.Problem) {
                if line == "[...]" {
                    forms.append(.anyLines)
                } else if let source = line.dropping("(re) ") {
                    forms.append(.expression(try Self.expression(String(source))))
                } else {
                    var parts: [TextForm.Part] = []
                    for part in try TextForm.parts(of: line, .pattern) {
                        if case .variable(let name, let offset) = part {
                            parts.append(.literal(try variables(name, offset)))
                        } else {
                            parts.append(part)
                        }
                    }
                    forms.append(.parts(parts))
                }
            } catch {
                throw Problem(line: number, problem: error)
            }
        }
        self.forms = forms
    }

    private static func expression(_ source: String) throws(TextForm.Problem) -> Expression {
        do {
            return Expression(pattern: try Pattern(source, options: .anchoredWhole))
        } catch {
            throw TextForm.Problem(
                message: "the pattern does not compile: \(error.message)",
                offset: "(re) ".utf8.count + (error.offset ?? 0)
            )
        }
    }

    /// The only text that has this form, where nothing is left out.
    var fixedText: String? {
        var texts: [String] = []
        for form in forms {
            guard case .parts(let parts) = form else { return nil }
            var text = ""
            for part in parts {
                guard case .literal(let literal) = part else { return nil }
                text += literal
            }
            texts.append(text)
        }
        return texts.joined(separator: "\n")
    }

    /// Whether a message has this form.
    ///
    /// - Complexity: O(lines of the message × lines of the pattern), and for each two of them O(bytes × parts).
    public func matches(_ text: String) -> Bool { alignment(with: text.utf8Split(UInt8(ascii: "\n"))) != nil }

    /// For each line of a text the line of the pattern that it matches, or `nil` where the text has another form.
    func alignment(with text: [Substring]) -> [Int]? {
        // reach[line of the pattern][line of the text]: whether the rest of both fits.
        var fits = [[Bool]](repeating: [Bool](repeating: false, count: text.count + 1), count: forms.count + 1)
        fits[forms.count][text.count] = true
        for form in forms.indices.reversed() {
            for line in (0...text.count).reversed() {
                if case .anyLines = forms[form] {
                    fits[form][line] = fits[form + 1][line] || (line < text.count && fits[form][line + 1])
                } else if line < text.count, fits[form + 1][line + 1] {
                    fits[form][line] = matches(line: form, text[line])
                }
            }
        }
        guard fits[0][0] else { return nil }
        var result: [Int] = []
        var form = 0
        while result.count < text.count {
            if case .anyLines = forms[form] {
                if fits[form + 1][result.count] { form += 1 } else { result.append(form) }
            } else {
                result.append(form)
                form += 1
            }
        }
        return result
    }

    /// Whether a line of the pattern stands for any number of lines.
    func isAnyLines(_ line: Int) -> Bool { if case .anyLines = forms[line] { true } else { false } }

    /// Whether one line of the pattern matches one line of a text.
    ///
    /// An expression that reaches a limit does not match.
    func matches(line: Int, _ text: Substring) -> Bool {
        switch forms[line] {
        case .anyLines: true
        case .expression(let expression): (try? expression.pattern.matches(String(text))) ?? false
        case .parts(let parts): Self.matches(parts, Array(text.utf8))
        }
    }

    /// Keeps all the places that the parts so far can end at, so that nothing is tried twice.
    private static func matches(_ parts: [TextForm.Part], _ text: [UInt8]) -> Bool {
        var reached: [Bool] = [Bool](repeating: false, count: text.count + 1)
        reached[0] = true
        for part in parts {
            var next = [Bool](repeating: false, count: text.count + 1)
            switch part {
            case .literal(let literal):
                let bytes = Array(literal.utf8)
                for start in reached.indices
                where reached[start] && start + bytes.count <= text.count
                    && text[start..<start + bytes.count].elementsEqual(bytes)
                {
                    next[start + bytes.count] = true
                }
            case .anything:
                if let first = reached.firstIndex(of: true) {
                    for index in first..<next.count { next[index] = true }
                }
            case .digits:
                for index in text.indices where text[index].isDigit && (reached[index] || next[index]) {
                    next[index + 1] = true
                }
            case .variable: break
            }
            reached = next
        }
        return reached[text.count]
    }
}
