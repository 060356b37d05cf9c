"""`usher test` and `usher review` at the command line: what they say, write and exit with.

Usage: transcript_tests.py PATH-OF-usher
"""

import json
import os
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pexpect

import _support
from _support import ROOT, TIMEOUT, check, main, plain, wait_until

FLOW = """\
flow: lunch
title: the order
slots:
  dish:
    type: choice
    options: {soup: Soup, salad: Green salad}
    title: the dish
    names: [dish]
steps:
  - collect: dish
  - id: pay
    confirm: [dish]
  - end: ordered
"""
PROMPTS = """\
ask_dish: What would you like to eat?
hint_dish: Name one of the list.
ask_pay: A {{dish}} is 9 euros. Is that right?
hint_pay: Yes or no.
"""
GOOD = """\
# Soup.
flow: lunch
tags: happy

bot: What would you like to eat?
  1. Soup
  2. Green salad

user: soup
bot: A Soup is 9 euros. Is that right?
expect: step pay

user: yes
expect: end ordered
expect: why affirm-yes
"""


class Kitchen:
    """A folder with a small flow, transcripts, and usher beside them."""

    def __init__(self, room, **transcripts):
        self.room = room
        self.folder = room.folder / "kitchen"
        shutil.copytree(ROOT / "prompts/common", self.folder / "prompts/common")
        (self.folder / "prompts/lunch/prompts").mkdir(parents=True)
        (self.folder / "prompts/lunch/flow.yaml").write_text(FLOW)
        self.prompts(PROMPTS)
        (self.folder / "tests").mkdir()
        for name, text in transcripts.items():
            self.write(name, text)

    def prompts(self, text):
        (self.folder / "prompts/lunch/prompts/lunch.yaml").write_text(text)

    def path(self, name):
        return self.folder / "tests" / f"{name}.transcript"

    def write(self, name, text):
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text)

    def read(self, name):
        return self.path(name).read_text()

    def pending(self):
        return sorted(path.name for path in self.folder.rglob("*.pending"))

    def run(self, *arguments, code=0, **environment):
        """usher with these arguments; its standard output."""
        environment = {"CI": None, **environment}
        process = subprocess.run(
            [_support.USHER, *arguments], capture_output=True, text=True, timeout=TIMEOUT, cwd=self.folder,
            env=self.room.environment(**environment), check=False,
        )
        check(process.returncode == code, "exit", process.returncode, process.stdout, process.stderr)
        check("\x1b" not in process.stdout + process.stderr, "escape sequences", process.stdout, process.stderr)
        self.error = process.stderr
        return process.stdout

    def test(self, *arguments, **options):
        return self.run("test", "--prompts", "prompts", "--flow", "lunch", "tests", *arguments, **options)

    def spawn(self, *arguments, **environment):
        """usher in a terminal."""
        child = pexpect.spawn(
            _support.USHER, list(arguments), cwd=str(self.folder), encoding="utf-8", timeout=TIMEOUT,
            env=self.room.environment(**{"CI": None, **environment}), dimensions=(40, 120),
        )
        child.delaybeforesend = None
        return child


def changed(text):
    return text.replace("is 9 euros", "costs 9 euros")


def case_all_pass(room):
    kitchen = Kitchen(room, one=GOOD, two=GOOD)
    check(kitchen.test() == "2 passed, 0 failed\n", "output")
    check(kitchen.pending() == [], "pending", kitchen.pending())


def case_a_failure_is_explained_and_waits(room):
    kitchen = Kitchen(room, one=changed(GOOD), two=GOOD)
    shown = kitchen.test(code=1)
    for line in [
        "FAILED tests/one.transcript",
        "  tests/one.transcript:10: other words of 'ask_pay'",
        "    after 'soup', understood as value by ",
        "    prompt 'ask_pay' at lunch/prompts/lunch.yaml:3:1",
        "    step 'pay' at lunch/flow.yaml:11:5",
        "    - A Soup costs 9 euros. Is that right?",
        "    + A Soup is 9 euros. Is that right?",
        "1 passed, 1 failed",
    ]:
        check(line in shown, line, shown)
    check(kitchen.pending() == ["one.transcript.pending"], "pending", kitchen.pending())
    check(kitchen.read("one") == changed(GOOD), "the transcript was changed")
    # When nothing differs any more, nothing waits.
    kitchen.write("one", GOOD)
    kitchen.test()
    check(kitchen.pending() == [], "pending", kitchen.pending())


