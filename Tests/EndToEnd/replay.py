"""`usher replay`: sessions that were talked, rebuilt out of their events.

Usage: replay.py PATH-OF-usher
"""

import json
import shutil
import sys

from _support import OFFLINE, ROOT, check, main, run


def talk(room, *replies):
    """An offline session `s` with these replies, its store kept in the room."""
    process = room.pipe(list(replies), "--offline", "--session", "s", "--record", str(room.folder / "live.transcript"))
    check(process.returncode == 0, process.stderr.decode())


def entries(text):
    """The lines of a transcript without comments, expectations and empty lines."""
    return [line for line in text.splitlines() if line and not line.startswith(("#", "expect:"))]


def case_a_session_comes_back_as_it_was_talked(room):
    talk(room, *OFFLINE)
    output, error = run(room, "replay", "--session", "s")
    check(not error, error)
    live = (room.folder / "live.transcript").read_text(encoding="utf-8")
    check(entries(output) == entries(live), "differs from what was recorded", output, live)
    check("expect: end notebook_ready" in output, output[-500:])
    (room.folder / "again.transcript").write_text(output, encoding="utf-8")
    again, _ = run(room, "test", "again.transcript")
    check("1 passed, 0 failed" in again, again)


def case_white_space_is_a_part_of_a_reply(room):
    talk(room, "  " + OFFLINE[0], "\\")
    output, _ = run(room, "replay", "--session", "s")
    check("user~: \\u{20} " in output, output)
    check(entries(output) == entries((room.folder / "live.transcript").read_text(encoding="utf-8")), output)


def case_events_are_exported_and_give_the_same_states(room):
    talk(room, *OFFLINE[:6], "AKIA" + "Q3EGRTX7YPLM2WZ5", "back")
    run(room, "replay", "--session", "s", "--export", "events.jsonl")
    text = (room.folder / "events.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    check(lines[0]["format"] == "usher-session" and lines[0]["session"] == "s", lines[0])
    check([line["event"] for line in lines[1:4]] == ["started", "action_finished", "reply"], lines[:4])
    check("Q3EGRTX7" not in text, "a secret was kept")
    for turn in range(9):
        stored, _ = run(room, "replay", "--session", "s", "--to", str(turn), "--json")
        exported, _ = run(room, "replay", "events.jsonl", "--to", str(turn), "--json")
        state = json.loads(stored)
        # A refused reply is a turn of the conversation, and none that the state counts.
        check(stored == exported and state["turns"] == turn - (turn >= 7), turn, state["turns"])
        check(stored == json.dumps(state, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n", stored)
    opening, _ = run(room, "replay", "events.jsonl", "--to", "0")
    check("user:" not in opening and "expect: step task" in opening, opening)
    _, error = run(room, "replay", "events.jsonl", "--to", "9", code=64)
    check("there is no turn 9; the last one is 8" in error, error)


def case_the_first_difference_to_another_version(room):
    talk(room, *OFFLINE[:6])
    prompts = room.folder / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    output, _ = run(room, "replay", "--session", "s", "--diff", "prompts")
    check(output == "no difference up to turn 6\n", output)
    changed = [path for path in prompts.rglob("*") if path.is_file() and "dataset?" in path.read_text(encoding="utf-8")]
    for path in changed:
        path.write_text(path.read_text(encoding="utf-8").replace("evaluation dataset?", "DATASET?"), encoding="utf-8")
    output, _ = run(room, "replay", "--session", "s", "--diff", "prompts", code=1)
    check(output.startswith("turn 1 differs\n  user: "), output)
    check("+ bot: Where in Amazon S3 is the DATASET?" in output, output)
    check("no difference up to turn 0\n" == run(room, "replay", "--session", "s", "--diff", "prompts", "--to", "0")[0])
    _, error = run(room, "replay", "--session", "s", "--prompts", "prompts", code=64)
    check("another version of the flow" in error, error)
    output, _ = run(room, "replay", "--session", "s", "--prompts", "prompts", "--any-version")
    check("DATASET?" in output, output)


def case_what_is_wrong_is_said_with_its_line(room):
    talk(room, *OFFLINE[:3])
    run(room, "replay", "--session", "s", "--export", "events.jsonl")
    lines = (room.folder / "events.jsonl").read_text(encoding="utf-8").splitlines()

    def broken(*changed):
        (room.folder / "broken.jsonl").write_text("\n".join(changed) + "\n", encoding="utf-8")
        _, error = run(room, "replay", "broken.jsonl", code=None)
        check("broken.jsonl:" in error, error)
        return error

    check("broken.jsonl:2:1: error: a session begins with 'started'" in broken(lines[0], *lines[2:]), "start")
    check("broken.jsonl:3:" in broken(*lines[:2], "{", *lines[2:]), "JSON")
    check("broken.jsonl:4:1: error: the end of action 1 is not waited for" in broken(*lines[:3], lines[2]), "twice")
    check("broken.jsonl:3:1: error: the end of action 1" in broken(*lines[:2], *lines[3:]), "left out")
    check("broken.jsonl:1:1:" in broken(*lines[1:]), "no head")
    (room.folder / "bytes").write_bytes(b"\xff\xfe")
    check("UTF-8" in run(room, "replay", "bytes", code=None)[1], "bytes")
    for options, words in [
        (["nowhere"], "nowhere"), (["--session", "t"], "there is no session 't'"),
        (["--session", "s", "--store", "no.sqlite"], "no such file"),
        (["s"], "a session is named by --session s"), ([], "give a file of events"),
        (["bytes", "--session", "s"], "give a file of events"), (["bytes", "--to", "-1"], "--to"),
        (["--session", "s", "--store", "bytes"], "no store of sessions"),
        (["--session", "s", "--json", "--export", "x"], "exclude each other"),
        (["--session", "s", "--export", "no/such/x"], "could not be written"),
    ]:
        _, error = run(room, "replay", *options, code=None)
        check(words in error, options, error)
    check(not (room.folder / "no.sqlite").exists(), "a store was made")


if __name__ == "__main__":
    sys.exit(main(globals()))
