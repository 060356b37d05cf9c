"""`usher test --report`: what CI systems read of a run, read with the programs that they read it with.

Usage: reports.py PATH-OF-usher
"""

import json
import re
import sys

from _support import check, main, read_format, run

GOOD = """flow: model-evaluation
offline: yes

do: read_prior_context -> none
bot: What was the model fine-tuned to do?
"""
# What an encoder must not let through: markup, a comment of TAP, a percent sign, the end of CDATA, a terminal's colours.
NASTY = "What was <the> & \"model\" # ]]> 100% \x1b[31m\x07 \\ žluť 👍 ::error::?"
BAD = GOOD.replace("What was the model fine-tuned to do?", NASTY) + "expect: step nowhere\n"
UNREADABLE = "flow: model-evaluation\n\nbot: Hello\nnonsense\n"


def suite(room):
    """A folder with a transcript that passes, one that fails and one that cannot be read; their paths in order."""
    folder = room.folder / "my.tests" / "a,b"
    folder.mkdir(parents=True)
    files = {"bad # 1.transcript": BAD, "good.transcript": GOOD, "unreadable.transcript": UNREADABLE}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [f"my.tests/a,b/{name}" for name in files]


def test(room, *options):
    """`usher test` on the suite: its output and error, after its exit code was checked."""
    return run(room, "test", "my.tests", *options, code=1)


def case_junit_is_read_by_junitparser(room):
    files = suite(room)
    output, _ = test(room, "--report", "junit=report.xml")
    check("1 passed, 2 failed" in output, output)
    found = read_format("junit", room.folder / "report.xml")
    check(found["counts"] == {"tests": 3, "failures": 1, "errors": 1, "skipped": 0}, found["counts"])
    bad, good, unreadable = found["cases"]
    check([case["file"] for case in found["cases"]] == files, found)
    check([case["classname"] for case in found["cases"]] == ["my_tests.a,b"] * 3, found)
    check([case["name"] for case in found["cases"]] == ["bad # 1", "good", "unreadable"], found)
    check(bad["outcome"] == "failed" and bad["line"] == 5, bad)
    shown = NASTY.replace("\x1b", "\\u{1b}").replace("\x07", "\\u{7}")
    check(f"- {shown}\n  + What was the model fine-tuned to do?" in bad["text"], bad["text"])
    check("but it is 'task'" in bad["text"], bad["text"])
    check(good["outcome"] == "passed", good)
    check(unreadable["outcome"] == "unreadable" and unreadable["line"] == 4, unreadable)
    check("unreadable.transcript:4:1: error:" in unreadable["message"], unreadable)


def case_tap_is_read_by_tap_py(room):
    files = suite(room)
    output, error = test(room, "--report", "tap")
    check("1 passed, 2 failed" in error and "passed," not in output, "people's lines go to standard error", error)
    (room.folder / "report.tap").write_text(output, encoding="utf-8")
    found = read_format("tap", room.folder / "report.tap")
    check(found["version"] == 14 and found["plan"] == 3, found)
    check([case["ok"] for case in found["cases"]] == [False, True, False], found)
    check([case["number"] for case in found["cases"]] == [1, 2, 3], found)
    bad, good, unreadable = found["cases"]
    check(bad["yaml"]["at"] == {"file": files[0], "line": 5, "column": 1}, bad)
    check(f"  - {NASTY}" in bad["yaml"]["difference"], bad)
    check(good["yaml"] is None, good)
    check(unreadable["yaml"]["severity"] == "unreadable" and unreadable["yaml"]["at"]["line"] == 4, unreadable)