def case_nothing_is_written_in_ci(room):
    kitchen = Kitchen(room, one=changed(GOOD))
    kitchen.test(code=1, CI="true")
    check(kitchen.pending() == [], "pending", kitchen.pending())
    kitchen.test("--update", code=64, CI="1")
    check("--update is refused where CI is set" in kitchen.error, kitchen.error)
    check(kitchen.read("one") == changed(GOOD), "the transcript was changed")
    kitchen.test(code=1, CI="false")
    check(kitchen.pending() == ["one.transcript.pending"], "pending", kitchen.pending())
    kitchen.run("review", "--accept", "one", code=64, CI="true")
    check(kitchen.read("one") == changed(GOOD), "the transcript was changed")
    check(kitchen.pending() == ["one.transcript.pending"], "pending", kitchen.pending())


def case_update_writes(room):
    kitchen = Kitchen(room, one=changed(GOOD), two=GOOD.replace("step pay", "step dish").replace("9 euros", "8"))
    shown = kitchen.test("--update", code=1)
    check("updated tests/one.transcript" in shown and "updated tests/two.transcript" in shown, shown)
    check("expected 'dish', but it is 'pay'" in shown and "1 failed, 1 updated" in shown, shown)
    check(kitchen.read("one") == GOOD, kitchen.read("one"))
    check(kitchen.read("two") == GOOD.replace("step pay", "step dish"), kitchen.read("two"))
    check(kitchen.pending() == [], "pending", kitchen.pending())


def case_shared_openings(room):
    opening, rest = GOOD.split("user: yes\n")
    kitchen = Kitchen(room, **{
        "open/dish": changed(opening), "a": f"include: open/dish.transcript\nuser: yes\n{rest}",
        "b": "include: open/dish.transcript\nuser: no\nbot~: [...]\n",
    })
    shown = kitchen.test(code=1)
    check(shown.count("tests/open/dish.transcript:10: other words") == 3, shown)
    check(kitchen.pending() == ["dish.transcript.pending"], "pending", kitchen.pending())
    kitchen.test("--update")
    check(kitchen.read("open/dish") == opening, kitchen.read("open/dish"))
    kitchen.test()
    kitchen.write("circle", "include: circle.transcript\n")
    shown = kitchen.test(code=1)
    check("circle.transcript:1:10: error: the files include each other in a circle:" in shown, shown)
    kitchen.write("circle", "include: ../../secret\n")
    (kitchen.folder.parent / "secret").write_text("bot: secret\n")
    shown = kitchen.test(code=1)
    check("'../../secret' lies outside of" in shown and "bot: secret" not in shown, shown)


def case_a_file_that_two_want_to_be_different(room):
    kitchen = Kitchen(room, **{
        "open": "user: soup\n", "a": GOOD.replace("euros", "dollars"),
        "shared": "bot~: [...]\nuser: ${dish}\nbot: x\n".replace("bot~", "var: dish = soup\nbot~"),
        "b": "var: dish = salad\ninclude: shared.transcript\n",
    })
    shown = kitchen.test("--update", code=1)
    check("tests/b.transcript and tests/shared.transcript go different ways there" in shown, shown)


def case_selection(room):
    kitchen = Kitchen(room, one=GOOD, two=GOOD.replace("happy", "slow"), three=GOOD)
    for arguments, shown in [
        (["--filter", "x*"], None), (["--filter", "*/t*"], "2 passed, 0 failed\n"),
        (["--filter", "one", "--filter", "two"], "2 passed, 0 failed\n"),
        (["--tags", "happy"], "2 passed, 0 failed, 1 left out by their tags\n"),
        (["--tags", "!happy"], "1 passed, 0 failed, 2 left out by their tags\n"),
        (["--shard", "1/2"], "2 passed, 0 failed\n"), (["--shard", "2/2"], "1 passed, 0 failed\n"),
        (["--shard", "4/4"], None), (["--tags", "no-such"], None), (["--tags", ","], None), (["--shard", "3/2"], None),
    ]:
        found = kitchen.test(*arguments, code=0 if shown else 64)
        check(not shown or found == shown, arguments, found)
        check(shown or "Error: " in kitchen.error, arguments, kitchen.error)


