"""Conversations through a pipe: no terminal, any bytes, folders that cannot be written, secrets, and the command line.

Usage: piped.py PATH-OF-usher
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys

import _support
from _support import (
    OFFLINE, PACKAGES, ROOT, TASK, Skip, check, check_notebook, constants, holds, main, need_stand_in, overview, tree,
)

ONLINE = [reply if not reply.startswith("arn:") else "support-bot" for reply in OFFLINE]
# Made up; each has the form of a secret.
SECRETS = [
    "AKIA" + "Q3EGRTX7YPLM2WZ5",
    "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYzzQ9pLmKdu",
    "ghp_" + "a8Kd0Zr3Qm5Tn7Vb1Xc9Lp2Ws4Ye6Uf8Gh0J",
]


def said(process):
    """Standard output and error as text; both are UTF-8 whatever came in."""
    output, error = process.stdout.decode(), process.stderr.decode()
    for stream in (output, error):
        check("\x1b" not in stream, "escape sequences", stream)
        check(not re.search("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]", stream), "spinner", stream)
    check("Fatal error" not in error and "Traceback" not in error and process.returncode >= 0, error)
    return output, error


def clean(process, code=0):
    output, error = said(process)
    check(process.returncode == code, "exit", process.returncode, output[-500:], error)
    return output, error


def without_aws(room):
    """A PATH that has no aws command."""
    folder = room.folder / "bin"
    folder.mkdir(exist_ok=True)
    return str(folder)


def offline_environment(room):
    return {"PATH": without_aws(room), "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


def paused(output, error, *words):
    """Nothing ended badly: the session can go on."""
    check("--resume" in error, "no way to go on is named", error)
    for word in words:
        check(word in output, word, output[-1500:])


def case_a_file_of_replies_reaches_a_notebook(room):
    need_stand_in()
    replies = room.folder / "replies.txt"
    replies.write_text("\n".join(ONLINE) + "\n")
    with replies.open("rb") as file:
        process = subprocess.run(
            [_support.USHER, *room.arguments()], stdin=file, capture_output=True, timeout=120, check=False,
            env=room.environment(), cwd=room.folder,
        )
    output, error = clean(process)
    check("The notebook is ready" in output, output[-1500:])
    check(error == "", "standard error", error)
    values = constants(room.notebook())
    check(values["MODEL"] == f"{PACKAGES}:model-package/support-bot/2", values)


def case_the_same_replies_give_the_same_bytes(room):
    need_stand_in()
    outputs = []
    for name in ("one", "two"):
        folder = room.folder / name
        folder.mkdir()
        process = room.pipe(ONLINE, "--workspace", str(folder), XDG_STATE_HOME=str(folder / "state"))
        clean(process)
        outputs.append(process.stdout)
    check(outputs[0] == outputs[1], "outputs differ")
    notebooks = [path.read_bytes() for path in tree(room.folder) if path.suffix == ".ipynb"]
    check(len(notebooks) == 2 and notebooks[0] == notebooks[1], "notebooks differ", len(notebooks))


def case_offline_without_the_aws_command(room):
    output, error = clean(room.pipe(OFFLINE, "--offline", **offline_environment(room)))
    check("The notebook is ready" in output and error == "", output[-1500:], error)
    notebook = room.notebook()
    for words in ("## Not verified", "The dataset:", "The model package:", "The judge:"):
        check(words in overview(notebook), words, overview(notebook))
    check_notebook("validate", notebook)


def case_no_aws_command_and_not_offline(room):
    process = room.pipe(OFFLINE[:3] + ["go on"], **offline_environment(room))
    output, error = clean(process)
    paused(output, error, "I need the \"aws\" command", "custom metrics of your own")


def case_no_input(room):
    paused(*clean(room.pipe(b"", "--offline")), "fine-tuned to do?")


def case_no_input_at_all(room):
    """Standard input is closed, not empty."""
    process = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", _support.USHER, *room.arguments("--offline")], capture_output=True,
        timeout=60, env=room.environment(), cwd=room.folder, check=False,
    )
    output, _ = said(process)
    check("fine-tuned to do?" in output, output)


def case_nobody_reads(room):
    """Standard output is closed early, as by `| head -1`."""
    (room.folder / "replies.txt").write_text("help\n" * 2000)
    process = subprocess.run(
        ["/bin/bash", "-c", '"$@" < replies.txt | head -c 1 > /dev/null; exit "${PIPESTATUS[0]}"', "bash", _support.USHER,
         *room.arguments("--offline")],
        capture_output=True, timeout=60, env=room.environment(), cwd=room.folder, check=False,
    )
    check("Fatal" not in process.stderr.decode() and process.returncode in (0, 1, 141), process)


def case_binary_input(room):
    noise = bytes(range(256)) * 64
    output, error = clean(room.pipe(noise + b"\n" + TASK.encode() + b"\n", "--offline"))
    paused(output, error, "is not valid UTF-8", "is the evaluation dataset?")


def case_a_reply_that_is_not_utf8(room):
    output, error = clean(room.pipe(b"It summ\xe9rises\n" + TASK.encode() + b"\n", "--offline"))
    paused(output, error, "is not valid UTF-8", "is the evaluation dataset?")


def case_a_line_of_a_megabyte(room):
    for size in (1_000_000, 1_048_577, 5_000_000):
        session = f"of-{size}"
        process = room.pipe(b"x" * size + b"\n" + TASK.encode() + b"\n", "--offline", "--session", session)
        output, error = clean(process)
        paused(output, error, f"{size} bytes long", "is the evaluation dataset?")
    check(not holds(b"x" * 10_000, room.folder), "kept in", holds(b"x" * 10_000, room.folder))


def case_replies_with_crlf(room):
    crlf = "".join(reply + "\r\n" for reply in OFFLINE)
    output, _ = clean(room.pipe(crlf, "--offline"))
    check("The notebook is ready" in output, output[-1500:])
    check("\r" not in output, "carriage returns")
    check(TASK in overview(room.notebook()), overview(room.notebook()))


def case_a_last_line_without_line_feed(room):
    paused(*clean(room.pipe(TASK, "--offline")), "is the evaluation dataset?")


def case_empty_replies(room):
    paused(*clean(room.pipe(b"\n\n   \n\t\n" + TASK.encode() + b"\n", "--offline")), "is the evaluation dataset?")


def case_escape_sequences_are_harmless(room):
    evil = "It says \x1b]0;owned\x07 and \x1b[2J and \x9b31m and \u202etxt"
    output, error = clean(room.pipe([evil, "status"], "--offline"))
    check("\x07" not in output + error and "\x9b" not in output + error, output)


def case_a_session_goes_on(room):
    clean(room.pipe(OFFLINE[:5], "--offline", "--session", "nightly"))
    output, _ = clean(room.pipe(OFFLINE[5:], "--offline", "--resume", "--session", "nightly"))
    check("model package ARN" in output.split("> ")[0], "not the question it was left at", output[:500])
    check("The notebook is ready" in output, output[-1500:])
    check(TASK in overview(room.notebook()), overview(room.notebook()))


def case_a_session_goes_on_after_a_change(room):
    clean(room.pipe(OFFLINE[:4], "--offline", "--session", "old"))
    copy = prompts(room)
    file = copy / "model-evaluation/prompts/metrics.yaml"
    file.write_text(file.read_text().replace("Shall I take {{recommended", "(In other words.) Shall I take {{recommended"))
    changed = ["--offline", "--prompts", str(copy), "--resume", "--session", "old"]
    output, error = clean(room.pipe(["what did I say?"], *changed))
    check("The questions have changed" in output and "the task" in output, output)
    check(f"the task: {TASK}" in output, output)
    check("old@2" in error, error)
    again, _ = clean(room.pipe(["status"], *changed))
    check("The questions have changed" not in again, "carried over twice", again)
    check("(In other words.)" in output and "(In other words.)" in again, output, again)


def case_no_such_session(room):
    for options in (["--resume"], ["--resume", "--session", "none"]):
        _, error = said(room.pipe(b"", "--offline", *options))
        check("there is no session" in error, error)
        check("(" not in error.split("there is no session")[0], "an internal name is shown", error)


def case_a_session_that_is_taken(room):
    clean(room.pipe([TASK], "--offline", "--session", "mine"))
    process = room.pipe([TASK], "--offline", "--session", "mine")
    _, error = clean(process, code=1)
    check("mine" in error and "SessionStoreError" not in error, error)


def record_and_replay(room, replies, *options, **environment):
    record = room.folder / "talk.transcript"
    output, _ = clean(room.pipe(replies, "--record", str(record), *options, **environment))
    process = subprocess.run(
        [_support.USHER, "test", str(record)], capture_output=True, text=True, timeout=120, check=False,
        env=room.environment(),
    )
    check(process.returncode == 0, "usher test", process.stdout[-3000:], process.stderr)
    return output, record.read_text()


def case_a_recording_replays(room):
    need_stand_in()
    output, record = record_and_replay(room, ONLINE)
    check("The notebook is ready" in output and "validate_dataset" in record, record)


def case_a_recording_offline_replays(room):
    record_and_replay(room, OFFLINE, "--offline")


def case_a_recording_of_an_entry_replays(room):
    need_stand_in()
    record_and_replay(room, [], "--entry", "diagnose-role")


def case_a_recording_of_odd_replies_replays(room):
    odd = [
        "", "   ", "help", "/why", "# no remark", "user: bot: x", "{{x}} \\ \"q\" '", TASK, "back", "status", TASK,
        "žluť 日本 👍",
    ]
    record_and_replay(room, odd, "--offline")


def case_a_recording_of_a_stop_replays(room):
    record_and_replay(room, [TASK, "stop"], "--offline")


def case_a_secret_is_kept_nowhere(room):
    record = room.folder / "talk.transcript"
    for number, secret in enumerate(SECRETS):
        process = room.pipe(
            [f"It answers. My secret key is {secret} ok", TASK, secret, f"the data, aws_secret_access_key={secret}",
             *OFFLINE[1:5], f"export AWS_SECRET_ACCESS_KEY='{secret}'"],
            "--offline", "--session", f"s{number}", "--record", str(record),
        )
        output, error = said(process)
        check("I have not kept it" in output, output[:800])
        check(secret not in output + error, "shown")
        found = holds(secret.encode(), room.folder)
        check(not found, "kept in", found)
        check(record.is_file(), "no recording", error)


def unprivileged():
    """A command that starts another as a user who is not root: to root, nothing is read-only."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise Skip("root, and no setpriv to become somebody else")
    lead = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    probe = subprocess.run([*lead, _support.USHER, "--version"], capture_output=True, check=False)
    if probe.returncode != 0:
        raise Skip("root, and usher cannot be read by anybody else")
    return lead