def case_json_lines_are_objects_of_the_documented_shape(room):
    files = suite(room)
    test(room, "--report", "jsonl=report.jsonl")
    lines = (room.folder / "report.jsonl").read_text(encoding="utf-8").splitlines()
    begin, *cases, end = [json.loads(line) for line in lines]
    check(begin == {"type": "begin", "schema": 1, "count": 3}, begin)
    check(end == {"type": "end", "counts": {"passed": 1, "failed": 1, "unreadable": 1, "skipped": 0}}, end)
    check([case["file"] for case in cases] == files, cases)
    check([case["outcome"] for case in cases] == ["failed", "passed", "unreadable"], cases)
    check(f"  - {NASTY}" in cases[0]["details"], cases[0])
    check(set(cases[1]) == {"type", "file", "line", "column", "name", "classname", "outcome"}, cases)


def case_annotations_of_github(room):
    suite(room)
    output, _ = test(room, "--report", "github")
    commands = [line for line in output.splitlines() if line.startswith("::")]
    check(len(commands) == 2 and "\x1b" not in "".join(commands), output)
    pattern = r"::error file=([^,:]*),line=(\d+),col=(\d+),title=([^:,]*)::(.*)"
    bad, unreadable = [re.fullmatch(pattern, line) for line in commands]
    check(bad and unreadable, commands)

    def decoded(text):
        return re.sub("%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), text)

    check(decoded(bad[1]) == "my.tests/a,b/bad # 1.transcript" and bad[2] == "5", commands)
    shown = NASTY.replace("\x1b", "\\u{1b}").replace("\x07", "\\u{7}")
    check(f"\n  - {shown}\n" in decoded(bad[5]), bad[5])
    check(unreadable[2] == "4" and "1 passed, 2 failed" in output, output)


def case_several_reports_at_once_and_what_is_wrong_with_them(room):
    suite(room)
    test(room, "--report", "junit=a.xml", "--report", "tap=b.tap", "--report", "jsonl", "--report", "github")
    check((room.folder / "a.xml").exists() and (room.folder / "b.tap").exists(), "files")
    for options, code, words in [
        (["--report", "tap", "--report", "junit"], 64, "only one report fits standard output"),
        (["--report", "tap=x", "--report", "junit=x"], 64, "same file"),
        (["--report", "tap="], 64, "--report"),
        (["--report", "html"], 64, "--report"),
        (["--report", "tap=no/such/folder/x"], 64, "cannot be written"),
    ]:
        _, error = run(room, "test", "my.tests", *options, code=code)
        check(words in error, options, error)


def case_a_report_of_an_update_counts_what_is_left(room):
    suite(room)
    run(room, "test", "--update", "my.tests", "--report", "jsonl=one.jsonl", code=1)
    run(room, "test", "my.tests/a,b/good.transcript", "--report", "jsonl=two.jsonl", code=0)
    one = [json.loads(line) for line in (room.folder / "one.jsonl").read_text(encoding="utf-8").splitlines()]
    check(one[1]["outcome"] == "failed" and "expected 'nowhere', but it is 'task'" in one[1]["message"], one)
    two = [json.loads(line) for line in (room.folder / "two.jsonl").read_text(encoding="utf-8").splitlines()]
    check(two[0]["count"] == 1 and two[1]["outcome"] == "passed", two)


def case_a_run_that_stops_early_says_so(room):
    suite(room)
    output, _ = run(room, "test", "my.tests", "--fail-fast", "--report", "tap", code=1)
    check(output.endswith("Bail out! only 1 of 3 were run\n"), output)


def case_what_tags_leave_out_is_skipped(room):
    suite(room)
    (room.folder / "my.tests/tagged.transcript").write_text("tags: slow\n" + GOOD, encoding="utf-8")
    run(room, "test", "my.tests", "--tags", "slow", "--report", "jsonl=r.jsonl", code=None)
    lines = [json.loads(line) for line in (room.folder / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    outcomes = [line["outcome"] for line in lines[1:-1]]
    check(outcomes == ["skipped", "skipped", "unreadable", "passed"] and lines[0]["count"] == 4, lines)


if __name__ == "__main__":
    sys.exit(main(globals()))
