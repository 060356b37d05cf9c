"""What is compared when all is over, and what comes of it for each promise."""

import json

PROMISES = [
    "every conversation comes to its end",
    "every acknowledged turn is in the store once",
    "what is in the store is whole",
    "every answer is the one of an undisturbed run",
    "every transcript is the one of an undisturbed run",
    "messages and events are those of an undisturbed run",
    "a repeated delivery gets its first answer",
    "no action with an effect had it twice",
    "no user saw another's session",
    "only answers that the interface names",
    "no process ended by itself",
    "enough breaks",
]


def holds(value, text):
    """Whether a text is somewhere in a value out of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    return any(holds(part, text) for part in value) if isinstance(value, list) else value == text


class Audit:
    def __init__(self, site, users, wanted, wrong):
        self.site, self.users, self.wrong = site, users, wrong
        self.wanted, self.written, self.objects = wanted
        self.looked = {promise: 0 for promise in PROMISES}

    def check(self, promise, condition, *facts):
        self.looked[promise] += 1
        if not condition:
            self.wrong[promise].append("; ".join(str(fact)[:400] for fact in facts))

    async def run(self):
        self.stored()
        for user, wanted in zip(self.users, self.wanted):
            self.compare(user, wanted, await user.look())
        for key in self.written.keys() | self.site.world.written.keys():
            counts = self.written[key], self.site.world.written[key]
            self.check("no action with an effect had it twice", counts[0] == counts[1], key, "written", counts)
            self.check(
                "no action with an effect had it twice", self.objects[key] == self.site.world.objects.get(key), key,
            )
        self.looked["a repeated delivery gets its first answer"] = sum(user.repeats for user in self.users)
        self.looked["no user saw another's session"] = sum(user.sent for user in self.users)
        self.looked["only answers that the interface names"] = sum(user.sent for user in self.users)
        for process in self.site.processes:
            self.check("no process ended by itself", not process.crashes, process.number, process.crashes)

    def compare(self, user, wanted, found):
        self.check("every conversation comes to its end", len(found["answers"]) == len(wanted["answers"]), user.mark)
        for number, pair in enumerate(zip(wanted["answers"], found["answers"])):
            self.check("every answer is the one of an undisturbed run", pair[0] == pair[1], user.mark, number, pair)
        promise = "every transcript is the one of an undisturbed run"
        self.check(promise, wanted["transcript"] == found["transcript"], user.mark, difference(wanted, found, "transcript"))
        for part in ("messages", "export"):
            promise = "messages and events are those of an undisturbed run"
            self.check(promise, wanted[part] == found[part], user.mark, difference(wanted, found, part))
        for part in ("files", "folders"):
            promise = "no action with an effect had it twice"
            self.check(promise, wanted[part] == found[part], user.mark, sorted(wanted[part]), sorted(found[part]))

    def stored(self):
        """Looks into the store itself."""
        whole = "what is in the store is whole"
        sessions = {row[0]: row for row in self.site.rows("SELECT id, events, messages, action FROM usher_session")}
        self.check(whole, len(sessions) == len(self.users), "sessions", len(sessions), "users", len(self.users))
        events, messages, keys = {}, {}, {}
        for session, position, body in self.site.rows(
            "SELECT session, position, body FROM usher_event ORDER BY session, position"
        ):
            events.setdefault(session, []).append((position, json.loads(body)))
        for session, number in self.site.rows("SELECT session, number FROM usher_message ORDER BY session, number"):
            messages.setdefault(session, []).append(number)
        for session, key, position in self.site.rows("SELECT session, key, position FROM usher_delivery"):
            keys.setdefault(session, []).append((key, position))
        for user in self.users:
            row, mine = sessions.get(user.session), events.get(user.session, [])
            self.check(whole, row is not None, user.mark, "is gone")
            if row is None:
                continue
            self.check(whole, [event[0] for event in mine] == list(range(row[1])), user.mark, "events", row, mine[-2:])
            self.check(whole, messages.get(user.session) == list(range(1, row[2] + 1)), user.mark, "messages", row)
            self.check(whole, row[3] is None, user.mark, "still waits for", row[3])
            self.acknowledged(user, mine, keys.get(user.session, []))

    def acknowledged(self, user, events, keys):
        once = "every acknowledged turn is in the store once"
        for number, answer in enumerate(user.answers):
            # The opening's key stands for the session itself.
            key = f"d:{user.mark}-{number}" if number else "begin"
            positions = [position for other, position in keys if other == key]
            self.check(once, positions == [answer["position"]], user.mark, key, positions, answer["position"])
            if number and positions:
                event = events[positions[0]][1]
                self.check(once, holds(event, user.replies[number - 1]), user.mark, key, event)
        mine = [key for key, _ in keys if not key.startswith("a:")]
        self.check(once, len(mine) == len(user.answers), user.mark, "other keys", mine)

    def report(self):
        for promise in PROMISES:
            count = len(self.wrong.get(promise, []))
            print(f"{'BROKEN' if count else 'kept':7}{promise} ({count} of {self.looked[promise]} broken)" if count else
                  f"{'kept':7}{promise} ({self.looked[promise]} looked at)")
            for fact in self.wrong.get(promise, [])[:5]:
                print(f"       {fact[:1500]}")
        return not any(self.wrong.values())


def difference(wanted, found, part):
    """The first lines that differ."""
    lines = wanted[part].splitlines(), found[part].splitlines()
    for number, pair in enumerate(zip(*lines)):
        if pair[0] != pair[1]:
            return f"{part}, line {number + 1}: {pair[1]!r} instead of {pair[0]!r}"
    return f"{part}: {len(lines[1])} lines instead of {len(lines[0])}"