def pipe_unprivileged(room, replies, *options, **environment):
    return subprocess.run(
        [*unprivileged(), _support.USHER, *room.arguments(*options)], input="".join(r + "\n" for r in replies).encode(),
        capture_output=True, timeout=120, env=room.environment(**environment), cwd="/", check=False,
    )


def open_to_all(room):
    for folder in (room.folder, room.workspace, room.state):
        folder.chmod(0o777)


def case_a_read_only_workspace(room):
    open_to_all(room)
    room.workspace.chmod(0o555)
    process = pipe_unprivileged(room, [*OFFLINE[:-1], "stop"], "--offline")
    output, error = clean(process)
    check("not allowed to read or write there" in output or "read-only" in output, output[-1500:])
    check("The notebook is ready" not in output and not tree(room.workspace), output)


def case_a_missing_workspace(room):
    _, error = clean(room.pipe(OFFLINE, "--offline", "--workspace", str(room.folder / "none")), code=1)
    check("/none" in error and "FileFailure" not in error, error)


def case_a_workspace_that_is_a_file(room):
    file = room.folder / "file"
    file.write_text("x")
    output, error = clean(room.pipe(OFFLINE, "--offline", "--workspace", str(file)), code=1)
    check("/file" in error and "FileFailure" not in error, error)
    check(file.read_text() == "x")


