internal import Diagnostics

/// Draws a flow's picture: its steps from top to bottom, each with its ways out beside it.
struct FlowDrawing {
    private let picture: FlowPicture
    private let items: [CoverageItem]
    private let flow: String

    private static let boxWidth = 210
    private static let boxHeight = 40
    private static let exitHeight = 17
    private static let gap = 22
    private static let columnWidth = 570
    private static let columnHeight = 1_500

    /// A node with its place.
    private struct Placed {
        var node: FlowPicture.Node
        var x: Int
        var y: Int
        var height: Int
    }

    init(_ picture: FlowPicture, _ items: [CoverageItem], flow: String) {
        self.picture = picture
        self.items = items
        self.flow = flow
    }

    /// The drawing of one of the folder's flows.
    func figure(_ lane: Int) -> String {
        let (placed, width, height) = place(picture.nodes.filter { $0.lane == lane })
        let title = HTMLText.encode(picture.lanes[lane])
        var svg = ""
        for (index, one) in placed.enumerated() {
            if index + 1 < placed.count { svg += path(from: one, to: placed[index + 1]) }
            for (position, exit) in one.node.exits.enumerated() {
                if let target = exit.jumpsTo, target < placed.count {
                    svg += jump(from: one, exit: position, to: placed[target])
                }
            }
        }
        for one in placed { svg += draw(one) }
        let missed = placed.filter { !items[$0.node.item].isCovered }.map(\.node.id)
        let exits = placed.flatMap(\.node.exits)
        let missedExits = exits.count { !items[$0.item].isCovered }
        let summary =
            "\(placed.count) steps, \(missed.count) not covered; \(exits.count) ways out of them, \(missedExits) not covered"
        return """
            <figure id="\(HTMLText.anchor("flow", flow, picture.lanes[lane]))">
            <figcaption>\(title): \(summary)</figcaption>
            <div class="scroll" tabindex="0" role="region" aria-label="drawing of \(title)">
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">
            <defs><marker id="\(HTMLText.anchor("head", flow, picture.lanes[lane]))" viewBox="0 0 8 8" refX="7" refY="4" \
            markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="currentColor"/></marker></defs>
            \(svg)</svg>
            </div>
            </figure>

            """
    }

    private func place(_ nodes: [FlowPicture.Node]) -> (placed: [Placed], width: Int, height: Int) {
        var placed: [Placed] = []
        var (x, y, bottom) = (16, 16, 0)
        for node in nodes {
            let height = max(
                Self.boxHeight,
                node.exits.count * Self.exitHeight + (node.calls == nil ? 0 : Self.exitHeight)
            )
            if y > 16, y + height > Self.columnHeight {
                x += Self.columnWidth
                y = 16
            }
            placed.append(Placed(node: node, x: x, y: y, height: height))
            bottom = max(bottom, y + height)
            y += height + Self.gap
        }
        return (placed, x + Self.columnWidth - 40, bottom + 16)
    }

    private func marker(_ lane: Int) -> String {
        "marker-end=\"url(#\(HTMLText.anchor("head", flow, picture.lanes[lane])))\""
    }

    /// The way to the next step.
    private func path(from one: Placed, to next: Placed) -> String {
        let x = one.x + Self.boxWidth / 2
        let from = one.y + Self.boxHeight
        if next.x == one.x {
            return "<path class=\"way\" d=\"M\(x) \(from) V\(next.y - 2)\" \(marker(one.node.lane))/>\n"
        }
        let turn = next.x - 14
        let below = one.y + one.height + 10
        return """
            <path class="way" d="M\(x) \(from) V\(below) H\(turn) V\(next.y + Self.boxHeight / 2) H\(next.x - 2)" \
            \(marker(one.node.lane))/>

            """
    }

    /// The way to a step further on.
    private func jump(from one: Placed, exit: Int, to target: Placed) -> String {
        let x = one.x + Self.columnWidth - 70
        let y = one.y + 8 + exit * Self.exitHeight
        let end = target.x + Self.boxWidth + 2
        let middle = target.y + Self.boxHeight / 2
        let bend = max(x, end) + 26
        return """
            <path class="way" stroke-dasharray="2 3" d="M\(x) \(y) C\(bend) \(y) \(bend) \(middle) \(end) \(middle)" \
            \(marker(one.node.lane))/>

            """
    }

    private func draw(_ one: Placed) -> String {
        let item = items[one.node.item]
        let mark: CoverageMark = item.isCovered ? .covered : .missed
        let line = HTMLText.anchor("line", flow, item.location.file, String(item.location.line))
        // A gate is a hard stop: its box has cut corners. Questions are round, all others square.
        let radius = one.node.kind == "collect" || one.node.kind == "confirm" ? 14 : 3
        let box: String
        if one.node.kind == "gate" {
            let (x, y, w, h, c) = (one.x, one.y, Self.boxWidth, Self.boxHeight, 10)
            box = """
                <path class="box \(mark.rawValue)" d="M\(x + c) \(y) H\(x + w - c) L\(x + w) \(y + c) V\(y + h - c) \
                L\(x + w - c) \(y + h) H\(x + c) L\(x) \(y + h - c) V\(y + c) z"/>
                """
        } else {
            box = """
                <rect class="box \(mark.rawValue)" x="\(one.x)" y="\(one.y)" width="\(Self.boxWidth)" \
                height="\(Self.boxHeight)" rx="\(radius)"/>
                """
        }
        var svg = """
            <a href="#\(line)" aria-label="\(HTMLText.encode("\(one.node.kind) \(one.node.id), \(mark.words)"))">\(box)
            <text class="mark \(mark.rawValue)" x="\(one.x + 10)" y="\(one.y + 25)">\(mark.sign)</text>
            <text class="id" x="\(one.x + 26)" y="\(one.y + 18)">\(Self.shortened(one.node.id, 26))</text>
            <text class="kind" x="\(one.x + 26)" y="\(one.y + 33)">\(one.node.kind)</text></a>

            """
        let x = one.x + Self.boxWidth + 24
        for (position, exit) in one.node.exits.enumerated() {
            let y = one.y + 12 + position * Self.exitHeight
            let mark: CoverageMark = items[exit.item].isCovered ? .covered : .missed
            let ends = exit.ends.map { " ■ ends: \($0)" } ?? exit.jumpsTo.map { _ in " ↷" } ?? ""
            svg += """
                <path class="way" d="M\(one.x + Self.boxWidth) \(one.y + Self.boxHeight / 2) L\(x - 4) \(y - 4)"/>
                <text class="exit \(mark.rawValue)" x="\(x)" y="\(y)"><title>\(HTMLText.encode("\(exit.label), \(mark.words)"))\
                </title>\(mark.sign) \(Self.shortened(exit.label + ends, 42))</text>

                """
        }
        if let called = one.node.calls {
            let y = one.y + 12 + one.node.exits.count * Self.exitHeight
            let anchor = HTMLText.anchor("flow", flow, picture.lanes[called])
            svg += """
                <a href="#\(anchor)"><text x="\(x)" y="\(y)">→ \(Self.shortened(picture.lanes[called], 40))</text></a>

                """
        }
        return svg
    }

    private static func shortened(_ text: String, _ limit: Int) -> String {
        HTMLText.encode(text.count <= limit ? text : text.prefix(limit - 1) + "…")
    }
}
