#!/usr/bin/env python3
"""Measures `usher test` on many transcripts of ten turns: wall and processor time, and peak memory.

    transcript_suite.py <usher> <folder of transcripts> [count ...]

The transcripts are those of the folder that have ten turns or more, cut off after the tenth, each again and again under
another name, beside the files that they name. A run of another size is given as a ratio to the first as well: time should
grow as the number of transcripts does, and memory should not.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

TURNS = 10
USER = re.compile(r"user(~|-hex|-repeat)?:")


def turns(path):
    """The replies of a transcript, with those that it includes."""
    count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("include: "):
            count += turns(path.parent / line.removeprefix("include: ").strip())
        elif USER.match(line):
            count += 1
    return count


def cut(path):
    """The text of a transcript up to the end of its tenth turn; `None` where it has fewer, or includes more."""
    count, kept = 0, []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("include: "):
            count += turns(path.parent / line.removeprefix("include: ").strip())
        elif USER.match(line):
            count += 1
            if count > TURNS:
                return "".join(kept)
        if count > TURNS:
            return None
        kept.append(line)
    return "".join(kept) if count == TURNS else None


def run(program, folder):
    """One run: seconds in all, seconds of the processors, KiB at the peak."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [program, "test", "--root", str(folder), "--filter", "/many-", str(folder)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env={"PATH": "/usr/bin:/bin", "CI": "1"}, cwd=folder,
    )
    said = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    if status != 0:
        sys.exit(f"transcript_suite: usher failed\n{said[-2000:]}")
    peak = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak


def main():
    program, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    counts = [int(count) for count in sys.argv[3:]] or [1_000, 10_000]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="usher-bench-"))
    try:
        suite = folder / source.name
        shutil.copytree(source, suite)
        texts = [(path, text) for path in sorted(suite.rglob("*.transcript")) if (text := cut(path)) is not None]
        if not texts:
            sys.exit(f"transcript_suite: no transcript of {TURNS} turns in {source}")
        print(f"{len(texts)} transcripts of {TURNS} turns, again and again")
        print(f"{'transcripts':>12} {'wall, s':>10} {'CPU, s':>10} {'peak, MiB':>10} {'CPU, ratio':>11} {'peak, ratio':>12}")
        made, first = 0, None
        for count in counts:
            for number in range(made, count):
                path, text = texts[number % len(texts)]
                (path.parent / f"many-{number:06}-{path.name}").write_text(f"# {number}\n{text}", encoding="utf-8")
            made = max(made, count)
            wall, processor, peak = min(run(program, suite) for _ in range(3))
            first = first or (processor, peak)
            print(f"{count:12} {wall:10.2f} {processor:10.2f} {peak / 1024:10.1f} "
                  f"{processor / first[0]:11.2f} {peak / first[1]:12.2f}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
