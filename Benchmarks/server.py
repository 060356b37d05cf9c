"""What a turn over HTTP costs beside a request that does nothing, by wrk (Debian's package of that name).

Usage: server.py PATH-OF-usher PATH-OF-empty-route [SECONDS]

Starts `usher serve` with sessions in memory and then in SQLite, and asks it for replies with 1, 64 and 256 connections, each in
a session of its own. It asks a Hummingbird server with one empty route for the same, by the same requests.

Short replies that come again and again are understood once, so memory is measured twice: with those, and with replies that nobody
has sent before.
"""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LUA = """
local sessions = {}
for line in io.lines("SESSIONS") do sessions[#sessions + 1] = line end
local words = WORDS
local count = 0
request = function()
  count = count + 1
  local path = "/v1/sessions/" .. sessions[count % #sessions + 1] .. "/replies"
  local body = '{"text": "' .. words[count % #words + 1]:gsub("#", count) .. '"}'
  return wrk.format("POST", path, {["Content-Type"] = "application/json"}, body)
end
"""


KNOWN = '{"help", "status", "why", "what is a judge"}'
NEW = '{"what is a judge, for number #", "no idea what # is", "is # a region", "model #"}'


def script_of(sessions, words=KNOWN):
    """A script for wrk that sends replies to the sessions that a file names."""
    return LUA.replace("SESSIONS", str(sessions)).replace("WORDS", words)


class Server:
    """A server in a process of its own; it says on standard error where it listens. It ends with the block that it is made for."""

    def __init__(self, *command, state=None):
        limits = {f"USHER_LIMITS_{name}": "1000000" for name in ("BURST", "USER_PER_MINUTE", "SESSION_PER_MINUTE")}
        environment = {**os.environ, **limits, "XDG_STATE_HOME": str(state), "USHER_LOG_LEVEL": "warning"}
        begin = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        self.start = time.monotonic() - begin
        self.port = int(line.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def begin(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", "/v1/sessions", "{}", {"Content-Type": "application/json"})
        return json.loads(connection.getresponse().read())["session"]

    def memory(self):
        """What it has in memory, in MiB."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


def serve(usher, folder, store):
    return Server(usher, "serve", "--port", "0", "--offline", "--store", store, state=folder)


def load(server, connections, seconds, script):
    """Requests a second, with the median and the 99th percentile in milliseconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script]
    output = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}/"], capture_output=True, text=True, check=True,
    ).stdout
    if re.search(r"Non-2xx|Socket errors", output):
        raise AssertionError(output)

    def latency(percent):
        number, unit = re.search(percent + r"%\s+([\d.]+)(us|ms|s)", output).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), latency("50"), latency("99")


def main():
    usher, empty = sys.argv[1], sys.argv[2]
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    if not shutil.which("wrk"):
        print("server: skipped: there is no wrk")
        return
    print("| store | connections | empty route, 1/s | turns, 1/s | ratio | p99 of a turn, ms |\n| --- | --- | --- | --- | --- | --- |")
    starts = []
    with tempfile.TemporaryDirectory() as folder, Server(empty) as reference:
        for name, store, words in (
            ("memory", "memory", KNOWN),
            ("memory, new replies", "memory", NEW),
            ("SQLite", f"sqlite:{folder}/bench.sqlite", KNOWN),
        ):
            with serve(usher, folder, store) as server:
                starts.append(server.start)
                file, script = Path(folder, "sessions"), Path(folder, "turns.lua")
                script.write_text(script_of(file, words), encoding="utf-8")
                for connections in (1, 64, 256):
                    # Twice as many sessions as connections, so that no two turns of one session meet.
                    file.write_text("".join(server.begin() + "\n" for _ in range(2 * connections)), encoding="utf-8")
                    nothing, _, _ = load(reference, connections, seconds, str(script))
                    turns, _, slowest = load(server, connections, seconds, str(script))
                    print(f"| {name} | {connections} | {nothing:.0f} | {turns:.0f} | {turns / nothing:.2f} | {slowest:.1f} |")
        with serve(usher, folder, "memory") as server:
            before = server.memory()
            for _ in range(2000):
                server.begin()
            print(f"\nAn idle session in memory: {(server.memory() - before) * 1024 / 2000:.1f} KiB.", end=" ")
    print(f"From the start to listening: {min(starts) * 1000:.0f} to {max(starts) * 1000:.0f} ms.")


if __name__ == "__main__":
    main()
