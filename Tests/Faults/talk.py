"""Users who reply, lose connections, send things again, and look at every answer."""

import asyncio
import json
import random
import re

MARK = re.compile(r"u\d{4}")


class Gone(Exception):
    """No answer came, or one that says to send it again."""


async def request(port, method, path, body, headers, timeout, abandon=False):
    """One request by a connection of its own: its status and what it answers. Whoever abandons it does not wait for that."""
    writer = None
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            content = b"" if body is None else json.dumps(body).encode()
            fields = {"Host": "localhost", "Connection": "close", "Content-Length": str(len(content)), **headers}
            if body is not None:
                fields["Content-Type"] = "application/json"
            head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content)
            await writer.drain()
            if abandon:
                await asyncio.sleep(0.002)
                raise Gone
            answer = await reader.read()
    except (OSError, TimeoutError) as error:
        raise Gone from error
    finally:
        if writer:
            writer.close()
    head, separator, data = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if not separator or not length or len(data) < int(length[1]):
        raise Gone
    return int(head.split(b" ")[1]), data.decode()


class User:
    """One conversation. What is wrong is noted in `wrong`, by the promise that it breaks."""

    def __init__(self, number, mark, replies, site, random_seed, wrong, strangers, hostile):
        self.mark, self.replies, self.site, self.wrong = mark, replies, site, wrong
        self.random = random.Random(f"user {mark} {random_seed}")
        # Users of the two tokens have the same names.
        self.name = f"name{number // 2}"
        self.headers = {"Authorization": f"Bearer {site.bearers[number % 2]}", "Usher-User": self.name}
        self.session, self.answers, self.late = None, [], set()
        self.sent = self.repeats = self.probes = 0
        self.strangers = strangers
        # How often connections are given up, deliveries repeated, and other users' sessions tried; 0 for never.
        self.hostile = hostile

    def port(self):
        return self.random.choice(self.site.doors).port

    async def deliver(self, method, path, body=None, key=None, expected=(200, 201)):
        """Sends a request until it is answered; what the answer is."""
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        patience = 0.1
        while True:
            self.sent += 1
            try:
                status, text = await request(
                    self.port(), method, path, body, headers, self.random.uniform(4, 12),
                    abandon=self.hostile and key and self.random.random() < 0.05,
                )
            except Gone:
                await asyncio.sleep(self.random.uniform(0, patience))
                patience = min(2, 2 * patience)
                continue
            if foreign := set(MARK.findall(text)) - {self.mark}:
                self.wrong["no user saw another's session"].append(f"{self.mark} got {foreign}: {text[:300]}")
            if status in expected:
                return text
            if status not in (503, 504):
                self.wrong["only answers that the interface names"].append(f"{self.mark} {method} {path}: {status} {text[:300]}")
                await asyncio.sleep(1)
            await asyncio.sleep(self.random.uniform(0, patience))
            patience = min(2, 2 * patience)

    async def take(self, number):
        """The answer to a reply, when what it asked for is done; the opening is number 0."""
        key = f"{self.mark}-{number}"
        while True:
            if number == 0:
                text = await self.deliver("POST", "/v1/sessions", {}, key)
            else:
                path = f"/v1/sessions/{self.session}/replies"
                text = await self.deliver("POST", path, {"text": self.replies[number - 1]}, key)
            answer = json.loads(text)
            if answer["rest"]["state"] != "working":
                return answer
            await asyncio.sleep(self.random.uniform(0.2, 0.8))

    def same(self, number, answer):
        """Whether an answer is the one that the delivery got first."""
        if {**answer, "repeated": True} != {**self.answers[number], "repeated": True}:
            self.wrong["a repeated delivery gets its first answer"].append(
                f"{self.mark}-{number}: {answer} instead of {self.answers[number]}"
            )

    async def again(self, number, delay):
        await asyncio.sleep(delay)
        self.repeats += 1
        self.same(number, await self.take(number))

    async def probe(self):
        """Tries what is another's."""
        others = [user.session for user in self.strangers if user.session and user is not self]
        if not others:
            return
        self.probes += 1
        session = self.random.choice(others)
        method, path, body = self.random.choice([
            ("GET", "/messages", None), ("GET", "/transcript", None), ("GET", "/export", None), ("DELETE", "", None),
            ("POST", "/replies", {"text": f"{self.mark} was here"}),
        ])
        await self.deliver(method, f"/v1/sessions/{session}{path}", body, expected=(404,))

    def sometime(self, probability):
        return self.hostile and self.random.random() < probability

    async def talk(self, pace):
        """The whole conversation."""
        for number in range(len(self.replies) + 1):
            twins = 1 + self.sometime(0.1)
            first, *others = await asyncio.gather(*(self.take(number) for _ in range(twins)))
            self.session = first["session"]
            self.answers.append(first)
            for other in others:
                self.repeats += 1
                self.same(number, other)
            if self.sometime(0.15):
                # Comes while, or after, later replies do.
                earlier = self.random.randrange(number + 1)
                task = asyncio.ensure_future(self.again(earlier, self.random.uniform(0, 4 * pace)))
                self.late.add(task)
            if self.sometime(0.05):
                await self.probe()
            await asyncio.sleep(self.random.uniform(0, 2 * pace))
        if self.late:
            await asyncio.gather(*self.late)

    async def look(self):
        """What the server has of the conversation, without the session's name."""
        path = f"/v1/sessions/{self.session}"
        parts = {}
        for part in ("transcript", "messages", "export"):
            parts[part] = (await self.deliver("GET", f"{path}/{part}")).replace(self.session, "SESSION")
        parts["answers"] = [
            {name: value for name, value in answer.items() if name not in ("session", "repeated")} for answer in self.answers
        ]
        folder = self.site.folder / "workspaces" / self.session
        # A killed process leaves a hidden file behind where it was about to write one.
        parts["files"] = {
            str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*"))
            if file.is_file() and not re.fullmatch(r"\.usher-\d+-\d+\.tmp", file.name)
        }
        parts["folders"] = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_dir())
        return parts
