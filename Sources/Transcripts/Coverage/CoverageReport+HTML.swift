internal import Diagnostics

extension CoverageReport {
    /// The report as one page that needs nothing beside it: figures, what is not covered, each flow as a drawing, and the
    /// sources by line.
    ///
    /// It has no script and asks nothing of the network, and its policy forbids both.
    ///
    /// - Parameter root: The folder of prompts, to put before the paths of files.
    /// - Returns: The page.
    public func html(root: String = "") -> String {
        var body = """
            <h1>What the transcripts cover</h1>
            \(figuresTable)
            <p class="legend">\(CoverageMark.allCases.map(\.legend).joined(separator: " "))</p>

            """
        for flow in flows { body += flow.section(root: root) }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Coverage: \(HTMLText.encode(flows.map(\.flow).joined(separator: ", ")))</title>
            <style>
            \(CoverageStyle.sheet)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }

    private var figuresTable: String {
        let rows = CoverageAxis.allCases.map { axis in
            let figure = figure(axis)
            return """
                <tr><th scope="row">\(axis.rawValue)</th><td>\(figure.total)</td>\
                \(Self.cell(figure.byTranscripts, figure.total, figure.transcriptPercent))\
                \(Self.cell(figure.covered, figure.total, figure.percent))</tr>
                """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="figures">
            <table class="figures">
            <thead><tr><th scope="col">axis</th><th scope="col">total</th><th scope="col">by transcripts</th>\
            <th scope="col">by transcripts or examples</th></tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    private static func cell(_ count: Int, _ total: Int, _ percent: Double) -> String {
        """
        <td><span class="bar" aria-hidden="true"><span style="width:\(shown(percent))"></span></span> \
        \(count) (\(shown(percent)))</td>
        """
    }
}

extension CoverageReport.FlowCoverage {
    /// One flow's part of the page.
    fileprivate func section(root: String) -> String {
        var section = "<section>\n<h2>\(HTMLText.encode(flow))</h2>\n"
        section += missing
        for warning in unwatched { section += "<p class=\"note\">\(HTMLText.encode("\(warning)"))</p>\n" }
        section += "<h3>The flow</h3>\n"
        for lane in picture.lanes.indices { section += FlowDrawing(picture, items, flow: flow).figure(lane) }
        section += "<h3>The sources</h3>\n"
        let byFile = Dictionary(grouping: items, by: \.location.file)
        for (file, items) in byFile.sorted(by: { $0.key < $1.key }) {
            guard let text = files[file] else { continue }
            section += CoveredSource(flow: flow, file: file, text: text, items: items)
                .html(path: CoverageReport.path(file, in: root))
        }
        return section + "</section>\n"
    }

    private var missing: String {
        var lists = ""
        for axis in CoverageAxis.allCases {
            let missing = items.filter { $0.axis == axis && !$0.isCovered }
            guard !missing.isEmpty else { continue }
            let lines = missing.map { item in
                let place = "\(item.location.file):\(item.location.line):\(item.location.column)"
                let anchor = HTMLText.anchor("line", flow, item.location.file, String(item.location.line))
                let what = axis == .alternatives ? "\(item.owner): \(item.shownLabel)" : item.id
                return
                    "<li><a href=\"#\(anchor)\">\(HTMLText.encode(place))</a> <code>\(HTMLText.encode(what))</code></li>"
            }
            lists += """
                <details\(missing.count > 40 ? "" : " open")><summary>\(missing.count) \(axis.rawValue) not covered</summary>
                <ul class="missing">
                \(lines.joined(separator: "\n"))
                </ul>
                </details>

                """
        }
        return lists.isEmpty ? "<p>Everything is covered.</p>\n" : lists
    }
}
