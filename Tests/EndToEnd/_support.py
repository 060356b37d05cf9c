"""What the end-to-end tests share: rooms, conversations in a terminal or through a pipe, notebooks, and the report.

Each script ends with `sys.exit(main(globals()))`: every function `case_…` of it is one case; it gets a Room of its own.
A case that cannot be tried here raises Skip with the reason. `python FILE usher WORD` runs the cases with WORD in their
names; USHER_TEST_VERBOSE shows what each conversation showed when a case fails.
"""

import io
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
import unicodedata
from pathlib import Path

import pexpect

ROOT = Path(__file__).resolve().parents[2]
USHER = ""
# Generous: a stand-in and the aws command share few cores with the tests.
TIMEOUT = 30
CTRL_A, CTRL_D, CTRL_E, UP, TAB = "\x01", "\x04", "\x05", "\x1b[A", "\t"
REGION = "us-west-2"
PACKAGES = f"arn:aws:sagemaker:{REGION}:123456789012"
TASK = "It answers customers' questions about their orders."


class Skip(Exception):
    """Why a case cannot be tried here."""


def check(condition, *facts):
    """A check that tells what was there instead."""
    if not condition:
        raise AssertionError("; ".join(str(fact) for fact in facts))


def plain(text):
    """What a terminal was sent, without escape sequences and spinner lines."""
    text = re.sub(r"\r\x1b\[K(?:[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏][^\r\n]*)?", "", text)
    text = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][0-9A-Za-z]|\x1b[=>]", "", text)
    return text.replace("\r\n", "\n")


def columns(line):
    return sum(
        0 if unicodedata.combining(c) or c == "\ufe0f" else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line
    )


def phrase(text):
    """A pattern that finds words however the terminal wraps them."""
    return r"\s+".join(re.escape(word) for word in text.split())


