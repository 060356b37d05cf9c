"""Coverage and mutation, as people ask for them.

Usage: python coverage.py PATH-OF-usher
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
USHER = str(pathlib.Path(sys.argv.pop(1)).resolve()) if len(sys.argv) > 1 else "usher"

FLOW = """flow: lunch
slots:
  dish: {type: choice, options: {soup: soup, stew: stew}, names: [dish]}
steps:
  - {id: dish, collect: dish, ask: ask_dish}
  - id: sure
    confirm: [dish]
    ask: ask_sure
    deny: {say: sorry, clear: [dish]}
  - {id: served, end: served}
"""
# Few rules, since many take long to try.
RULES = """kind: mark
fragments:
  much: "(?:very|so)"
intents:
  affirm:
    - {name: affirm-yes, pattern: "\\\\b(?:yes|aye|(?&much) right)\\\\b", matches: ["yes"]}
  deny:
    - {name: deny-no, pattern: '\\b(?:no|nay)\\b', matches: ["no"]}
"""
TRANSCRIPT = """flow: lunch

bot: Soup or stew?
  1. soup
  2. stew

user: soup
bot: Soup?

user: yes
expect: end served
"""


class Coverage(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="usher-coverage-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        prompts = self.folder / "prompts"
        shutil.copytree(ROOT / "prompts/common/prompts", prompts / "common/prompts")
        (prompts / "common/polarity.yaml").write_text(RULES, encoding="utf-8")
        (prompts / "lunch/prompts").mkdir(parents=True)
        (prompts / "lunch/flow.yaml").write_text(FLOW, encoding="utf-8")
        texts = 'ask_dish: "Soup or stew?"\nask_sure: "Soup?"\nsorry: "Oh."\n'
        (prompts / "lunch/prompts/all.yaml").write_text(texts, encoding="utf-8")
        (self.folder / "t").mkdir()
        self.write("one", TRANSCRIPT)

    def write(self, name, text):
        (self.folder / f"t/{name}.transcript").write_text(text, encoding="utf-8")

    def usher(self, *arguments):
        return subprocess.run(
            [USHER, *arguments], capture_output=True, text=True, timeout=300, cwd=self.folder, check=False
        )

    def test_coverage(self):
        result = self.usher("test", "--prompts", "prompts", "t", "--coverage", "text", "--coverage=json=c.json",
                            "--coverage", "lcov=c.info", "--coverage", "html", "--fail-under", "steps=100,transitions=70")
        self.assertEqual(1, result.returncode, result.stdout + result.stderr)
        self.assertIn("NOT COVERED transitions: 2 of 3 covered (66.6%), and 70.0% are wanted", result.stdout)
        self.assertIn("  prompts/lunch/flow.yaml:9:5: sure -> deny", result.stdout)
        self.assertRegex(result.stdout, r"(?m)^steps +3 +3 \(100\.0%\)$")
        document = json.loads((self.folder / "c.json").read_text(encoding="utf-8"))
        self.assertEqual({"total": 3, "transcripts": 2, "covered": 2}, document["axes"]["transitions"])
        items = document["flows"][0]["items"]
        found = {item["id"]: item for item in items}
        self.assertEqual(("prompts/lunch/flow.yaml", 9, 0),
                         tuple(found["sure -> deny"][key] for key in ("file", "line", "transcripts")))
        # What stands at an alternative's place begins as the alternative does.
        for item in items:
            if item["axis"] == "alternatives" and item["label"][:1].isalpha():
                line = (self.folder / item["file"]).read_text(encoding="utf-8").splitlines()[item["line"] - 1]
                self.assertEqual(item["label"][0], line[item["column"] - 1], item)
        self.assertTrue((self.folder / "coverage.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>"))
        self.write("two", TRANSCRIPT.replace("user: yes\nexpect: end served\n", "user: no\nbot: Oh.\nbot: Soup or stew?\n"
                                             "  1. soup\n  2. stew\n"))
        result = self.usher("test", "--prompts", "prompts", "t", "--fail-under", "steps=100,transitions=100")
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)

    def test_genhtml(self):
        if not shutil.which("genhtml"):
            self.skipTest("there is no genhtml (Debian: apt-get install lcov)")
        self.usher("test", "--prompts", "prompts", "t", "--coverage", "lcov=c.info")
        result = subprocess.run(["genhtml", "--branch-coverage", "-o", "out", "c.info"], cwd=self.folder,
                                capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        self.assertIn("functions..: ", result.stdout)
        summary = subprocess.run(["lcov", "--rc", "lcov_branch_coverage=1", "--summary", "c.info"], cwd=self.folder,
                                 capture_output=True, text=True, timeout=120, check=False)
        self.assertRegex(summary.stdout + summary.stderr, r"functions\.+: \d+\.\d% \(\d+ of \d+ functions\)")

    def test_bad_options(self):
        for arguments, message in (
            (["--coverage", "pdf"], "--coverage"),
            (["--coverage", "json="], "--coverage"),
            (["--fail-under", "stepz=1"], "'stepz=1' is not AXIS=PERCENT"),
            (["--coverage", "json=/nowhere/c.json"], "could not be written"),
        ):
            result = self.usher("test", "--prompts", "prompts", "t", *arguments)
            self.assertNotEqual(0, result.returncode, arguments)
            self.assertIn(message, result.stdout + result.stderr)

    def test_mutation(self):
        options = ["mutate", "--prompts", "prompts", "--flow", "lunch", "t", "--state", "s.json"]
        result = self.usher(*options, "--only", "sure", "--json", "m.json")
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        self.assertIn("SURVIVED drop clear of sure -> deny\n  prompts/lunch/flow.yaml:9:5: ", result.stdout)
        self.assertIn("missing: a conversation that goes by sure -> deny", result.stdout)
        document = json.loads((self.folder / "m.json").read_text(encoding="utf-8"))
        self.assertEqual(len(document["mutants"]), document["tried"])
        # One more transcript, and it is noticed.
        self.write("two", TRANSCRIPT.replace("user: yes\nexpect: end served\n", "user: no\nbot: Oh.\nbot: Soup or stew?\n"
                                             "  1. soup\n  2. stew\n"))
        result = self.usher(*options, "--only", "sure ->", "--fail-under", "100")
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        result = self.usher(*options, "--only", "affirm-yes", "--fail-under", "100", "--json", "-")
        self.assertEqual(1, result.returncode)
        self.assertEqual("lunch", json.loads(result.stdout)["flow"])

    def test_sample(self):
        draw = ["mutate", "--prompts", "prompts", "--flow", "lunch", "t", "--sample", "5", "--json", "-", "--seed"]
        def ids(seed):
            return [mutant["id"] for mutant in json.loads(self.usher(*draw, seed).stdout)["mutants"]]
        self.assertEqual(5, len(ids("1")))
        self.assertEqual(ids("1"), ids("1"))
        self.assertNotEqual(ids("1"), ids("2"))

    def test_equivalent(self):
        listed = self.folder / "t/equivalent-mutants.yaml"
        listed.write_text("equivalent:\n  - mutant: no such\n    reason: None.\n", encoding="utf-8")
        result = self.usher("mutate", "--prompts", "prompts", "--flow", "lunch", "t", "--only", "sure")
        self.assertEqual(1, result.returncode)
        self.assertTrue(re.search(r"t/equivalent-mutants\.yaml:2:5: error: there is no such mutant", result.stdout), result.stdout)

    def test_unexplained(self):
        options = ["mutate", "--prompts", "prompts", "--flow", "lunch", "t", "--only", "drop clear of sure", "--fail-unexplained"]
        result = self.usher(*options)
        self.assertEqual(1, result.returncode, result.stdout + result.stderr)
        self.assertIn("1 of 1 survivor unexplained", result.stdout)
        self.assertIn("1 survived that 'accepted' gives no reason for", result.stderr)
        listed = self.folder / "t/equivalent-mutants.yaml"
        listed.write_text("accepted:\n  - mutant: drop clear of sure -> *\n    reason: Soup is soup.\n", encoding="utf-8")
        result = self.usher(*options)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        self.assertIn("  survived, explained: Soup is soup.\n", result.stdout)
        self.assertIn("0 of 1 survivor unexplained", result.stdout)

    def test_failing_suite(self):
        self.write("bad", "flow: lunch\n\nbot: No.\n")
        result = self.usher("mutate", "--prompts", "prompts", "--flow", "lunch", "t")
        self.assertNotEqual(0, result.returncode)
        self.assertIn("t/bad.transcript fails as it is", result.stderr)


if __name__ == "__main__":
    unittest.main()
