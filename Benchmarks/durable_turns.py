"""What durable turns cost beside bare commits of the same store, 256 clients at once, 10,000 idle sessions, and the start.

Usage: durable_turns.py PATH-OF-usher [SECONDS]        (needs wrk; PostgreSQL with pgbench where there is one)

A bare commit is what a turn stores, by a program that does nothing else: pgbench with as many connections as the server has,
or SQLite's own library with one transaction a commit. Turns are 64 and 256 clients of `usher serve`, each in a session of its own.
"""

import http.client
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from server import Server, load, script_of

ROOT = Path(__file__).resolve().parents[1]
IDLE = 10_000
CONNECTIONS = 8
# As large as those of the turns above.
EVENT = json.dumps({"event": "reply", "text": "what is a judge"})
MESSAGE = json.dumps({"prompt": "topic_judge", "role": "statement", "text": "x" * 300, "options": []})
STATEMENT = f"""
WITH updated AS (
    UPDATE {{p}}session SET events = events + 1, messages = messages + 1, time = greatest(time, 1),
        touched = nextval('usher_touched')
    WHERE id = 'raw-' || :s RETURNING id, events, messages
), event AS (
    INSERT INTO {{p}}event (session, position, body, awaited) SELECT id, events - 1, '{EVENT}', 'task' FROM updated
)
INSERT INTO {{p}}message (session, number, position, body) SELECT id, messages, events - 1, '{MESSAGE}' FROM updated
"""


class StoreServer(Server):
    """`usher serve` with a store, and one connection that is kept."""

    def __init__(self, usher, folder, store):
        begin = time.monotonic()
        super().__init__(usher, "serve", "--port", "0", "--offline", "--store", store, state=folder)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        assert self.ask("GET", "/readyz")[0] == 200
        self.start = time.monotonic() - begin
        times = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        self.processor = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, kind, error, trace):
        self.connection.close()
        super().__exit__(kind, error, trace)

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def begin(self):
        return json.loads(self.ask("POST", "/v1/sessions", "{}")[1])["session"]


def turns(server, folder, clients, seconds):
    """Turns a second, with the median and the 99th percentile in milliseconds."""
    file, script = Path(folder, "sessions"), Path(folder, "turns.lua")
    script.write_text(script_of(file), encoding="utf-8")
    file.write_text("".join(server.begin() + "\n" for _ in range(2 * clients)), encoding="utf-8")
    return load(server, clients, seconds, str(script))


def raw_sqlite(path, seconds):
    """Commits a second of one program that does nothing else, each synced, in the tables of the store."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    names = [row[0] for row in connection.execute("SELECT id FROM session LIMIT 128")]
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        name = names[count % len(names)]
        connection.execute("BEGIN IMMEDIATE")
        position, number = connection.execute(
            "UPDATE session SET events = events + 1, messages = messages + 1, touched = touched + 1 WHERE id = ? "
            "RETURNING events, messages", (name,),
        ).fetchone()
        connection.execute(
            "INSERT INTO event (session, position, body, awaited) VALUES (?, ?, ?, 'task')", (name, position - 1, EVENT),
        )
        connection.execute(
            "INSERT INTO message (session, number, position, body) VALUES (?, ?, ?, ?)", (name, number, position - 1, MESSAGE),
        )
        connection.execute("COMMIT")
        count += 1
    connection.close()
    return count / seconds


def raw_postgresql(host, folder, seconds):
    """The same by pgbench, with as many connections as the server has."""
    psql = ["psql", "-qX", "-h", host, "-U", "usher", "-d", "postgres", "-c"]
    subprocess.run(
        [*psql, "INSERT INTO usher_session SELECT 'raw-' || n, f.flow, f.entry, f.digest, 'raw', NULL, NULL, 1, 1, n, 0, 0 "
                "FROM generate_series(1, 128) n, (SELECT flow, entry, digest FROM usher_session LIMIT 1) f ON CONFLICT DO NOTHING"],
        check=True,
    )
    script = Path(folder, "raw.sql")
    script.write_text("\\set s random(1, 128)\n" + STATEMENT.replace("{p}", "usher_") + ";\n", encoding="utf-8")
    script.chmod(0o644)
    pgbench = shutil.which("pgbench") or next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), None)
    output = subprocess.run(
        [pgbench, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(seconds), "-f", script, "-h", host,
         "-U", "usher", "postgres"],
        capture_output=True, text=True, check=True,
    ).stdout
    return float(re.search(r"tps = ([\d.]+)", output)[1])


def main():
    usher, seconds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if not shutil.which("wrk"):
        print("durable turns: skipped: there is no wrk")
        return
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.chmod(folder, 0o711)
        postgresql = subprocess.run(
            [ROOT / "scripts/postgresql", "start", f"{folder}/pg"], env={**os.environ, "USHER_PG_FSYNC": "on"},
            capture_output=True, text=True, check=True,
        ).stdout
        stores = {"memory": "memory", "SQLite": f"sqlite:{folder}/bench.sqlite"}
        if postgresql:
            stores["PostgreSQL"] = f"postgresql://usher@/postgres?host={folder}/pg"
        try:
            measure(usher, folder, stores, seconds)
        finally:
            subprocess.run([ROOT / "scripts/postgresql", "stop", f"{folder}/pg"], check=False)


def measure(usher, folder, stores, seconds):
    print("| store | bare commits, 1/s | turns, 64 clients | ratio (target 0.6) | p50 / p99 | turns, 256 clients | p50 / p99 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, store in stores.items():
        with StoreServer(usher, folder, store) as server:
            few = turns(server, folder, 64, seconds)
            raw = None
            if name == "SQLite":
                raw = raw_sqlite(store.removeprefix("sqlite:"), seconds)
            elif name == "PostgreSQL":
                raw = raw_postgresql(f"{folder}/pg", folder, seconds)
            many = turns(server, folder, 256, seconds)
        bare, ratio = (f"{raw:.0f}", f"{few[0] / raw:.2f}") if raw else ("", "")
        print(f"| {name} | {bare} | {few[0]:.0f} | {ratio} | {few[1]:.0f} / {few[2]:.0f} ms | {many[0]:.0f} | "
              f"{many[1]:.0f} / {many[2]:.0f} ms |", flush=True)
    print(f"\n| store | memory of the server | with {IDLE:,} idle sessions | each | start to ready | of that processor time |\n| --- | --- | --- | --- | --- | --- |")
    for name, store in stores.items():
        starts, worked = [], []
        for _ in range(7):
            with StoreServer(usher, folder, store) as server:
                starts.append(server.start * 1000)
                worked.append(server.processor * 1000)
        with StoreServer(usher, folder, store) as server:
            server.begin()
            before = server.memory()
            for _ in range(IDLE):
                server.begin()
            after = server.memory()
        print(f"| {name} | {before:.0f} MiB | {after:.0f} MiB | {(after - before) * 1024 / IDLE:.1f} KiB | "
              f"{statistics.median(starts):.0f} ms ({min(starts):.0f} to {max(starts):.0f}) | "
              f"{statistics.median(worked):.0f} ms |", flush=True)


if __name__ == "__main__":
    main()
