/// A notebook file: made new, or taken as it is and added to.
///
/// Adding puts the new cells' text before the bracket that ends `cells` and leaves every other byte alone, so existing
/// cells, outputs, metadata and the format's version cannot change.
struct NotebookDocument: Sendable {
    /// Why a file cannot be added to, as a sentence for the user.
    struct Unsuitable: Error, Sendable, Hashable {
        var reason: String
    }

    /// The file.
    private(set) var bytes: [UInt8]
    private let cells: Range<Int>
    private let elements: [JSON]
    private let takesIdentifiers: Bool

    /// A new notebook, format 4.5, for a Python 3 kernel.
    static func new(_ cells: [NotebookCell]) -> [UInt8] {
        var used: Set<String> = []
        let elements = cells.enumerated().map { index, cell in
            let id = cell.identifier(at: index, avoiding: used)
            used.insert(id)
            return cell.json(id: id)
        }
        let document: JSON = [
            "cells": .array(elements),
            "metadata": [
                "kernelspec": ["display_name": "Python 3", "language": "python", "name": "python3"],
                "language_info": ["name": "python"],
            ],
            "nbformat": 4,
            "nbformat_minor": 5,
        ]
        return Array((document.prettyText() + "\n").utf8)
    }

    /// Reads an existing notebook.
    ///
    /// - Throws: ``Unsuitable`` for what is no JSON, no notebook, or of another format than 4.
    init(_ bytes: [UInt8]) throws(Unsuitable) {
        let members: [(member: JSON.Member, range: Range<Int>)]?
        do throws(JSONError) {
            members = try JSONParser.parseMembers(bytes)
        } catch {
            throw Unsuitable(reason: "the file is not JSON (\(error))")
        }
        guard let members else { throw Unsuitable(reason: "the file is JSON but no notebook: its root is no object") }
        func value(_ name: String) -> (member: JSON.Member, range: Range<Int>)? {
            members.last { $0.member.name == name }
        }
        guard let format = value("nbformat")?.member.value.integer else {
            throw Unsuitable(reason: "the file is JSON but no notebook: it has no “nbformat”")
        }
        guard format == 4 else {
            throw Unsuitable(reason: "the notebook has format \(format); only format 4 can be added to")
        }
        guard let minor = value("nbformat_minor")?.member.value.integer else {
            throw Unsuitable(reason: "the notebook has no “nbformat_minor”")
        }
        guard let cells = value("cells"), let elements = cells.member.value.array,
            elements.allSatisfy({ $0.members != nil })
        else { throw Unsuitable(reason: "the notebook has no list of “cells”") }
        self.bytes = bytes
        self.cells = cells.range
        self.elements = elements
        takesIdentifiers = minor >= 5
    }

    /// Whether its last cells are these, by their kinds and texts; they may have been run since they were written.
    func ends(with cells: [NotebookCell]) -> Bool {
        elements.count >= cells.count && zip(elements.suffix(cells.count), cells).allSatisfy { $1.isWritten(in: $0) }
    }

    /// The file with these cells after its own.
    func appending(_ added: [NotebookCell]) -> [UInt8] {
        let unit = indentation
        let cellCount = elements.count
        var used = Set(elements.compactMap { $0["id"]?.string })
        let texts = added.enumerated().map { index, cell in
            let id = takesIdentifiers ? cell.identifier(at: cellCount + index, avoiding: used) : nil
            if let id { used.insert(id) }
            let json = cell.json(id: id)
            guard let unit else { return json.compactText }
            return "\n" + String(repeating: " ", count: 2 * unit) + json.prettyText(indent: unit, depth: 2)
        }
        var end = cells.upperBound - 1
        while [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
        var text = (cellCount == 0 ? "" : ",") + texts.joined(separator: ",")
        var rest = bytes[end...]
        if cellCount == 0, let unit {
            text += "\n" + String(repeating: " ", count: unit)
            rest = bytes[(cells.upperBound - 1)...]
        }
        return bytes[..<end] + Array(text.utf8) + rest
    }

    /// The spaces before the root's first key; `nil` for a file that is all on one line.
    private var indentation: Int? {
        guard bytes.contains(0x0A), let brace = bytes.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        let after = bytes[(brace + 1)...].drop { $0 == 0x0A || $0 == 0x0D }
        let spaces = after.prefix { $0 == 0x20 }.count
        return spaces == 0 ? 1 : spaces
    }
}
