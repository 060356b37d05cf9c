"""docs/flows.md: its first part, gone through as a reader does.

Each `sh` block is run; the `text` block after it is what it prints, or for `usher chat` the whole conversation. A `diff` block
is a change of the file that was named last, and a block after a file's name and a colon is that file.

Usage: tutorial.py PATH-OF-usher
"""

import re
import shlex
import subprocess
import sys

import _support
from _support import ROOT, check, main

PAGE = ROOT / "docs/flows.md"


def blocks():
    """The blocks of the first part: (number of its line, language, text, the words before it)."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start, end = lines.index("## A quarter of an hour"), lines.index("## Files")
    words, block, language, begin = [], None, "", 0
    for number, line in enumerate(lines[start:end], start=start + 1):
        if block is not None:
            if line == "```":
                yield begin, language, "".join(part + "\n" for part in block), " ".join(words)
                block, words = None, []
            else:
                block.append(line)
        elif line.startswith("```"):
            block, language, begin = [], line[3:], number
        else:
            words.append(line)


def shown(text):
    """What a conversation shows through a pipe: options are not set in."""
    return re.sub(r"(?m)^  (\d+\. )", r"\1", text)


class Reader:
    """Somebody who follows the page."""

    def __init__(self, room):
        self.room = room
        self.folder = room.folder / "tutorial"
        self.folder.mkdir()
        self.file = None

    def run(self, command, replies=""):
        """A line of a shell: what it prints, errors too."""
        words = shlex.split(command)
        check(words[0] == "usher", "not a command of usher", command)
        process = subprocess.run(
            [_support.USHER, *words[1:]], input=replies.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=120, cwd=self.folder, env=self.room.environment(CI=None), check=False,
        )
        output = process.stdout.decode()
        failed = bool(re.search(r"FAILED|NOT COVERED|error:", output))
        check((process.returncode != 0) == failed, command, "exit", process.returncode, output)
        return output

    def change(self, place, text):
        """Makes a change in the file that was named last."""
        path = self.folder / self.file
        old = "".join(line[1:] + "\n" for line in text.splitlines() if line[:1] in (" ", "-"))
        new = "".join(line[1:] + "\n" for line in text.splitlines() if line[:1] in (" ", "+"))
        check(all(line[:1] in ("", " ", "-", "+") for line in text.splitlines()), place, "no difference", text)
        content = path.read_text(encoding="utf-8")
        check(content.count(old) == 1, place, f"{self.file} has this {content.count(old)} times", old, content)
        path.write_text(content.replace(old, new), encoding="utf-8")


def case_the_tutorial_goes_as_written(room):
    reader = Reader(room)
    waiting = None
    kinds = set()
    for number, language, text, words in blocks():
        place = f"docs/flows.md:{number}"
        named = re.findall(r"`((?:prompts|transcripts)/[^`]+)`", words)
        reader.file = named[-1] if named else reader.file
        if waiting:
            where, commands = waiting
            waiting = None
            if language == "text" and not words.strip():
                replies = "".join(line[2:] + "\n" for line in text.splitlines() if line.startswith("> "))
                output = "".join(reader.run(command, replies) for command in commands)
                check(output == shown(text), where, output)
                kinds.add("talked" if replies else "ran")
                continue
            for command in commands:
                reader.run(command)
        if language == "sh":
            waiting = place, text.splitlines()
        elif language == "diff":
            reader.change(place, text)
            kinds.add("changed")
        elif "This is" in words:
            check((reader.folder / reader.file).read_text(encoding="utf-8") == text, place, reader.file)
            kinds.add("read")
        elif "Make the file" in words:
            check(not (reader.folder / reader.file).exists(), place, reader.file)
            (reader.folder / reader.file).write_text(text, encoding="utf-8")
            kinds.add("made")
        else:
            check(False, place, "a block that is not followed")
    check(waiting is None, "the last command was not run", waiting)
    check(kinds == {"talked", "ran", "changed", "read", "made"}, kinds)


if __name__ == "__main__":
    sys.exit(main(globals()))
