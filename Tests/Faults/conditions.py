"""What clients and disks can do to one server: each case says what was seen, and fails where a promise was broken.

Usage: conditions.py PATH-OF-usher [WORD]

A full disk is a small file system in memory, which only root can mount; else that case is skipped.
"""

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

USHER = ""
# What is ended after each case, however that ended.
STARTED = []


class Skip(Exception):
    """Why a case cannot be tried here."""


def check(condition, *facts):
    if not condition:
        raise AssertionError("; ".join(str(fact)[:500] for fact in facts))


class Server:
    """One server with its store in a folder."""

    def __init__(self, folder, store=None, **settings):
        self.folder = Path(folder)
        limits = {f"USHER_LIMITS_{name}": "1000000" for name in ("BURST", "USER_PER_MINUTE", "SESSION_PER_MINUTE")}
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "XDG_STATE_HOME": str(folder), "SWIFT_BACKTRACE": "enable=no",
            "USHER_LOG_LEVEL": "error", **limits, **settings,
        }
        self.command = [USHER, "serve", "--offline", "--port", "0", *(["--store", store] if store else [])]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environment, stderr=subprocess.PIPE, text=True)
        STARTED.append(self.process)
        line = self.process.stderr.readline()
        check("listens at" in line, line)
        self.port = int(line.rsplit(":", 1)[1])
        # Nobody reads what it logs; a full pipe must not stop it.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def ask(self, method, path, body=None, key=None, timeout=40):
        """The status and the answer of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        data = answer.read().decode()
        connection.close()
        return answer.status, json.loads(data) if data[:1] in "{[" else data

    def begin(self):
        status, answer = self.ask("POST", "/v1/sessions", {})
        check(status == 201, status, answer)
        return answer["session"]

    def memory(self):
        """Resident bytes."""
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1]) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def kill(self):
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def small_disk(folder, megabytes):
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", folder]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        raise Skip("only root can mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def case_a_full_disk(folder):
    """Turns are refused and can be sent again; those that were acknowledged before stay; no process ends."""
    with small_disk(folder / "disk", 6) as disk:
        server = Server(disk)
        session = server.begin()
        path = f"/v1/sessions/{session}/replies"
        check(server.ask("POST", path, {"text": "help"}, "0")[0] == 200)
        before = server.ask("GET", f"/v1/sessions/{session}")[1]["events"]
        (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - (400 << 10)))
        taken, refused, number = 0, 0, 0
        while refused < 20 and number < 3000:
            number += 1
            status, answer = server.ask("POST", path, {"text": "x" * 3000}, str(number))
            check(status in (200, 503), status, answer)
            taken, refused = taken + (status == 200), refused + (status == 503)
        check(refused == 20, "the disk did not fill up", taken)
        check(server.ask("GET", "/healthz")[0] == 200)
        events = server.ask("GET", f"/v1/sessions/{session}")[1]["events"]
        check(events == before + taken, "what was refused is there, or more is gone", events, before, taken)
        (disk / "ballast").unlink()
        check(server.ask("POST", path, {"text": "help"}, str(number))[0] == 200, "it does not go on")
        server.kill()
        server.start()
        check(server.ask("GET", f"/v1/sessions/{session}")[1]["events"] == events + 1)
        server.kill()
        return f"{taken} turns taken, then 503; with room again it went on, and after a kill all were there"


def case_a_full_disk_for_files(folder):
    """An action that cannot write says so, and goes on when there is room."""
    replies = [
        "It answers questions.", "s3://bucket/data.jsonl", "query and response", "no", "yes",
        "arn:aws:sagemaker:us-west-2:123456789012:model-package/support-bot/2", "yes", "Mistral Large", "yes",
        "s3://results/e/", "yes", "I agree", "yes",
    ]
    with small_disk(folder / "disk", 2) as disk:
        server = Server(folder, USHER_WORKSPACES=str(disk / "workspaces"))
        session = server.begin()
        path = f"/v1/sessions/{session}/replies"
        for reply in replies:
            status, answer = server.ask("POST", path, {"text": reply})
            check(status == 200, status, answer)
        (disk / "ballast").write_bytes(b"x" * shutil.disk_usage(disk).free)
        _, answer = server.ask("POST", path, {"text": "yes"})
        said = " ".join(message["text"] for message in answer["messages"])
        check("disk is full" in said, said)
        check(not list((disk / "workspaces").rglob("*.ipynb")), "half a notebook")
        (disk / "ballast").unlink()
        _, answer = server.ask("POST", path, {"text": "try again"})
        check(answer["rest"].get("outcome") == "notebook_ready", answer)
        server.kill()
        return "the user is told so, nothing half is left, and 'try again' writes the notebook"


def case_a_store_that_can_only_be_read(folder):
    """It says so at the start; while it runs, turns are refused and taken again later."""
    state = folder / "sessions.sqlite"
    server = Server(folder, f"sqlite:{state}")
    session = server.begin()
    server.kill()
    if shutil.which("chattr") is None or subprocess.run(["chattr", "+i", state], capture_output=True, check=False).returncode:
        if os.getuid() == 0:
            raise Skip("root writes whatever permissions say, and chattr does not work here")
        state.chmod(0o400)
        folder.chmod(0o500)
    try:
        process = subprocess.run(server.command, env=server.environment, capture_output=True, text=True, timeout=20, check=False)
        check(process.returncode == 1 and "permission" in process.stderr, process.returncode, process.stderr)
    finally:
        subprocess.run(["chattr", "-i", state], capture_output=True, check=False)
        folder.chmod(0o700)
        state.chmod(0o600)
    server.start()
    check(server.ask("POST", f"/v1/sessions/{session}/replies", {"text": "help"})[0] == 200)
    server.kill()
    return "the start fails with what to do; with permissions back all is there"


def case_slow_clients(folder):
    """200 clients that send a byte a second, and streams that nobody reads, while others go on."""
    server = Server(folder, "memory", USHER_LIMITS_BODY_SECONDS="3", USHER_LIMITS_IDLE_SECONDS="5",
                    USHER_LIMITS_STREAMS_PER_USER="100")
    session = server.begin()
    head = b"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 64\r\n\r\n"
    slow = []
    for number in range(200):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        connection.sendall(head if number % 2 else head[: 20 + number % 40])
        slow.append(connection)
    streams = []
    for _ in range(50):
        # A small buffer is soon full.
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(f"GET /v1/sessions/{session}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        streams.append(connection)
    before, times = server.memory(), []
    for number in range(400):
        begin = time.monotonic()
        status, _ = server.ask("POST", f"/v1/sessions/{session}/replies", {"text": "what is a judge" if number % 2 else "help"})
        times.append(time.monotonic() - begin)
        check(status == 200, status)
        if number % 40 == 0:
            for connection in slow:
                with contextlib.suppress(OSError):
                    connection.send(b" ")
    grown = server.memory() - before
    check(grown < 64 << 20, "memory grew by", grown)
    time.sleep(6)
    closed = 0
    for connection in slow:
        connection.settimeout(2)
        with contextlib.suppress(OSError):
            while connection.recv(4096):
                pass
            closed += 1
        connection.close()
    check(closed == 200, "slow connections closed", closed)
    for connection in streams:
        connection.close()
    times.sort()
    server.kill()
    return (f"others' turns: p50 {times[200] * 1000:.1f} ms, p99 {times[395] * 1000:.1f} ms; memory grew by "
            f"{grown >> 10} KiB; all slow connections were closed")


def case_half_open_connections(folder):
    """Clients that are gone without a word, as when their machine lost its power: what they held is let go of."""
    # From <linux/tcp.h>: a socket that is closed in this mode tells nobody.
    repair = 19
    server = Server(folder, "memory", USHER_LIMITS_IDLE_SECONDS="3", USHER_LIMITS_STREAMS_PER_USER="1000")
    session = server.begin()
    before = server.descriptors()
    held = []
    for number in range(300):
        connection = socket.create_connection(("127.0.0.1", server.port))
        if number % 3 == 1:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        if number % 3 == 2:
            connection.sendall(f"GET /v1/sessions/{session}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        held.append(connection)
    time.sleep(0.5)
    try:
        for connection in held:
            connection.setsockopt(socket.IPPROTO_TCP, repair, 1)
            connection.close()
    except PermissionError as error:
        raise Skip("only root can let connections vanish") from error
    check(server.ask("POST", f"/v1/sessions/{session}/replies", {"text": "help"})[0] == 200)
    end = time.monotonic() + 30
    while server.descriptors() > before + 5 and time.monotonic() < end:
        time.sleep(0.2)
    left = server.descriptors() - before
    seconds = 30 - (end - time.monotonic())
    check(left <= 5, "connections that are still held", left)
    server.kill()
    return f"300 connections, a third of them streams: let go of within {max(0, seconds):.0f} s"


def case_more_connections_than_allowed(folder):
    """Those above the limit wait; when others leave, they are served."""
    server = Server(folder, "memory", USHER_LIMITS_CONNECTIONS="50", USHER_LIMITS_IDLE_SECONDS="2")
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(120)]
    begin = time.monotonic()
    check(server.ask("GET", "/healthz", timeout=30)[0] == 200)
    seconds = time.monotonic() - begin
    for connection in idle:
        connection.close()
    server.kill()
    return f"behind 120 idle connections with a limit of 50, an answer came after {seconds:.1f} s"


def main():
    global USHER
    USHER = os.path.abspath(sys.argv[1])
    word, failed = sys.argv[2] if len(sys.argv) > 2 else "", 0
    print("== what clients and disks can do")
    for name, case in list(globals().items()):
        if not name.startswith("case_") or word not in name:
            continue
        folder = Path(tempfile.mkdtemp(prefix="usher-conditions-"))
        try:
            outcome, fact = "kept", case(folder)
        except Skip as reason:
            outcome, fact = "skipped", str(reason)
        except Exception as error:  # noqa: BLE001 - each case stands for itself
            outcome, fact, failed = "BROKEN", f"{type(error).__name__}: {error}", 1
        print(f"{outcome:8}{name[5:].replace('_', ' ')}: {fact}", flush=True)
        for process in STARTED:
            process.kill()
            process.wait()
        STARTED.clear()
        shutil.rmtree(folder, ignore_errors=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
