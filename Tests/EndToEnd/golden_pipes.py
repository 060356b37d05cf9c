"""Every golden transcript through a pipe: its replies bring the bytes that it holds, word by word.

Usage: golden_pipes.py PATH-OF-usher
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import unicodedata

import _support
from _support import ROOT, check, main

FOLDER = ROOT / "Tests/Transcripts"
ENTRY = re.compile(r"(user-hex|user-repeat|user~|user|bot|do|expect|include): ?(.*)", re.S)
# What a backslash stands for in a marked text.
ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]+)\}|(.))")


class Turn:
    """The bytes that are sent, how they are shown, and what the bot says then."""

    def __init__(self, sent=None, echo=""):
        self.sent = sent
        self.echo = echo
        self.said = ""


def entries(path):
    """The entries of a transcript and of all that it includes: a word and a text each."""
    found = []
    for line in path.read_bytes().decode().replace("\r\n", "\n").split("\n"):
        if entry := ENTRY.fullmatch(line):
            word, text = entry[1], entry[2].lstrip(" ")
            if word == "include":
                found += entries(path.parent / text)
            else:
                found.append([word, text])
        elif line.startswith("  ") and found and found[-1][0] in ("user", "user~", "bot"):
            text = line[2:]
            found[-1][1] += "\n" + (text[1:] if text and not text.strip("\\") else text)
        else:
            check(not line or line.startswith("#") or not found or found[-1][0] == "do", "not understood", path, line)
    return found


def unmarked(text):
    """A marked text as it is meant."""
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else {"t": "\t", "r": "\r"}.get(m[2], m[2]), text)


def typed(text):
    """A reply as lines for a pipe; `None` where there is no way to type it."""
    lines = text.split("\n")
    # Chat answers this one itself, before the bot does.
    if text.strip().startswith("/why"):
        return None
    if len(lines) == 1:
        # A backslash at the end would have the reply go on.
        return None if (len(text) - len(text.rstrip("\\"))) % 2 else text.encode()
    if any(not line.strip() for line in lines):
        return None
    # A block of JSON goes on by itself.
    return ("\n" if text[0] in "[{" else "\\\n").join(lines).encode()


def echoed(text):
    """A reply as chat shows it where nobody sees it typed: what could hijack a terminal by its number."""
    shown = "".join(
        f"\\u{{{ord(c):X}}}" if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t\u200d" else c for c in text
    )
    return f"> {shown}\n"


def turns(path):
    """The turns of a transcript, the opening first; `None` where a reply cannot be piped."""
    found = [Turn()]
    for word, text in entries(path):
        if word == "bot":
            found[-1].said += text + "\n"
        elif word in ("user", "user~"):
            text = unmarked(text) if word == "user~" else text
            sent = typed(text)
            if sent is None:
                return None
            found.append(Turn(sent, echoed(text)))
        elif word == "user-hex":
            found.append(Turn(bytes.fromhex(text)))
        elif word == "user-repeat":
            count, part = text.split(" ", 1)
            found.append(Turn(part.encode() * int(count)))
    return found


def talk(room, number, path, found):
    """Pipes the replies into chat: how many turns went as the transcript holds, and what did not."""
    state = room.folder / f"state-{number}"
    process = subprocess.run(
        [_support.USHER, "chat", "--answers", str(path.relative_to(ROOT))],
        input=b"".join(turn.sent + b"\n" for turn in found[1:]), capture_output=True, timeout=_support.TIMEOUT,
        env=room.environment(XDG_STATE_HOME=str(state)), cwd=ROOT, check=False,
    )
    rest = process.stdout.decode()
    for count, turn in enumerate(found):
        # Of a reply that is refused nothing is shown.
        ways = [way for way in (turn.echo + turn.said, turn.said) if rest.startswith(way)]
        if not rest and count > 0:
            # It has ended or paused, and takes no more replies; a transcript can go on.
            return count, None
        if not ways:
            said = rest.splitlines()[:4]
            return count, f"{path.relative_to(FOLDER)}: {said} for {turn.echo + turn.said!r} {process.stderr.decode()}"
        rest = rest[len(ways[0]):]
    return len(found), f"{path.relative_to(FOLDER)}: more came: {rest!r}" if rest else None


def case_the_replies_of_each_bring_its_bytes(room):
    paths = [path for path in sorted(FOLDER.rglob("*.transcript")) if entries(path)]
    check(len(paths) >= 120, "transcripts", len(paths))
    ways = {path: turns(path) for path in paths}
    silent = [str(path.relative_to(FOLDER)) for path, found in ways.items() if found is None]
    check(len(silent) <= len(paths) // 50, "replies that cannot be piped", silent)
    jobs = [(room, number, path, found) for number, (path, found) in enumerate(ways.items()) if found is not None]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda job: talk(*job), jobs))
    wrong = [problem for _, problem in results if problem]
    check(not wrong, f"{len(wrong)} of {len(jobs)} differ", "\n" + "\n".join(wrong))
    heard, whole = sum(count for count, _ in results), sum(len(found) for _, _, _, found in jobs)
    # The rest come after the flow has ended or paused.
    check(heard >= whole * 0.97, "turns", heard, whole)


if __name__ == "__main__":
    sys.exit(main(globals()))
