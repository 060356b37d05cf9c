internal import Intents
internal import Mustache

/// A prompt's text: a Mustache template, or plain text where it needs nothing from the conversation.
///
/// Values go in as they are: what is made of messages (terminals, web pages, chat markup) is encoded by whoever
/// shows them.
///
/// An object, since every turn looks some of them up and should not copy one.
final class PromptTemplate: Sendable {
    private enum Body: Sendable {
        case plain(String)
        case template(MustacheTemplate)
    }

    /// What a template asks a number or a list for, to tell one from many.
    static let isOne = "is_one"

    /// Where it was written, for diagnostics.
    let name: PromptName
    private let body: Body
    /// The text as it was written, without white space at its end.
    let source: String
    /// Its tags, in the order of the text; `nil` where they cannot be told.
    let tags: [PromptTag]?
    /// What it was rendered to.
    private let rendered: RenderedPrompts?

    /// Whether it needs nothing from the conversation.
    var isPlain: Bool { if case .plain = body { true } else { false } }

    /// Parses a template.
    ///
    /// - Throws: What Mustache says is wrong with it.
    init(name: PromptName, text: String) throws {
        self.name = name
        var trimmed = text[...]
        while let last = trimmed.last, last.isWhitespace { trimmed.removeLast() }
        source = String(trimmed)
        if trimmed.contains("{{") {
            body = .template(try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + trimmed))
            tags = PromptTag.scan(trimmed)
            rendered = tags.map(RenderedPrompts.init)
        } else {
            body = .plain(source)
            tags = []
            rendered = nil
        }
    }

    /// Makes the text.
    func render(_ values: PromptValues) -> String {
        switch body {
        case .plain(let text): return text
        case .template(let template):
            func make() -> String {
                var text = template.render(values)
                while text.last?.isWhitespace == true { text.removeLast() }
                return text
            }
            return rendered?.text(of: values, make) ?? make()
        }
    }
}

/// What a template can name: slots by their names, and what belongs to the moment (an outcome's values, the problem
/// with a reply), which come first.
struct PromptValues: MustacheParent {
    var moment: [String: Value]
    let slot: (String) -> Value?

    /// The value of a name.
    func value(named name: String) -> Value? { moment[name] ?? slot(name) }

    func child(named name: String) -> Any? { value(named: name).map(Self.represent) }

    /// A value as Mustache wants it.
    ///
    /// A list of texts is joined where it is named and repeated where it is a section; of a number and of a list `is_one`
    /// says whether it is one.
    static func represent(_ value: Value) -> Any {
        switch value {
        case .text(let text): text
        case .number(let number): Count(number: number)
        case .flag: Flag(value: value)
        case .list(let list): ValueList(elements: list)
        case .record(let record): record.mapValues(represent)
        }
    }
}

/// A yes or no in a template: `{{#milk}}…{{/milk}}` is there where it is yes, and `{{milk}}` reads "yes" or "no".
private struct Flag: MustacheParent, MustacheCustomRenderable {
    let value: Value

    var renderText: String { value.displayText }
    var isNull: Bool { value == .flag(false) }

    func child(named name: String) -> Any? { nil }
}

/// A number in a template: `{{cups}} cup{{^cups.is_one}}s{{/cups.is_one}}`.
private struct Count: MustacheParent, MustacheTransformable, MustacheCustomRenderable {
    let number: Int

    var renderText: String { String(number) }
    var isNull: Bool { false }

    func child(named name: String) -> Any? { name == PromptTemplate.isOne ? number == 1 : nil }
    func transform(_ name: String) -> Any? { number.transform(name) }
}

/// A list in a template: `{{names}}` gives "a, b and c", `{{#names}}…{{/names}}` repeats, and an empty one is false.
private struct ValueList: MustacheSequence, MustacheParent, MustacheCustomRenderable {
    let elements: [Value]

    func makeIterator() -> AnyIterator<Any> {
        var index = 0
        return AnyIterator {
            guard index < elements.count else { return nil }
            defer { index += 1 }
            guard case .record(let record) = elements[index] else {
                return PromptValues.represent(elements[index])
            }
            var fields = record.mapValues(PromptValues.represent)
            fields["number"] = fields["number"] ?? Count(number: index + 1)
            return fields
        }
    }

    var renderText: String {
        let texts = elements.map(\.displayText)
        guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
        return texts.dropLast().joined(separator: ", ") + " and " + last
    }

    var isNull: Bool { false }

    func child(named name: String) -> Any? { name == PromptTemplate.isOne ? elements.count == 1 : nil }
}

extension Value {
    /// How a value reads in a sentence.
    package var displayText: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let list): list.map(\.displayText).joined(separator: ", ")
        case .record(let record): record["name"]?.displayText ?? record["id"]?.displayText ?? ""
        }
    }
}
