"""The packages in Examples/: what they print, and that the documentation shows them as they are.

Usage: examples.py PATH-OF-usher
"""

import subprocess
import sys
from pathlib import Path

import _support
from _support import ROOT, check, main, run

EXAMPLES = ROOT / "Examples"


def program(room, name, *arguments, replies, cwd):
    """What a program of an example prints; it was built beside usher."""
    process = subprocess.run(
        [Path(_support.USHER).parent / name, *arguments], input="".join(reply + "\n" for reply in replies),
        capture_output=True, text=True, timeout=60, cwd=cwd, env=room.environment(), check=False,
    )
    check(process.returncode == 0, name, process.returncode, process.stdout, process.stderr)
    return process.stdout


def case_ten_lines_hold_a_conversation(room):
    source = (EXAMPLES / "ten-lines/Sources/TenLines/main.swift").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if line.strip()]
    check(len(lines) == 10, "lines", len(lines))
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    check(f"```swift\n{source}```\n" in page, "README.md does not show Examples/ten-lines as it is")
    run(room, "init", "cafe")
    replies = ["chai", "help", "2", "no", "change the drink to coffee", "yes"]
    said = program(room, "TenLines", replies=replies, cwd=room.folder)
    # Word by word what usher itself says, which shows the replies too.
    told = room.pipe(replies, "--prompts", "prompts", "--flow", "cafe").stdout.decode()
    told = "".join(line for line in told.splitlines(keepends=True) if not line.startswith("> "))
    check(said == told and "2 x Coffee. Is that right?" in said, said, told)


def case_a_flow_with_actions_of_its_own(room):
    said = program(
        room, "deploy-chat", str(EXAMPLES / "deploy/prompts"), "0.01", replies=["shop", "2.1", "maybe", "yes"],
        cwd=room.folder,
    )
    lines = said.splitlines()
    told = "One machine after another; I write when it is done."
    check(lines.count(told) == 1, said)
    check(lines[lines.index(told):] == [
        told, "  (shop-1 …)", "  (shop-2 …)", "  (shop-3 …)", "Web shop runs 2.1 on 3 machines.",
    ], said)


if __name__ == "__main__":
    sys.exit(main(globals()))
