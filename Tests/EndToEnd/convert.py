"""`usher convert`: conversations in the formats of other tools, read with what others wrote.

Usage: convert.py PATH-OF-usher
"""

import re
import sys

from _support import ROOT, check, main, read_format, run

GOLDEN = ROOT / "Tests/Transcripts/model-evaluation"
TEXTS = [
    "yes", "no", "on", "off", "true", "null", "~", "1.0", "- item", "# heading", "> quote", "* star", "it's \"quoted\"", "a: b", "žluť 👍",
    "two\nlines", "with\n\nan empty one", "1. one\n2. two", "{\"a\": 1}", "%x &y *z @w `v`", "tab\there",
]


def block(word, text):
    first, *rest = text.split("\n")
    return "\n".join([f"{word}: {first}".rstrip(" "), *("  " + (line or "\\") for line in rest)]) + "\n"


def conversation(room, texts=None):
    """A transcript in which the user and the bot say each text, and what they say."""
    said = [word for text in texts or TEXTS for word in (("user", text), ("bot", text))]
    (room.folder / "talk.transcript").write_text("".join(block(*word) for word in said), encoding="utf-8")
    return said


def words(text):
    """Who says what in a transcript."""
    found = []
    for line in text.splitlines():
        match = re.match(r"(user|bot):(?: (.*))?$", line)
        if match:
            found.append([match[1], match[2] or ""])
        elif line.startswith("  ") and found:
            found[-1][1] += "\n" + ("" if line == "  \\" else line[2:])
    return [tuple(word) for word in found]


def case_activities_are_read_by_botbuilder(room):
    said = conversation(room)
    run(room, "convert", "talk.transcript", "--to", "activities", "--output", "out/")
    found = read_format("activities", room.folder / "out/talk.transcript")
    check([(one["role"], one["text"]) for one in found] == said, found)
    check({one["type"] for one in found} == {"message"} and {one["conversation"] for one in found} == {"talk"}, found)
    check([one["id"] for one in found] == [str(number + 1) for number in range(len(said))], found)
    check({(one["role"], one["recipient"]) for one in found} == {("user", "bot"), ("bot", "user")}, found)
    times = [one["timestamp"] for one in found]
    check(times == sorted(set(times)) and times[0].startswith("2000-01-01T00:00:01"), times)


def case_every_golden_transcript_is_read_by_botbuilder_and_pyyaml(room):
    run(room, "convert", str(GOLDEN), "--to", "activities", "--output", "activities")
    run(room, "convert", str(GOLDEN), "--to", "rasa", "--output", "golden.yml")
    files = sorted(GOLDEN.rglob("*.transcript"))
    made = sorted((room.folder / "activities").iterdir())
    check(len(made) == len(files) >= 196, len(made), len(files))
    cases = read_format("rasa", room.folder / "golden.yml")
    check(len(cases) == len(files), len(cases))
    check(len({case["test_case"] for case in cases}) == len(files), "names")
    for case in cases:
        for step in case["steps"]:
            (kind, value), = step.items()
            check(kind in ("slot_was_set", "slot_was_not_set") or isinstance(value, str), step)
    count = sum(len(read_format("activities", file)) for file in made[:10])
    check(count > 50, count)


def case_test_cases_of_rasa_keep_their_texts(room):
    said = conversation(room, TEXTS + ["a\n b", " x", "\u2028", "\x7f"])
    text = (room.folder / "talk.transcript").read_text(encoding="utf-8")
    (room.folder / "talk.transcript").write_text(text + "expect: slot tea = no\nexpect: slot cup unknown\n", encoding="utf-8")
    run(room, "convert", "talk.transcript", "--to", "rasa", "-o", "talk.yml")
    (case,) = read_format("rasa", room.folder / "talk.yml")
    steps = [tuple(step.items())[0] for step in case["steps"]]
    said = [(who, words.lstrip(" ")) for who, words in said]  # spaces after a colon are no part of a text
    check(steps[:-2] == said, [pair for pair in zip(steps, said) if pair[0] != pair[1]])
    check(steps[-2:] == [("slot_was_set", [{"tea": "no"}]), ("slot_was_not_set", ["cup"])], steps[-2:])


