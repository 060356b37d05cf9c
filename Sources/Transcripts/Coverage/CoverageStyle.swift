/// How the page looks.
enum CoverageStyle {
    static let sheet = """
        :root { color-scheme: light dark; --ground: #fff; --ink: #1b1f24; --dim: #57606a; --line: #d0d7de;
          --covered: #0b5d2a; --covered-ground: #dcf5e3; --example: #6b4a00; --example-ground: #fff3cd;
          --missed: #a40e26; --missed-ground: #ffe3e3; --partly: #6b4a00; --partly-ground: #fff3cd; --link: #0550ae; }
        @media (prefers-color-scheme: dark) { :root { --ground: #14181d; --ink: #e6edf3; --dim: #9aa5b1; --line: #3a434d;
          --covered: #7ee2a0; --covered-ground: #12351f; --example: #f2cc60; --example-ground: #3a2f0b;
          --missed: #ffa2a2; --missed-ground: #4a1519; --partly: #f2cc60; --partly-ground: #3a2f0b; --link: #79b8ff; } }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; border-top: 1px solid var(--line); padding-top: 1.2rem; }
        h3 { font-size: 1.1rem; margin-top: 2rem; }
        a { color: var(--link); } code, pre, .source { font-family: ui-monospace, monospace; font-size: 13px; }
        code { overflow-wrap: anywhere; }
        table.figures { border-collapse: collapse; } .figures th, .figures td { padding: .3rem .9rem; text-align: right;
          border-bottom: 1px solid var(--line); white-space: nowrap; } .figures th[scope=row], .figures th:first-child { text-align: left; }
        .bar { display: inline-block; width: 6rem; height: .7rem; border: 1px solid var(--dim); border-radius: 3px; }
        .bar span { display: block; height: 100%; background: var(--covered); }
        .legend span { margin-right: 1.2rem; } .legend span span { margin-right: 0; font-weight: 700; }
        .covered { color: var(--covered); } .example { color: var(--example); } .partly { color: var(--partly); }
        .missed { color: var(--missed); }
        .missing { columns: 1; padding-left: 1.2rem; } .note { color: var(--dim); }
        summary { cursor: pointer; font-weight: 600; margin: .6rem 0; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        figure { margin: 1rem 0; } figcaption { font-weight: 600; } .scroll { overflow-x: auto; border: 1px solid var(--line);
          border-radius: 6px; }
        svg text { font: 12px system-ui, sans-serif; fill: currentColor; } svg .id { font-weight: 600; }
        svg .kind { fill: var(--dim); } svg .box { stroke-width: 1.5; } svg .way { stroke: var(--dim); fill: none; }
        svg .box.covered { fill: var(--covered-ground); stroke: var(--covered); }
        svg .box.missed { fill: var(--missed-ground); stroke: var(--missed); stroke-dasharray: 5 3; stroke-width: 2; }
        svg .mark.covered { fill: var(--covered); } svg .mark.missed, svg .exit.missed { fill: var(--missed); font-weight: 700; }
        .source { border-collapse: collapse; width: 100%; } .source td { vertical-align: top; padding: 0 .5rem; }
        .source .number { color: var(--dim); text-align: right; user-select: none; width: 1%; }
        .source .sign { white-space: nowrap; width: 1%; font-weight: 700; }
        .source .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        .source tr:target td { outline: 2px solid var(--link); }
        tr.missed .text { background: var(--missed-ground); }
        .text span.missed { background: var(--missed-ground); text-decoration: underline wavy; text-underline-offset: 3px; }
        .text span.example { background: var(--example-ground); text-decoration: underline dotted; }
        .text span.covered { background: var(--covered-ground); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        @media print { details { display: block; } .scroll { overflow: visible; } }
        """
}