def case_none_found_is_a_failure(room):
    kitchen = Kitchen(room)
    kitchen.test(code=64)
    check("no transcripts (*.transcript) found in tests" in kitchen.error, kitchen.error)
    kitchen.run("test", "nowhere", code=1)
    check("nowhere: there is no such file or folder" in kitchen.error, kitchen.error)


PHRASINGS = "# At the end.\nflow: lunch\nat: pay\ntags: said\n\nintent\ttext\naffirm\tyes\nvalue\tno way\ndeny\tno\n"


def shown_failure(page, transcript):
    """The lines of a page that show how a transcript fails, from its name to the first that is not set in.

    Lines of the flow's files move with every rule that is added; their numbers are left out.
    """
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    start = lines.index(f"FAILED {transcript}")
    end = next(index for index in range(start + 1, len(lines)) if not lines[index].startswith("  "))
    return unplaced(lines[start:end])


def unplaced(lines):
    return [re.sub(r"(\.yaml):\d+:\d+", r"\1", line) for line in lines]


def case_failures_in_the_documentation_are_printed_so(room):
    folder = room.folder / "golden"
    shutil.copytree(ROOT / "Tests/Transcripts/model-evaluation", folder)
    clear = "I can go on only with a clear yes."
    for page, name, instead in [
        ("README.md", "gate/condition.transcript", "I can go on only with a yes."),
        ("docs/transcripts.md", "gate/contrast.transcript", "Which project does this belong to?"),
    ]:
        text = (folder / name).read_text(encoding="utf-8")
        check(clear in text, name, text)
        (folder / name).write_text(text.replace(clear, instead), encoding="utf-8")
        output, _ = _support.run(room, "test", name, code=1, cwd=folder)
        wanted = shown_failure(page, name)
        check(wanted == unplaced(output.splitlines())[: len(wanted)], page, output)
    # The table of phrasings as the documentation has it.
    (folder / "phrasings/gate.phrasings.tsv").write_text(
        "# What opens a gate, and what does not.\nflow: model-evaluation\ncontext: gate\n\nintent\ttext\n"
        "affirm\tyes, I agree\nother\tlooks good\naffirm\tI guess so\n"
    )
    output, _ = _support.run(room, "test", "phrasings/gate.phrasings.tsv", code=1, cwd=folder)
    wanted = shown_failure("docs/transcripts.md", "phrasings/gate.phrasings.tsv:8")
    check(wanted == unplaced(output.splitlines())[: len(wanted)], output)


def case_phrasings_are_cases_too(room):
    kitchen = Kitchen(room, one=GOOD)
    table = kitchen.folder / "tests/pay.phrasings.tsv"
    table.write_text(PHRASINGS)
    shown = kitchen.test("--report", "junit=report.xml", "--report", "jsonl=report.jsonl", code=1)
    for line in [
        "FAILED tests/pay.phrasings.tsv:8",
        "  tests/pay.phrasings.tsv:8: other intent: expected 'value', but it is 'deny'",
        "    after 'no way', understood as deny by deny-no",
        "3 passed, 1 failed",
    ]:
        check(line in shown, line, shown)
    check("    rule 'deny-no' at common/polarity.yaml:" in shown, shown)
    found = ElementTree.parse(kitchen.folder / "report.xml").getroot()
    check((found.get("tests"), found.get("failures")) == ("4", "1"), found.attrib)
    wrong = found[0][2].attrib
    check((wrong["classname"], wrong["name"], wrong["line"]) == ("tests.pay", "no way", "8"), wrong)
    lines = [json.loads(line) for line in (kitchen.folder / "report.jsonl").read_text().splitlines()]
    check(lines[0]["count"] == 4 and lines[3]["differences"][0]["rules"] == ["deny-no"], lines)
    check("ok 2 - tests/pay.phrasings.tsv:7: yes" in kitchen.test("--report", "tap", code=1), "tap")
    check("::error file=tests/pay.phrasings.tsv,line=8,col=7," in kitchen.test("--report", "github", code=1), "github")
    for arguments, code, last in [
        (["--filter", "pay"], 1, "2 passed, 1 failed\n"), (["--filter", "one"], 0, "1 passed, 0 failed\n"),
        (["--shard", "1/2"], 1, "1 passed, 1 failed\n"), (["--shard", "2/2"], 0, "2 passed, 0 failed\n"),
        (["--fail-fast"], 1, "2 passed, 1 failed\n"), (["--tags", "happy"], 0, "1 passed, 0 failed, 3 left out by their tags\n"),
        (["--update"], 1, "3 passed, 1 failed\n"),
    ]:
        shown = kitchen.test(*arguments, code=code)
        check(shown.endswith(last), arguments, shown)
    check(table.read_text() == PHRASINGS, "the table was changed")
    # By themselves, and what is wrong with a table.
    kitchen.path("one").unlink()
    kitchen.test(code=1)
    table.write_text(PHRASINGS.replace("at: pay", "at: pya").replace("affirm", "afirm"))
    shown = kitchen.test(code=1)
    check("tests/pay.phrasings.tsv:3:1: error: there is no step 'pya'; did you mean 'pay'?" in shown, shown)
    check("tests/pay.phrasings.tsv:7:1: error: there is no intent 'afirm'; did you mean 'affirm'?" in shown, shown)
    check("0 passed, 1 failed" in shown, shown)


