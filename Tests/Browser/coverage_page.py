"""Opens the coverage page in a real browser: it asks nothing of the network, says nothing on the console, hides nothing
behind markup in a file, and can be read by its outline.

Usage: python coverage_page.py PATH-OF-usher
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
USHER = sys.argv.pop(1) if len(sys.argv) > 1 else "usher"
EVIL = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">&amp;'"


def page_of(folder, *arguments):
    file = folder / "coverage.html"
    result = subprocess.run(
        [USHER, "test", f"--coverage=html={file}", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False,
    )
    if not file.exists():
        raise AssertionError(result.stdout + result.stderr)
    return file


class CoveragePage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="usher-browser-"))
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ.get("USHER_BROWSER", "/usr/bin/chromium"), args=["--no-sandbox"]
        )

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def open(self, file, scheme="light"):
        context = self.browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900})
        self.addCleanup(context.close)
        page = context.new_page()
        self.requests, self.messages = [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.goto(file.as_uri())
        return page

    def shoot(self, page, name, **options):
        folder = os.environ.get("USHER_SCREENSHOTS")
        if folder:
            page.screenshot(path=str(pathlib.Path(folder) / f"{name}.png"), **options)

    def test_bundled_flow(self):
        # One folder leaves enough uncovered for every sign to be on the page.
        file = page_of(self.folder, ROOT / "Tests/Transcripts/model-evaluation/happy")
        page = self.open(file)
        self.assertEqual([file.as_uri()], self.requests, "the page asks for something else")
        self.assertEqual([], self.messages)
        self.assertEqual("Coverage: model-evaluation", page.title())
        self.assertEqual("en", page.locator("html").get_attribute("lang"))
        self.assertEqual(["What the transcripts cover"], page.locator("h1").all_inner_texts())
        rows = page.locator("table.figures tbody tr")
        self.assertEqual(["steps", "transitions", "rules", "alternatives"], rows.locator("th").all_inner_texts())
        # Everything that a link leads to is there.
        broken = page.evaluate(
            "[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
            ".filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))"
        )
        self.assertEqual([], broken)
        # Covered and not covered differ by more than their colour: by a sign, and by the line of the box.
        missed, covered = page.locator("svg .box.missed").first, page.locator("svg .box.covered").first
        dashes = "element => getComputedStyle(element).strokeDasharray"
        self.assertNotEqual(missed.evaluate(dashes), covered.evaluate(dashes))
        self.assertIn("✗", page.locator("svg .mark.missed").first.text_content())
        self.assertIn("✓", page.locator("svg .mark.covered").first.text_content())
        # No drawing has text that runs over the next column.
        wide = page.evaluate(
            "[...document.querySelectorAll('svg text.id')].filter(t => t.getBBox().width > 180).map(t => t.textContent)"
        )
        self.assertEqual([], wide)
        outline = page.locator("main").aria_snapshot()
        for line in ('heading "What the transcripts cover" [level=1]', 'heading "model-evaluation" [level=2]'):
            self.assertIn(line, outline)
        self.shoot(page, "coverage-light")
        page.locator("figure").first.scroll_into_view_if_needed()
        self.shoot(page, "coverage-flow")
        source = page.locator("details", has_text="common/polarity.yaml").last
        source.locator("summary").click()
        self.assertTrue(source.locator("tr.partly, tr.missed").first.is_visible())
        source.scroll_into_view_if_needed()
        self.shoot(page, "coverage-source")
        dark = self.open(file, scheme="dark")
        ground = "getComputedStyle(document.body).backgroundColor"
        self.assertNotEqual(page.evaluate(ground), dark.evaluate(ground))
        dark.locator("figure").first.scroll_into_view_if_needed()
        self.shoot(dark, "coverage-dark")
        # Narrow as a phone, nothing but the drawings is wider than the screen.
        dark.set_viewport_size({"width": 390, "height": 800})
        self.assertLessEqual(dark.evaluate("document.documentElement.scrollWidth"), 390)
        self.shoot(dark, "coverage-phone")

    def test_contrast(self):
        file = page_of(self.folder, ROOT / "Tests/Transcripts/model-evaluation/happy")
        for scheme in ("light", "dark"):
            page = self.open(file, scheme=scheme)
            poor = page.evaluate(
                """() => {
                  const channel = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
                  const light = t => { const [r, g, b] = t.match(/\\d+/g).map(Number);
                    return .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b); };
                  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
                    return (x + .05) / (y + .05); };
                  const ground = getComputedStyle(document.body).backgroundColor;
                  const kinds = ['.legend .covered', '.legend .example', '.legend .partly', '.legend .missed', 'a', 'p'];
                  return kinds.map(k => [k, ratio(getComputedStyle(document.querySelector(k)).color, ground)])
                    .filter(([, r]) => r < 4.5);
                }"""
            )
            self.assertEqual([], poor, scheme)

    def test_evil_names(self):
        prompts = self.folder / "prompts"
        shutil.copytree(ROOT / "prompts/common", prompts / "common")
        flow = prompts / "evil"
        flow.mkdir()
        (flow / "prompts").mkdir()
        quoted = EVIL.replace("'", "''")
        (flow / "flow.yaml").write_text(
            "flow: evil\n"
            "slots: {a: {type: text}}\n"
            f"# {EVIL}\n"
            "steps:\n"
            f"  - id: '{quoted}'\n    collect: a\n    ask: ask_a\n"
            "  - id: unseen\n    collect: a\n    ask: ask_a\n    if: a is unknown\n",
            encoding="utf-8",
        )
        (flow / "prompts" / "p.yaml").write_text("ask_a: A?\n", encoding="utf-8")
        (flow / "topics.yaml").write_text(
            "topics:\n  - name: t\n    answer: ask_a\n    rules:\n"
            f"      - {{name: 'r{quoted}', pattern: 'x(?:<b>|\"|''|\\x{{202E}}|‮)', matches: ['x<b>']}}\n",
            encoding="utf-8",
        )
        transcript = self.folder / "e.transcript"
        transcript.write_text("flow: evil\n\nbot: A?\n", encoding="utf-8")
        page = self.open(page_of(self.folder, "--prompts", prompts, transcript))
        self.assertEqual("Coverage: evil", page.title())
        self.assertEqual(0, page.locator("img, script, main b").count())
        self.assertEqual(1, len(self.requests))
        self.assertEqual([], self.messages)
        self.assertIn("<script>document.title='taken'</script>", page.locator("main").text_content())
        self.assertNotIn("\u202e", page.locator("body").text_content())


if __name__ == "__main__":
    unittest.main()