def case_a_read_only_state_folder(room):
    open_to_all(room)
    room.state.chmod(0o555)
    output, error = clean(pipe_unprivileged(room, OFFLINE, "--offline"))
    check("Sessions cannot be saved" in error and "will be gone" in error, error)
    check("The notebook is ready" in output, output[-1500:])
    check("--resume" not in error, error)


def case_a_state_folder_that_is_a_file(room):
    file = room.folder / "file"
    file.write_text("x")
    output, error = clean(room.pipe([TASK], "--offline", XDG_STATE_HOME=str(file)))
    check("Sessions cannot be saved" in error and "is the evaluation dataset?" in output, error)


def case_the_state_is_private(room):
    clean(room.pipe([TASK], "--offline"))
    for path in tree(room.state):
        check(not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), "mode", path, oct(path.stat().st_mode))


def case_a_broken_session_file(room):
    folder = room.state / "usher"
    folder.mkdir()
    (folder / "sessions.sqlite").write_bytes(b"this is no database at all" * 100)
    output, error = clean(room.pipe([TASK], "--offline"))
    check("Sessions cannot be saved" in error, error)
    check((folder / "sessions.sqlite").read_bytes().startswith(b"this is no database"), "overwritten")


def case_a_recording_that_cannot_be_written(room):
    _, error = clean(room.pipe([TASK], "--offline", "--record", "/proc/none/x"), code=1)
    check("/proc/none/x" in error and "NSCocoa" not in error and "Domain=" not in error, error)


