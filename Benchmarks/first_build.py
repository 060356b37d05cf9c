"""Times the way from a clone to the first question, for this commit and for another: what `make chat` costs somebody new.

Usage: python first_build.py [COMMIT]        (886c0c7, the last one with BoringSSL, unless another is named)

Each is cloned into a folder of its own, with nothing built. What SwiftPM and the system have fetched before stays. It prints seconds on the clock, seconds of processor time, and their ratios.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def first_question(commit, folder):
    clone = Path(folder) / commit
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    subprocess.run(["git", "checkout", "-q", commit], cwd=clone, check=True)
    environment = {**os.environ, "XDG_STATE_HOME": str(clone / "state")}
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    answer = subprocess.run(
        ["make", "chat", "ARGS=--offline"], cwd=clone, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False,
    )
    elapsed = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if answer.returncode != 0 or "fine-tuned" not in answer.stdout:
        sys.exit(f"{commit}: no first question:\n{answer.stdout[-2000:]}\n{answer.stderr[-2000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{commit:12} {elapsed:7.0f} s on the clock {used:7.0f} s of processor time", flush=True)
    return elapsed, used


def main():
    old = sys.argv[1] if len(sys.argv) > 1 else "886c0c7"
    new = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        later = first_question(new.strip(), folder)
        earlier = first_question(old, folder)
    print(f"ratio        {later[0] / earlier[0]:7.2f}                {later[1] / earlier[1]:7.2f}")


if __name__ == "__main__":
    main()