def case_fail_fast(room):
    kitchen = Kitchen(room, a=GOOD, b=changed(GOOD), c=changed(GOOD))
    shown = kitchen.test("--fail-fast", code=1)
    check("tests/b.transcript" in shown and "tests/c.transcript" not in shown, shown)
    check(shown.count("FAILED") == 1 and "1 passed, 1 failed" in shown, shown)


def case_hostile_files(room):
    kitchen = Kitchen(room, one=GOOD)
    kitchen.path("bytes").write_bytes(b"bot: a\nuser: \xff\n")
    kitchen.path("nul").write_bytes(b"bot: a\nuser: \x00\n")
    kitchen.path("wide").write_bytes(b"bot: " + b"x" * 2_000_000 + b"\n")
    kitchen.path("large").write_bytes(b"#\n" * 3_000_000)
    kitchen.path("repeat").write_text("user-repeat: 10000000 " + "x" * 100 + "\n")
    kitchen.path("escape").write_text("flow: lunch\n\nbot: \x1b[31mred\u202e\n")
    kitchen.path("cassette").write_text("flow: lunch\naws: ../../secret.yaml\nbot: x\n")
    (kitchen.folder.parent / "secret.yaml").write_text("exchanges: [secret]\n")
    os.mkfifo(kitchen.path("pipe"))
    kitchen.path("folder").mkdir()
    shown = kitchen.test(code=1)
    for text in [
        "tests/bytes.transcript:2:7: error: the file is not text in UTF-8",
        "tests/nul.transcript:2:7: error: there is a NUL byte",
        "tests/wide.transcript:1:1: error: the line is longer than 1048576 bytes",
        "tests/large.transcript:1:1: error: the file is larger than 4194304 bytes",
        "tests/repeat.transcript:1:14: error: this reply would be longer than 16777216 bytes",
        "tests/pipe.transcript: is not a file", "tests/folder.transcript: is not a file",
        "tests/cassette.transcript:2:1: error: '../../secret.yaml' lies outside of",
        "␛[31mred\\u{202E}", "1 passed, 9 failed",
    ]:
        check(text in shown, text, shown[-3000:])


def case_review_one_by_one(room):
    kitchen = Kitchen(room, **{name: changed(GOOD) for name in ["a", "b", "c", "d", "e"]})
    kitchen.test(code=1)
    review = kitchen.spawn("review", "tests")
    for place, answer in [("1 of 5", "a"), ("2 of 5", "r"), ("3 of 5", "s"), ("4 of 5", "what"), ("4 of 5", "accept")]:
        review.expect_exact(f"{place}: (a)ccept, (r)eject, (s)kip, (q)uit? ")
        if answer == "a":
            shown = plain(review.before)
            check("-bot: A Soup costs 9 euros. Is that right?\n+bot: A Soup is 9 euros. Is that right?" in shown, shown)
            check("\x1b[31m" in review.before, "no colours", review.before)
        review.sendline(answer)
    review.expect_exact("5 of 5: ")
    review.sendline("q")
    review.expect_exact("2 left")
    review.expect(pexpect.EOF)
    review.close()
    check(review.exitstatus == 1, "exit", review.exitstatus)
    check([kitchen.read(name) == GOOD for name in "abcde"] == [True, False, False, True, False], "files")
    check(kitchen.pending() == ["c.transcript.pending", "e.transcript.pending"], kitchen.pending())


