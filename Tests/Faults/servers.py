"""The processes of `usher serve`, the database below them, and what happens to both."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

from aws_world import ROOT, World
from doors import Door

LIMITS = {f"USHER_LIMITS_{name}": "1000000" for name in ("BURST", "USER_PER_MINUTE", "SESSION_PER_MINUTE")}
# An action of a dead process is taken over after this.
LEASE = 3


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Process:
    """One server that is started again whenever it ends, until it is closed."""

    def __init__(self, number, command, environment, folder):
        self.number, self.command, self.environment, self.folder = number, command, environment, folder
        self.port = free_port()
        self.process = None
        self.pause = 0
        self.starts, self.wanted = 0, True
        # Ends that nobody asked for: their codes.
        self.crashes, self.asked = [], set()

    async def run(self):
        while self.wanted:
            if self.pause:
                await asyncio.sleep(self.pause)
                self.pause = 0
            self.starts += 1
            with open(self.folder / f"server-{self.number}.log", "ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    *self.command, "--port", str(self.port), env=self.environment, cwd=self.folder, stderr=log,
                )
            code = await self.process.wait()
            # 1: the database was not there when it started.
            if self.wanted and code not in self.asked | {1}:
                self.crashes.append(code)
            self.asked = set()
            await asyncio.sleep(0.05)

    @property
    def is_running(self):
        return self.process is not None and self.process.returncode is None

    def signal(self, number, pause=0):
        """Sends a signal; where it ends the process, the next one starts after a pause."""
        if self.is_running:
            self.asked |= {-number, 0} if number == signal.SIGTERM else {-number}
            self.pause = pause
            self.process.send_signal(number)

    async def listening(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            await asyncio.sleep(0.05)
        raise AssertionError(f"server {self.number} does not listen; see {self.folder}")

    async def close(self, runner):
        self.wanted = False
        if self.is_running:
            self.process.kill()
        await runner


class Site:
    """Servers with one store and one world of AWS, each behind a door."""

    def __init__(self, usher, folder, store, seed, count, cut):
        self.usher, self.folder, self.store, self.seed = usher, Path(folder), store, seed
        self.folder.mkdir()
        self.folder.chmod(0o711)
        # One process makes four calls at a time; it is to come to an end all the same.
        self.world = World(self.folder / "aws.socket", seed, 0.05 * count)
        self.cut = cut
        self.count = count
        self.database_door = None

    async def open(self):
        await self.world.open()
        (self.folder / "home").mkdir()
        address = await self.open_store()
        self.bearers = [self.token(name) for name in ("east", "west")]
        environment = {
            "PATH": f"{Path(__file__).parent}:{os.environ['PATH']}", "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "home"), "LANG": "C.UTF-8", "USHER_FAULTS_AWS": self.world.path,
            "USHER_LOG_LEVEL": "warning", "USHER_ACTIONS_LEASE_SECONDS": str(LEASE), "USHER_STORE_CONNECTIONS": "4",
            "USHER_WORKSPACES": str(self.folder / "workspaces"), "SWIFT_BACKTRACE": "enable=no", **LIMITS,
        }
        command = [self.usher, "serve", "--store", address, "--tokens", str(self.folder / "tokens.json")]
        self.processes = [Process(number, command, environment, self.folder) for number in range(self.count)]
        self.runners = [asyncio.ensure_future(process.run()) for process in self.processes]
        self.doors = [Door(process.port, self.seed, self.cut) for process in self.processes]
        for process, door in zip(self.processes, self.doors):
            await process.listening()
            await door.open()

    async def open_store(self):
        if self.store == "sqlite":
            return f"sqlite:{self.folder}/sessions.sqlite"
        if self.store == "memory":
            return "memory"
        self.pg = self.folder / "pg"
        started = await self.postgresql("start")
        if not started:
            raise LookupError("there is no PostgreSQL")
        (self.folder / "door").mkdir()
        self.database_door = Door(str(self.pg / ".s.PGSQL.5432"), self.seed, self.cut / 4)
        await self.database_door.open(str(self.folder / "door/.s.PGSQL.5432"))
        return f"postgresql://usher@/postgres?host={self.folder}/door"

    async def postgresql(self, *words):
        process = await asyncio.create_subprocess_exec(
            ROOT / "scripts/postgresql", words[0], str(self.pg), *words[1:], stdout=subprocess.PIPE,
            stderr=open(self.folder / "postgresql.log", "ab"),
        )
        output, _ = await process.communicate()
        if process.returncode != 0:
            raise AssertionError(f"PostgreSQL: {words} failed; see {self.folder}")
        return output.decode().strip()

    def token(self, name):
        scopes = [word for scope in ("converse", "read", "delegate") for word in ("--scope", scope)]
        return subprocess.run(
            [self.usher, "token", "add", "--tokens", str(self.folder / "tokens.json"), name, *scopes],
            capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"], "HOME": str(self.folder)},
        ).stdout.strip()

    def rows(self, query):
        """What is in the store, as it is on disk."""
        if self.store == "sqlite":
            connection = sqlite3.connect(f"file:{self.folder}/sessions.sqlite?mode=ro", uri=True)
            found = connection.execute(query.replace("usher_", "")).fetchall()
            connection.close()
            return [list(row) for row in found]
        output = subprocess.run(
            ["psql", "-AtX", "-h", self.pg, "-U", "usher", "-d", "postgres", "-c",
             f"SELECT row_to_json(r) FROM ({query}) r"],
            capture_output=True, text=True, check=True,
        ).stdout
        return [list(json.loads(line).values()) for line in output.splitlines()]

    async def close(self):
        for door in [*self.doors, *([self.database_door] if self.database_door else [])]:
            door.close()
        for process, runner in zip(self.processes, self.runners):
            await process.close(runner)
        if self.store == "postgresql":
            await self.postgresql("stop")
        self.world.close()
