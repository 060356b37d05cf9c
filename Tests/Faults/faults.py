"""Users go through the whole flow while what they depend on breaks: are all promises kept?

Usage: faults.py PATH-OF-usher [--store postgresql|sqlite] [--users N] [--seed N] [--minutes N] [--keep]

First each user's conversation is had without any fault, with sessions in memory. Then all of them are had at once, against
three processes on PostgreSQL or one on SQLite, while processes are killed, frozen and stopped, connections are cut (those of
users and those to the database), the database is restarted, and deliveries are repeated, at once and later, and given up.
At the end every conversation, the store itself, the files and what was written to AWS are compared with the first ones.

What happens comes out of the seed; how processes and connections interleave does not, so a seed gives a like run and not
the same one.
"""

import argparse
import asyncio
import collections
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import scenarios
from audit import Audit
from servers import LEASE, Site
from talk import User

PACE = 0.3


class Chaos:
    """Breaks something every few moments until it is cancelled."""

    def __init__(self, site, seed):
        self.site, self.random = site, random.Random(f"chaos {seed}")
        self.done = collections.Counter()
        self.faults = [(5, self.kill), (1, self.stop), (2, self.freeze), (2, self.cut_users)]
        if site.store == "postgresql":
            self.faults += [(2, self.cut_database), (1, self.crash_database), (1, self.restart_database)]

    async def run(self):
        weights = [weight for weight, _ in self.faults]
        # Where there is one process, nobody gets anywhere while it is away.
        rest = 1 if len(self.site.processes) > 1 else 6
        await asyncio.sleep(self.random.uniform(1, 2))
        # However few users there are, and however soon they come to their end.
        await self.kill()
        while True:
            await asyncio.sleep(rest * self.random.uniform(0.3, 2))
            await self.random.choices(self.faults, weights)[0][1]()

    def process(self):
        running = [process for process in self.site.processes if process.is_running]
        return self.random.choice(running) if running else None

    async def kill(self):
        if process := self.process():
            self.done["processes killed"] += 1
            process.signal(signal.SIGKILL, pause=self.random.uniform(0, 2))

    async def stop(self):
        if process := self.process():
            self.done["processes told to stop"] += 1
            process.signal(signal.SIGTERM)

    async def freeze(self):
        """A process that sleeps longer than its claims last, and then goes on as if nothing had been."""
        if process := self.process():
            self.done["processes frozen"] += 1
            asleep = process.process
            asleep.send_signal(signal.SIGSTOP)
            await asyncio.sleep(self.random.choice([0.5, LEASE + 2]))
            if asleep.returncode is None:
                asleep.send_signal(signal.SIGCONT)

    async def cut_users(self):
        self.done["times all connections of a process were cut"] += 1
        self.random.choice(self.site.doors).cut_all()

    async def cut_database(self):
        self.done["times all connections to the database were cut"] += 1
        self.site.database_door.cut_all()

    async def crash_database(self):
        self.done["crashes of the database"] += 1
        await self.site.postgresql("restart")

    async def restart_database(self):
        self.done["restarts of the database"] += 1
        await self.site.postgresql("restart", "fast")


async def converse(site, seed, count, wrong, hostile, minutes):
    """All conversations at once; the users, when all are done."""
    users = []
    for number in range(count):
        users.append(User(number, *scenarios.of(number), site, seed, wrong, users, hostile))
    pace = PACE if hostile else 0.01

    async def one(user):
        await asyncio.sleep(user.random.uniform(0, 8 * pace))
        await user.talk(pace)

    try:
        async with asyncio.timeout(minutes * 60):
            await asyncio.gather(*(one(user) for user in users))
    except TimeoutError:
        late = [f"{user.mark} at reply {len(user.answers)}" for user in users if len(user.answers) <= len(user.replies)]
        wrong["every conversation comes to its end"] += late or ["only late repeats did not"]
    return users


async def undisturbed(options, folder):
    """What each user's conversation is when nothing breaks: its parts, and what was written to AWS."""
    site = Site(options.usher, folder / "undisturbed", "memory", options.seed, 1, cut=0)
    site.world.slowness = 0
    await site.open()
    wrong = collections.defaultdict(list)
    users = await converse(site, options.seed, options.users, wrong, False, options.minutes)
    parts = [await user.look() for user in users]
    await site.close()
    assert not wrong, dict(wrong)
    for user, part in zip(users, parts):
        rest = part["answers"][-1]["rest"]
        assert rest == {"state": "completed", "outcome": "notebook_ready"}, (user.mark, rest, part["transcript"][-1500:])
    return parts, site.world.written, site.world.objects


async def run(options, folder):
    begin = time.monotonic()
    wanted = await undisturbed(options, folder)
    print(f"undisturbed: {options.users} conversations in {time.monotonic() - begin:.0f} s", flush=True)
    count = 3 if options.store == "postgresql" else 1
    site = Site(options.usher, folder / options.store, options.store, options.seed, count, cut=0.01)
    await site.open()
    wrong, begin = collections.defaultdict(list), time.monotonic()
    chaos = Chaos(site, options.seed)
    breaking = asyncio.ensure_future(chaos.run())
    users = await converse(site, options.seed, options.users, wrong, True, options.minutes)
    breaking.cancel()
    seconds = time.monotonic() - begin
    # From here on nothing breaks any more.
    for door in [*site.doors, *filter(None, [site.database_door])]:
        door.rate = 0
    for process in site.processes:
        if process.is_running:
            process.process.send_signal(signal.SIGCONT)
    if site.store == "postgresql":
        await site.postgresql("restart", "fast")
    for process in site.processes:
        await process.listening()
    audit = Audit(site, users, wanted, wrong)
    if "every conversation comes to its end" not in wrong:
        await audit.run()
    await site.close()
    print(f"with faults: {seconds:.0f} s, {sum(user.sent for user in users)} requests sent")
    for what, times in sorted(chaos.done.items()):
        print(f"  {times:6} {what}")
    print(f"  {sum(door.cuts for door in site.doors):6} connections of users cut")
    if site.database_door:
        print(f"  {site.database_door.cuts:6} connections to the database cut")
    print(f"  {sum(user.repeats for user in users):6} deliveries repeated on purpose")
    audit.looked["enough breaks"] = sum(chaos.done.values())
    if chaos.done["processes killed"] < (3 if options.users >= 100 else 1):
        wrong["enough breaks"].append(f"only {chaos.done['processes killed']} kills: more users, or a longer flow")
    return audit.report()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("usher", type=os.path.abspath)
    parser.add_argument("--store", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--keep", action="store_true", help="keep the logs even where nothing is wrong")
    options = parser.parse_args()
    print(f"== {options.store}, {options.users} users, seed {options.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="usher-faults-"))
    folder.chmod(0o711)
    try:
        kept = asyncio.run(run(options, folder))
    except LookupError as reason:
        print(f"Skipped: {reason}")
        shutil.rmtree(folder)
        return 0
    except BaseException:
        print(f"seed {options.seed}; logs are in {folder}")
        raise
    if kept and not options.keep:
        shutil.rmtree(folder)
    else:
        print(f"seed {options.seed}; logs are in {folder}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