def prompts(room):
    copy = room.folder / "prompts"
    shutil.copytree(ROOT / "prompts", copy)
    return copy


def case_a_copy_of_the_prompts(room):
    output, _ = clean(room.pipe(OFFLINE, "--offline", "--prompts", str(prompts(room))))
    check("The notebook is ready" in output, output[-1500:])


def case_changed_prompts_are_used(room):
    copy = prompts(room)
    file = copy / "model-evaluation/prompts/dataset.yaml"
    file.write_text(file.read_text().replace("Where in Amazon S3 is the evaluation dataset?", "Whence the data?"))
    output, _ = clean(room.pipe([TASK], "--offline", "--prompts", str(copy)))
    check("Whence the data?" in output, output)


def case_broken_flow_files(room):
    for name, old, new in [
        ("syntax", "slots:\n", "slots: [\n"),
        ("reference", "collect: dataset\n", "collect: datset\n"),
        ("key", "collect: task\n", "colect: task\n"),
    ]:
        copy = prompts(room)
        file = copy / "model-evaluation/flow.yaml"
        text = file.read_text()
        check(old in text, "the flow changed; mend the test", old)
        file.write_text(text.replace(old, new, 1))
        for command in (["chat", "--offline", "--workspace", str(room.workspace)], ["check"]):
            process = subprocess.run(
                [_support.USHER, *command, "--prompts", str(copy)], input=b"", capture_output=True, timeout=60,
                env=room.environment(), cwd=room.folder, check=False,
            )
            output, error = said(process)
            check(process.returncode == 1, name, command[0], "exit", process.returncode)
            check(re.search(r"flow\.yaml:\d+:\d+: error: ", error + output), name, command[0], error)
        shutil.rmtree(copy)


def case_no_prompts_there(room):
    _, error = clean(room.pipe(b"", "--prompts", str(room.folder / "none")), code=1)
    check("there is no such folder" in error, error)


def case_an_unknown_flow(room):
    _, error = clean(room.pipe(b"", "--flow", "model-evalution"), code=1)
    check("model-evaluation" in error, error)


def case_an_unknown_entry(room):
    _, error = clean(room.pipe(b"", "--entry", "diagnose-rol"), code=1)
    check("diagnose-role" in error, error)


def case_from_the_root_folder(room):
    output, _ = clean(room.pipe(OFFLINE, "--offline", cwd="/"))
    check("The notebook is ready" in output, output[-1500:])
    room.notebook()


def case_a_moved_program(room):
    """The program needs nothing beside it."""
    copy = room.folder / "usher"
    shutil.copy2(_support.USHER, copy)
    output, _ = clean(room.pipe([TASK], "--offline", usher=str(copy), cwd="/"))
    check("is the evaluation dataset?" in output, output)


def case_the_default_workspace_is_here(room):
    process = subprocess.run(
        [_support.USHER, "chat", "--offline"], input="".join(r + "\n" for r in OFFLINE).encode(), capture_output=True,
        timeout=60, env=room.environment(), cwd=room.workspace, check=False,
    )
    clean(process)
    room.notebook()


def case_without_a_home(room):
    output, _ = clean(room.pipe([TASK], "--offline", HOME=None))
    check("is the evaluation dataset?" in output, output)