def case_review_without_a_terminal(room):
    kitchen = Kitchen(room, **{name: changed(GOOD) for name in ["a", "b", "c"]})
    kitchen.test(code=1)
    shown = kitchen.run("review", "tests", code=1)
    check(shown.count("waits: tests/") == 3 and "3 left" in shown, shown)
    shown = kitchen.run("review", "tests", "--accept", "*/a.*", "--reject", "b.tr", code=1)
    check("accepted tests/a.transcript" in shown and "rejected tests/b.transcript" in shown and "1 left" in shown, shown)
    # What has changed since is not taken over.
    kitchen.write("c", GOOD + "# edited\n")
    shown = kitchen.run("review", "tests", "--accept", "*", code=1)
    check("tests/c.transcript: has changed since; run usher test again" in shown, shown)
    check(kitchen.read("c") == GOOD + "# edited\n", kitchen.read("c"))
    kitchen.test("--filter", "/a.", "--filter", "/c.")
    check(kitchen.run("review", "tests") == "Nothing waits for a review.\n", "review")
    check(kitchen.read("a") == GOOD and kitchen.read("b") == changed(GOOD), "files")


def case_review_stays_plain_where_asked(room):
    kitchen = Kitchen(room, a=changed(GOOD))
    kitchen.test(code=1)
    review = kitchen.spawn("review", "tests", NO_COLOR="1")
    review.expect_exact("(q)uit? ")
    check("\x1b" not in review.before, "escape sequences", review.before)
    review.sendeof()
    review.expect(pexpect.EOF)
    review.close()
    check(review.exitstatus == 1, "exit", review.exitstatus)


def case_colours_mark_changed_words(room):
    kitchen = Kitchen(room, a=changed(GOOD))
    child = kitchen.spawn("test", "--prompts", "prompts", "--flow", "lunch", "tests")
    child.expect(pexpect.EOF)
    check("\x1b[31;1;4mcosts\x1b" in child.before and "\x1b[32;1;4mis\x1b" in child.before, repr(child.before))
    child = kitchen.spawn("test", "--prompts", "prompts", "--flow", "lunch", "tests", NO_COLOR="1")
    child.expect(pexpect.EOF)
    check("\x1b[31" not in child.before and "\x1b[1m" not in child.before, repr(child.before))


def case_watch_runs_again_what_changes(room):
    kitchen = Kitchen(room, a=GOOD, b=GOOD, **{"open/x": "# nothing\nbot~: [...]\n", "c": "include: open/x.transcript\n"})
    child = kitchen.spawn("test", "--watch", "--prompts", "prompts", "--flow", "lunch", "tests")
    child.expect_exact("4 passed, 0 failed")
    kitchen.write("a", changed(GOOD))
    child.expect_exact("FAILED")
    child.expect_exact("tests/a.transcript")
    child.expect_exact("0 passed, 1 failed")
    kitchen.write("a", GOOD + "# longer\n")
    child.expect_exact("1 passed, 0 failed")
    kitchen.write("open/x", "# something else\nbot~: [...]\n")
    child.expect_exact("2 passed, 0 failed")
    kitchen.prompts(PROMPTS.replace("9 euros", "ten euros"))
    child.expect_exact("2 passed, 2 failed")
    kitchen.write("new", GOOD.replace("9 euros", "ten euros"))
    child.expect_exact("1 passed, 0 failed")
    (kitchen.folder / "tests/pay.phrasings.tsv").write_text("at: pay\nintent\ttext\naffirm\tyes\naffirm\tno\n")
    child.expect_exact("1 passed, 1 failed")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    wait_until(lambda: not child.isalive(), "the end")
    kitchen.run("test", "--watch", "tests", code=64, CI="1")


if __name__ == "__main__":
    sys.exit(main(globals()))
