#!/usr/bin/env python3
"""Measures how `usher chat` starts: time to its first words, time in all, and peak memory.

    start_up.py <usher> [runs]

Each run has an empty, closed input, a state folder of its own, and no AWS. A run with that folder made before is
measured as well, since making the database of sessions is done once.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def run(program, home):
    """One start: seconds to the first byte of the chat, seconds in all, KiB at the peak, and what was said."""
    env = {"PATH": "/usr/bin:/bin", "HOME": home, "XDG_STATE_HOME": home, "AWS_EC2_METADATA_DISABLED": "true"}
    began = time.perf_counter()
    child = subprocess.Popen(
        [program, "chat"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, cwd=home,
    )
    said = os.read(child.stdout.fileno(), 65536)
    first = time.perf_counter() - began
    while part := os.read(child.stdout.fileno(), 65536):
        said += part
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    peak = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return first, time.perf_counter() - began, peak, said, usage.ru_utime + usage.ru_stime


def report(name, runs):
    first, whole, peaks, _, processor = zip(*runs)
    print(
        f"{name:24} {statistics.median(first) * 1e3:10.1f} {min(first) * 1e3:10.1f} "
        f"{statistics.median(whole) * 1e3:10.1f} {min(whole) * 1e3:10.1f} "
        f"{statistics.median(processor) * 1e3:10.1f} {max(peaks) / 1024:10.1f}"
    )


def main():
    program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    fresh, again = [], []
    for _ in range(count):
        home = tempfile.mkdtemp(prefix="usher-bench-")
        try:
            fresh.append(run(program, home))
            again.append(run(program, home))
        finally:
            shutil.rmtree(home)
    if not fresh[0][3]:
        sys.exit("start_up: usher said nothing")
    print(f"{'start of usher chat':24} {'first, ms':>10} {'least':>10} {'whole, ms':>10} {'least':>10} "
          f"{'CPU, ms':>10} {'peak, MiB':>10}")
    report("no state folder yet", fresh)
    report("with a state folder", again)
    if "-v" in sys.argv:
        print(fresh[0][3].decode())


if __name__ == "__main__":
    main()