def explain(room, *arguments, code=0):
    process = subprocess.run(
        [_support.USHER, "explain", *arguments], capture_output=True, timeout=60, env=room.environment(),
        cwd=room.folder, check=False,
    )
    return clean(process, code)


def case_an_explanation(room):
    output, error = explain(room, "--at", "agreement", "yes, maybe")
    lines = output.splitlines()
    check(error == "" and lines[:2] == ['"yes, maybe" at agreement, a gate', "It is in doubt: there is a hedge."], output)
    check('  "maybe"  hedge-maybe  sign hedge   counted' in lines, output)
    check('  "yes"    affirm-yes   sign affirm  lost: doubt beats consent' in lines, output)
    check('  would be a plain yes if "maybe" was not there: "yes"' in lines, output)


def case_an_explanation_as_json(room):
    reply = "the judge is \u001b[31m nova\u009b \u202e"
    output, _ = explain(room, "--at", "judge", "--slot", 'judges=["Nova Pro", "Nova Lite"]', "--json", reply)
    check("\x1b" not in output and "\x9b" not in output and "\u202e" not in output, output)
    found = json.loads(output)
    check(found["version"] == 1 and found["step"] == "judge" and found["text"] == reply, found)
    check(found["question"]["options"] == ["Nova Pro", "Nova Lite"], found)
    check(found["decision"] == {"is": "suggestions", "options": ["Nova Pro", "Nova Lite"]}, found)
    text = reply.encode()
    for finding in found["findings"]:
        check(text[finding["start"]:finding["end"]].decode() == finding["text"], finding)


def case_an_explanation_shows_escape_sequences(room):
    output, _ = explain(room, "\x1b]0;owned\x07 \u202eyes")
    check("\x07" not in output and "\u202e" not in output and "␛]0;owned␇" in output, output)


def case_an_explanation_keeps_no_secret(room):
    for options in ([], ["--json"]):
        output, error = explain(room, *options, f"it is {SECRETS[0]}")
        check("refused" in output and SECRETS[0] not in output + error, output, error)


def case_an_explanation_of_what_is_not_there(room):
    _, error = explain(room, "yes", "--at", "agrement", "--slot", "regoin=x", "--slot", "region=nowhere", code=1)
    for words in ("did you mean 'agreement'?", "did you mean 'region'?", "the slot 'region' holds an AWS Region"):
        check(words in error, words, error)
    _, error = explain(room, "yes", "--at", "judge", code=1)
    check("come from the slot 'judges'" in error, error)
    _, error = explain(room, "yes", "--slot", "region", code=1)
    check("NAME=VALUE" in error, error)


def case_help_and_version(room):
    def run(*arguments):
        process = subprocess.run(
            [_support.USHER, *arguments], capture_output=True, timeout=60, env=room.environment(), cwd=room.folder,
            stdin=subprocess.DEVNULL, check=False,
        )
        return (process, *said(process))

    process, output, error = run("--version")
    check(process.returncode == 0 and re.fullmatch(r"usher \d+\.\d+\.\d+( \([0-9a-f]{7,}\))?\n", output) and error == "", output, error)
    process, output, _ = run("--help")
    check(process.returncode == 0 and all(word in output for word in ("chat", "check", "test")), output)
    for command in ("chat", "check", "test"):
        process, output, _ = run(command, "--help")
        check(process.returncode == 0 and "--prompts" in output, output)
    process, output, error = run("chat", "--nonsense")
    check(process.returncode == 64 and "--nonsense" in error and output == "", process.returncode, error)
    process, output, error = run("check")
    check(process.returncode == 0 and "model-evaluation:" in output, output, error)
    check(not tree(room.state, room.workspace), "written", tree(room.state, room.workspace))


def case_a_program_without_its_server_says_how_to_build_it(room):
    if "not in this build" not in run(room, "--help").stdout:
        raise Skip("this program has its server")
    for words in (["serve", "--port", "0"], ["serve", "--help"], ["token", "add", "--tokens", "t.json", "bot"]):
        result = run(room, *words)
        check(result.returncode == 1 and "make server" in result.stderr, result)
        check("Error: This usher was built without its server" in result.stderr, result)


def run(room, *words):
    return subprocess.run(
        [_support.USHER, *words], env=room.environment(), cwd=room.folder, capture_output=True, text=True, timeout=30,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main(globals()))