class Room:
    """A workspace and a state folder of one case, and the conversations in them."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.workspace = self.folder / "workspace"
        self.state = self.folder / "state"
        self.workspace.mkdir()
        self.state.mkdir()
        self.chats = []

    def environment(self, **changes):
        names = [
            "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED", "ASAN_OPTIONS", "NO_PROXY",
            "PATH", "TMPDIR",
        ]
        environment = {name: os.environ[name] for name in names if name in os.environ}
        environment.update(
            AWS_EC2_METADATA_DISABLED="true", HOME=str(self.folder), LANG="C.UTF-8", TERM="xterm",
            XDG_STATE_HOME=str(self.state),
        )
        environment.update(changes)
        return {name: value for name, value in environment.items() if value is not None}

    def arguments(self, *options):
        return ["chat", "--workspace", str(self.workspace), *options]

    def chat(self, *options, width=100, lead=(), **environment):
        """A conversation in a terminal; `lead` is a command that usher is started by."""
        command = [*lead, USHER, *self.arguments(*options)]
        chat = Chat(command, self.environment(**environment), self.folder, width)
        self.chats.append(chat)
        return chat

    def pipe(self, replies, *options, cwd=None, timeout=120, usher=None, **environment):
        """A conversation through a pipe: the process when it has ended, with bytes."""
        if isinstance(replies, (list, tuple)):
            replies = "".join(reply + "\n" for reply in replies)
        if isinstance(replies, str):
            replies = replies.encode()
        return subprocess.run(
            [usher or USHER, *self.arguments(*options)], input=replies, capture_output=True, timeout=timeout,
            env=self.environment(**environment), cwd=cwd or self.folder, check=False,
        )

    def notebook(self):
        """The only notebook of the workspace."""
        found = sorted(self.workspace.rglob("*.ipynb"))
        check(len(found) == 1, "notebooks", found)
        return found[0]

    def close(self):
        for chat in self.chats:
            chat.child.close(force=True)


class Chat:
    """usher in a pseudo-terminal."""

    def __init__(self, command, environment, folder, width):
        self.shown = io.StringIO()
        self.replies = 0
        self.child = pexpect.spawn(
            str(command[0]), [str(part) for part in command[1:]], env=environment, cwd=str(folder), encoding="utf-8",
            codec_errors="replace", timeout=TIMEOUT, dimensions=(40, width),
        )
        self.child.delaybeforesend = None
        self.child.logfile_read = self.shown

    def expect(self, text):
        """Waits until these words are shown."""
        self.child.expect(phrase(text))
        return self

    def either(self, *texts):
        """Waits until one of these is shown; its index."""
        return self.child.expect([phrase(text) for text in texts])

    def ready(self):
        """Waits for the prompt below the question, so that what is typed is edited in the line."""
        self.child.expect(r">(?:\x1b\[[0-9;]*m)* ")
        return self

    def say(self, text):
        """Replies, when the prompt is there."""
        self.ready()
        self.replies += 1
        self.child.send(text + "\r")
        return self

    def keys(self, text):
        self.child.send(text)
        return self

    def interrupt(self):
        self.child.sendintr()
        return self

    def talk(self, *turns):
        """Turns: (the words to wait for, the reply)."""
        for awaited, reply in turns:
            self.expect(awaited).say(reply)
        return self

    def end(self, code=0):
        self.child.expect(pexpect.EOF)
        self.child.close()
        check(self.child.exitstatus == code, "exit", self.child.exitstatus, "signal", self.child.signalstatus)
        return self

    @property
    def text(self):
        return plain(self.shown.getvalue())


def resume_hint(chat):
    """The session that the chat says it can go on with, after it ended well."""
    chat.child.expect(r"Go on with:\s+usher\s+(?:chat|demo)\s+--resume\s+--session\s+(\S+)")
    name = plain(chat.child.match.group(1))
    chat.end()
    return name


# The parts of a conversation: (the words of the question, the reply).
def to_shape(dataset="s3://usher-datasets/evaluation/good.jsonl", task=TASK):
    return [
        ("fine-tuned to do?", task),
        ("is the evaluation dataset?", dataset),
        ("What does each record look like", "query and response"),
    ]


TO_METRICS = [("custom metrics of your own", "no"), ("Shall I take these?", "yes")]


def to_results(judge="Mistral Large", output="s3://usher-results/evaluations/"):
    return [
        ("Is this the model", "yes"),
        ("Which of these models should be the judge?", judge),
        (f"The evaluation would run in {REGION}", "yes"),
        ("Where in Amazon S3 should the results go?", output),
    ]


TO_NOTEBOOK = [
    ("Is everything right?", "yes"),
    ("acknowledge this and agree to go on?", "I agree"),
    ("project folder be called?", "yes"),
    ("Shall I create", "yes"),
]


def whole(model="support-bot", **values):
    """The turns of a whole conversation in which everything goes well."""
    results = {name: values.pop(name) for name in ("judge", "output") if name in values}
    return [*to_shape(**values), *TO_METRICS, ("Which model is to be evaluated?", model), *to_results(**results),
            *TO_NOTEBOOK]


OFFLINE = [
    TASK, "s3://usher-datasets/evaluation/good.jsonl", "query and response", "no", "yes",
    f"{PACKAGES}:model-package/support-bot/2", "yes", "Mistral Large", "yes", "s3://usher-results/evaluations/", "yes",
    "I agree", "yes", "yes",
]


def run(room, *arguments, code=0, cwd=None, **environment):
    """A command of usher in the room's folder or another: its output and error, after its exit code was checked.

    Without a code, any that means a failure will do.
    """
    process = subprocess.run(
        [USHER, *arguments], capture_output=True, timeout=120, env=room.environment(**environment),
        cwd=cwd or room.folder, check=False,
    )
    output, error = process.stdout.decode(), process.stderr.decode()
    expected = process.returncode > 0 if code is None else process.returncode == code
    check(expected, arguments, "exit", process.returncode, output[-1500:], error[-1500:])
    check("Fatal error" not in error, arguments, error)
    return output, error


def read_format(form, path):
    """What Tests/RealParts/read_formats.py finds in a file, with the Python of scripts/real-parts."""
    python = os.environ.get("USHER_TEST_READERS")
    if not python:
        raise Skip("USHER_TEST_READERS is not set; scripts/with-real-parts sets it")
    result = subprocess.run(
        [python, str(ROOT / "Tests/RealParts/read_formats.py"), form, str(path)],
        capture_output=True, text=True, timeout=120, check=False,
    )
    check(result.returncode == 0, result.stdout, result.stderr)
    return json.loads(result.stdout)


def check_notebook(command, path, *arguments):
    """Tests/RealParts/check_notebook.py with the Python for notebooks."""
    python = os.environ.get("USHER_TEST_PYTHON")
    if not python:
        raise Skip("USHER_TEST_PYTHON is not set; scripts/with-real-parts sets it")
    result = subprocess.run(
        [python, str(ROOT / "Tests/RealParts/check_notebook.py"), command, str(path), *arguments],
        capture_output=True, text=True, timeout=120, check=False,
    )
    check(result.returncode == 0, result.stdout, result.stderr)
    return result.stdout


def constants(path):
    """Checks a notebook as Jupyter and Python do; what its cells set when they run."""
    check_notebook("validate", path)
    ran = json.loads(check_notebook("run", path, "Executing", "Succeeded", "Last"))
    check(ran["error"] is None and ran["shown"], "running the cells", ran)
    return ran["constants"]


def overview(path):
    """The first cell, as a reader of Markdown sees it."""
    import html

    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return html.unescape("".join(cells[0]["source"]))


def need_stand_in():
    """The environment of scripts/with-real-parts."""
    if not os.environ.get("USHER_TEST_AWS_ENDPOINT"):
        raise Skip("no stand-in for AWS; scripts/with-real-parts starts it")
    if shutil.which("aws") is None:
        raise Skip("no aws command")


def tree(*folders):
    """Every file below the folders."""
    return [path for folder in folders for path in sorted(Path(folder).rglob("*")) if path.is_file()]


def holds(needle, *folders):
    """The files below the folders that hold these bytes."""
    return [path for path in tree(*folders) if needle in path.read_bytes()]


def wait_until(condition, what, seconds=TIMEOUT):
    """For what no terminal shows."""
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, "waited in vain for", what)
        time.sleep(0.02)


def restore(folder):
    """Makes everything deletable again."""
    for path, folders, _ in os.walk(folder):
        for name in ["", *folders]:
            inner = os.path.join(path, name)
            if not os.path.islink(inner):
                os.chmod(inner, os.stat(inner).st_mode | stat.S_IRWXU)


def main(names):
    """Runs the cases of a script; the exit code."""
    global USHER
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PATH-OF-usher [WORD]")
    USHER = os.path.abspath(sys.argv[1])
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    # A shell starts what runs in the background with these signals ignored, and programs would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    cases = [(name[5:], case) for name, case in names.items() if name.startswith("case_") and word in name]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for name, case in cases:
        folder = tempfile.mkdtemp(prefix="usher-e2e-")
        room = Room(os.path.realpath(folder))
        begin = time.monotonic()
        try:
            case(room)
            outcome, why = "passed", ""
        except Skip as reason:
            outcome, why = "skipped", f": {reason}"
        except Exception as error:  # noqa: BLE001 - each case stands for itself
            outcome, why = "failed", ""
            explain(room, error)
        finally:
            room.close()
            restore(folder)
            shutil.rmtree(folder)
        counts[outcome] += 1
        print(f"{outcome:8}{name.replace('_', ' ')} ({time.monotonic() - begin:.1f} s){why}", flush=True)
    tail = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{tail}")
    return 1 if counts["failed"] else 0


def explain(room, error):
    frame = traceback.extract_tb(error.__traceback__)
    place = next((f for f in reversed(frame) if not f.name.startswith("_") and "_support" not in f.filename
                  and "pexpect" not in f.filename), frame[-1])
    awaited = ""
    if isinstance(error, (pexpect.TIMEOUT, pexpect.EOF)):
        found = re.search(r"searcher_re:\s*\d+: (.*)", str(error), re.S)
        awaited = " while waiting for " + (found.group(1).strip() if found else "?")
    message = type(error).__name__ if awaited else str(error)
    print(f"  {Path(place.filename).name}:{place.lineno}: {message[:2000]}{awaited}")
    for chat in room.chats[-2:]:
        shown = chat.text
        print("  shown at last:")
        for line in (shown if os.environ.get("USHER_TEST_VERBOSE") else shown[-1500:]).splitlines():
            print("  | " + line)
