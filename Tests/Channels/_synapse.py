"""A real homeserver of Matrix on the loopback interface, and people who use it."""

import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from _support import ROOT, TIMEOUT, Skip, check, wait_until

SETTINGS = """
enable_registration: true
enable_registration_without_verification: true
trusted_key_servers: []
bcrypt_rounds: 4
rc_login: {{address: {{per_second: 1000, burst_count: 1000}}, account: {{per_second: 1000, burst_count: 1000}}}}
rc_registration: {{per_second: 1000, burst_count: 1000}}
rc_invites: {{per_user: {{per_second: 1000, burst_count: 1000}}}}
rc_message: {{per_second: {per_second}, burst_count: {burst}}}
listeners: [{{port: {port}, type: http, bind_addresses: [127.0.0.1], resources: [{{names: [client]}}]}}]
"""


class Synapse:
    """The homeserver, with a folder that outlives its process."""

    text = ""

    def __init__(self, room):
        made = subprocess.run([ROOT / "scripts" / "python-matrix"], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise Skip("there is no Synapse: " + made.stderr[-300:])
        self.folder = room.folder / "synapse"
        self.folder.mkdir()
        self.command = [made.stdout.strip(), "-m", "synapse.app.homeserver", "-c", "hs.yaml"]
        subprocess.run(
            [*self.command, "--server-name", "localhost", "--generate-config", "--report-stats=no",
             "--data-directory", self.folder],
            cwd=self.folder, check=True, capture_output=True, timeout=60,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.child = self
        room.chats.append(self)
        self.start()

    def start(self, per_second=1000, burst=1000):
        """Starts it, with so many messages a second of each user."""
        settings = SETTINGS.format(port=self.port, per_second=per_second, burst=burst)
        (self.folder / "extra.yaml").write_text(settings)
        with open(self.folder / "out.log", "ab") as out:
            self.process = subprocess.Popen([*self.command, "-c", "extra.yaml"], cwd=self.folder, stdout=out, stderr=out)

        def is_up():
            check(self.process.poll() is None, "Synapse ended", (self.folder / "out.log").read_text()[-2000:])
            try:
                return urllib.request.urlopen(self.url + "/health", timeout=5).status == 200
            except OSError:
                return False

        wait_until(is_up, "Synapse", 60)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def close(self, force=True):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def user(self, name):
        return Person(self, name)


class Person:
    """Somebody with an account, who reads and writes."""

    def __init__(self, server, name):
        self.server, self.token, self.count = server, None, 0
        answer = self.ask("POST", "register", {"username": name, "password": "correct horse", "auth": {"type": "m.login.dummy"}})
        self.token, self.id = answer["access_token"], answer["user_id"]

    def ask(self, method, path, body=None, **query):
        """A request, sent again where there were too many."""
        url = f"{self.server.url}/_matrix/client/v3/{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        while True:
            try:
                with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=TIMEOUT) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                text = error.read().decode()
                check(error.code == 429, method, path, error.code, text)
                time.sleep(json.loads(text).get("retry_after_ms", 500) / 1000)

    def say(self, room, text, **content):
        self.count += 1
        path = f"rooms/{urllib.parse.quote(room)}/send/m.room.message/{self.id}-{self.count}"
        return self.ask("PUT", path, {"msgtype": "m.text", "body": text} | content)["event_id"]

    def messages(self, room):
        """All that was said in a room, the first one first."""
        query = {"dir": "b", "limit": 1000, "filter": '{"types":["m.room.message"]}'}
        return self.ask("GET", f"rooms/{urllib.parse.quote(room)}/messages", **query)["chunk"][::-1]

    def members(self, room):
        return set(self.ask("GET", f"rooms/{urllib.parse.quote(room)}/joined_members")["joined"])
