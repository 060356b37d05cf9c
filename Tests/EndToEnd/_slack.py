"""Slack for tests: its Web API on the loopback interface, and the requests that it sends.

Slack's own libraries stand on the other side: slack_sdk signs what is sent and reads every block that is posted, and an app
of slack_bolt handles each request as well, so that the requests have the shapes that real ones have.
"""

import http.server
import json
import re
import subprocess
import sys
import threading
import time
import urllib.parse

from _support import ROOT, TIMEOUT, Skip, check

SECRET, TOKEN, TEAM, BOT = "8f742231b10e8888abcd99yyyzzz85a5", "xoxb-test-token", "T1", "UBOT"


def libraries():
    """Makes Slack's libraries importable."""
    made = subprocess.run([ROOT / "scripts" / "python-slack"], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise Skip("there are no libraries of Slack: " + made.stderr[-300:])
    script = "import site; print(site.getsitepackages()[0])"
    place = subprocess.run([made.stdout.strip(), "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    if place not in sys.path:
        sys.path.append(place)


class Slack:
    """A workspace: what the bot posted there, and users who write."""

    def __init__(self, room):
        libraries()
        self.posts, self.calls, self.answers, self.problems = [], [], [], []
        self.changed = threading.Condition()
        self.clock = 1_700_000_000
        slack = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                slack.answer(self, self.path.rsplit("/", 1)[1], body)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/api/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.child = self
        room.chats.append(self)
        self.bolt, self.handled = self.app(), []

    # What a room asks of a conversation.
    text = ""

    def close(self, force=True):
        self.http.shutdown()
        self.http.server_close()

    @property
    def settings(self):
        """The environment of a server that is the app of this workspace."""
        return {
            "USHER_SLACK_SIGNING_SECRET": SECRET, "USHER_SLACK_BOT_TOKEN": TOKEN,
            "USHER_SLACK_API_URL": self.url.rstrip("/"), "USHER_ACTIONS_LEASE_SECONDS": "3",
        }

    def app(self):
        from slack_bolt import App
        from slack_sdk import WebClient

        app = App(signing_secret=SECRET, client=WebClient(token=TOKEN, base_url=self.url), token_verification_enabled=False,
                  process_before_response=True)
        app.event("app_mention")(lambda event: self.handled.append(event["ts"]))
        app.event("message")(lambda event: self.handled.append(event["ts"]))
        app.command("/usher")(lambda ack, command: (ack(), self.handled.append(command["trigger_id"])))
        app.action(re.compile("^choice-"))(lambda ack, action: (ack(), self.handled.append(action["action_ts"])))
        return app

    def answer(self, handler, method, body):
        """Answers a call of the Web API, as it was told or well."""
        call = {"method": method, "time": time.monotonic()}
        if method == "auth.test":
            reply = {"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": "B1", "url": "https://t.slack.com/"}
            return self.send(handler, 200, {}, reply)
        try:
            call |= json.loads(body)
            check(handler.headers["Authorization"] == f"Bearer {TOKEN}", "authorization")
            check(handler.headers["Content-Type"] == "application/json; charset=utf-8", handler.headers["Content-Type"])
            self.read(call)
        except Exception as error:  # noqa: BLE001 - it is told at the end
            self.problems.append(f"{method}: {error!r}: {body[:500]}")
        with self.changed:
            self.calls.append(call)
            status, headers, reply, after = self.answers.pop(0) if self.answers else (200, {}, None, None)
            if after:
                after()
            if status == 200 and reply is None:
                reply = {"ok": True, "ts": f"{self.clock}.{len(self.calls):06}"}
                if method == "chat.postMessage":
                    self.posts.append(call)
            self.changed.notify_all()
        self.send(handler, status, headers, reply)

    @staticmethod
    def send(handler, status, headers, reply):
        data = json.dumps(reply or {}).encode()
        try:
            handler.send_response(status)
            for name, value in {**headers, "Content-Type": "application/json", "Content-Length": len(data)}.items():
                handler.send_header(name, str(value))
            handler.end_headers()
            handler.wfile.write(data)
        except ConnectionError:
            pass

    @staticmethod
    def read(call):
        """Reads a message as slack_sdk does, which knows the limits."""
        from slack_sdk.models.blocks import Block

        check(0 < len(call["text"]) <= 40_000, "text", len(call["text"]))
        blocks = call.get("blocks", [])
        check(len(blocks) <= 50, "blocks", len(blocks))
        for raw in blocks:
            block = Block.parse(json.loads(json.dumps(raw)))
            check(block is not None, "no block", raw)
            block.validate_json()
            shown = block.to_dict()
            check(shown["type"] == raw["type"], shown, raw)
            if raw["type"] == "section":
                check(shown["text"]["text"] == raw["text"]["text"], shown, raw)
                check(not re.search(r"[<>]|&(?!amp;|lt;|gt;)", raw["text"]["text"]), "not escaped", raw)
            else:
                check(1 <= len(block.elements) <= 25, raw)
                check([e.action_id for e in block.elements] == [e["action_id"] for e in raw["elements"]], raw)

    def next(self, count, since=None):
        """The texts of so many posts after a number of them, once they have come."""
        since = self.seen if since is None else since
        with self.changed:
            came = self.changed.wait_for(lambda: len(self.posts) >= since + count, TIMEOUT)
            check(came, "posts", [post["text"] for post in self.posts[since:]], self.problems)
            self.seen = since + count
            return [post["text"] for post in self.posts[since:since + count]]

    def until(self, words, since=None):
        """Waits for a post with these words among the new ones."""
        since = self.seen if since is None else since
        with self.changed:
            def found():
                return next((n for n in range(since, len(self.posts)) if words in self.posts[n]["text"]), None)
            check(self.changed.wait_for(lambda: found() is not None, TIMEOUT), "waited for", words,
                  [post["text"] for post in self.posts[since:]], self.problems)
            self.seen = found() + 1
            return self.posts[self.seen - 1]

    seen = 0

    # What Slack sends.
    def request(self, server, path, body, kind, status=200, age=0, sign=True):
        """Sends a request that is signed by slack_sdk, and has slack_bolt handle the same."""
        from slack_bolt import BoltRequest
        from slack_sdk.signature import SignatureVerifier

        stamp = str(int(time.time()) - age)
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        if not sign:
            headers.pop("X-Slack-Signature")
        begin = time.monotonic()
        got, text = server.send(f"/slack/{path}", body.encode(), headers)
        check(got == status, path, got, text, body)
        check(time.monotonic() - begin < 3, "Slack waits for three seconds", time.monotonic() - begin)
        if status == 200 and sign:
            count = len(self.handled)
            answer = self.bolt.dispatch(BoltRequest(body=body, headers={name: [value] for name, value in headers.items()}))
            check(answer.status == 200, "slack_bolt", answer.status, answer.body, body)
            check(len(self.handled) == count + 1 or "url_verification" in body, "slack_bolt did not handle it", body)
        return text

    def event(self, server, text, user="U1", thread=None, channel="C1", ts=None, kind=None, **more):
        """Somebody writes; the time of the message."""
        if ts is None:
            self.clock += 1
            ts = f"{self.clock}.000100"
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        escaped = escaped.replace(f"@{BOT}", f"<@{BOT}>")
        event = {"type": kind or "message", "user": user, "text": escaped, "channel": channel, "ts": ts, "event_ts": ts,
                 "team": TEAM, "channel_type": "im" if channel.startswith("D") else "channel"}
        if thread:
            event |= {"thread_ts": thread, "parent_user_id": "U1"}
        envelope = {
            "token": "verification", "team_id": TEAM, "api_app_id": "A1", "event": event | more, "type": "event_callback",
            "event_id": f"Ev{kind}{ts}", "event_time": self.clock,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
        }
        self.last = (json.dumps(envelope), "application/json")
        self.request(server, "events", *self.last)
        return ts

    def again(self, server):
        """Sends the last event again, as Slack does where it got no answer."""
        self.request(server, "events", *self.last)

    def command(self, server, text="", user="U1", channel="C1"):
        self.clock += 1
        form = {
            "token": "verification", "team_id": TEAM, "team_domain": "t", "channel_id": channel, "channel_name": "general",
            "user_id": user, "user_name": "ann", "command": "/usher", "text": text, "api_app_id": "A1",
            "response_url": "https://hooks.slack.com/commands/1", "trigger_id": f"{self.clock}.1",
        }
        return self.request(server, "commands", urllib.parse.urlencode(form), "application/x-www-form-urlencoded")

    def press(self, server, post, label, user="U1"):
        """Presses a button of a post."""
        self.clock += 1
        block, button = next(
            (block, element) for block in post["blocks"] if block["type"] == "actions" for element in block["elements"]
            if element["text"]["text"] == label
        )
        payload = {
            "type": "block_actions", "user": {"id": user, "username": "ann", "name": "ann", "team_id": TEAM},
            "api_app_id": "A1", "token": "verification", "team": {"id": TEAM, "domain": "t"},
            "container": {"type": "message", "message_ts": "1.1", "channel_id": post["channel"],
                          "thread_ts": post.get("thread_ts"), "is_ephemeral": False},
            "channel": {"id": post["channel"], "name": "general"}, "trigger_id": f"{self.clock}.2",
            "response_url": "https://hooks.slack.com/actions/1",
            "actions": [{**button, "block_id": block["block_id"], "action_ts": f"{self.clock}.3"}],
        }
        body = urllib.parse.urlencode({"payload": json.dumps(payload)})
        self.request(server, "interactions", body, "application/x-www-form-urlencoded")