def case_chat_files_follow_the_rules_of_chatdown(room):
    said = conversation(room)
    _, error = run(room, "convert", "talk.transcript", "--to", "chat", "-o", "talk.chat")
    check(not error, error)
    # chatdown's rules: '>' begins a comment, a name and a colon begin a message, white space around it does not count.
    found = []
    for line in (room.folder / "talk.chat").read_text(encoding="utf-8").split("\n"):
        match = re.match(r"(user|bot):(.*)", line, re.I)
        if line.startswith(">"):
            continue
        if match:
            found.append([match[1], match[2].strip()])
        elif found:
            found[-1][1] += "\n" + line
    check([(who, text.strip()) for who, text in found] == said, found)


def case_there_and_back(room):
    said = conversation(room)
    for form, name, lossless in [
        ("chat", "talk.chat", True), ("activities", "a.transcript", True), ("botium", "talk.convo.txt", False),
        ("rasa", "talk.yml", True), ("markdown", "talk.md", True),
    ]:
        _, error = run(room, "convert", "talk.transcript", "--to", form, "-o", name)
        check(bool(error) != lossless, form, error)
        output, error = run(room, "convert", name, "--to", "usher", "--flow", "tea")
        check(not error and words(output) == said, form, error, output)
        check("\nflow: tea\n" in "\n" + output, output)


def case_losses_are_said_and_strict_fails(room):
    (room.folder / "a.transcript").write_text(
        "# Title\nflow: tea\n\ndo: brew -> done\nbot: a\n\nuser: #me\nuser-hex: ff\nuser-repeat: 3 x\nexpect: paused\n", encoding="utf-8"
    )
    output, error = run(room, "convert", "a.transcript", "--to", "botium")
    places = [re.match(r"a\.transcript:(\d+):1: warning: ", line) for line in error.splitlines()]
    check(all(places) and [place[1] for place in places] == ["2", "4", "8", "9", "10", "7"], error)
    check(output.startswith("Title\n\n#bot\na\n\n#me\n\\#me\n"), output)
    _, error = run(room, "convert", "a.transcript", "--to", "botium", "--strict", "-o", "no.txt", code=1)
    check("6 losses; nothing was written" in error and not (room.folder / "no.txt").exists(), error)
    run(room, "convert", "a.transcript", "--to", "markdown", "--strict", "-o", "a.md")
    run(room, "convert", "a.md", "--to", "usher", "--strict", "-o", "b.transcript")
    before, after = [sorted((room.folder / name).read_text(encoding="utf-8").split("\n")) for name in ("a.transcript", "b.transcript")]
    check([line for line in before if line] == [line for line in after if line], before, after)


def case_what_is_wrong_is_said(room):
    conversation(room)
    (room.folder / "bad.chat").write_text("hello\n", encoding="utf-8")
    (room.folder / "bad.json").write_text("[{},\n {\"type\": 1}]", encoding="utf-8")
    (room.folder / "bytes.md").write_bytes(b"\xff")
    (room.folder / "note.txt").write_text("x", encoding="utf-8")
    for arguments, wanted in [
        (["bad.chat", "bad.json", "note.txt", "--to", "usher"],
         ["bad.chat:1:1: error: ", "bad.json:1:2: error: ", "bad.json:2:11: error: ", "note.txt: the name does not say"]),
        (["note.txt", "--from", "rasa", "--to", "usher"], ["note.txt:1:1: error: "]),
        (["bytes.md", "--to", "usher"], ["UTF-8"]), (["nowhere", "--to", "usher"], ["nowhere: there is no such file"]),
        (["talk.transcript", "--to", "pdf"], ["--to"]), (["talk.transcript"], ["--to"]),
        (["talk.transcript", "--to", "activities", "-o", "./talk.transcript"], ["would take the place of an input"]),
        (["talk.transcript", "--to", "activities", "-o", "."], ["would take the place of an input"]),
        (["talk.transcript", "--to", "chat", "-o", "no/such/file"], ["could not be written"]),
    ]:
        _, error = run(room, "convert", *arguments, code=None)
        for word in wanted:
            check(word in error, arguments, word, error)


if __name__ == "__main__":
    sys.exit(main(globals()))
