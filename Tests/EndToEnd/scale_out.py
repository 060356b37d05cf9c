"""Three processes of `usher serve` on one PostgreSQL behind nginx, with the configuration that docs/nginx.conf shows.

Usage: scale_out.py PATH-OF-usher        (needs nginx, openssl and the environment of scripts/with-real-parts)
"""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import uuid

import _support
from _support import OFFLINE, ROOT, Skip, check, main, run, wait_until
from serve import Server

PROCESSES = 3
MAIN = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/usher.conf;
}}
"""


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Proxy:
    """nginx with the configuration of the documentation, at a port of its own."""

    def __init__(self, room, ports):
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        if not program or not shutil.which("openssl"):
            raise Skip("there is no nginx, or no openssl")
        folder = room.folder / "nginx"
        folder.mkdir(mode=0o755)
        self.port = free_port()
        certificate, key = folder / "usher.crt", folder / "usher.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )
        text = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
        servers = re.findall(r"server 127\.0\.0\.1:\d+ ", text)
        check(len(servers) == len(ports), servers)
        for server, port in zip(servers, ports):
            text = text.replace(server, f"server 127.0.0.1:{port} ")
        for shown, real in {
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl", "/etc/ssl/usher.crt": certificate,
            "/etc/ssl/usher.key": key,
        }.items():
            check(text.count(shown) == 1, shown)
            text = text.replace(shown, str(real))
        (folder / "usher.conf").write_text(text, encoding="utf-8")
        user = "user root;\n" if os.getuid() == 0 else ""
        (folder / "nginx.conf").write_text(user + MAIN.format(folder=folder), encoding="utf-8")
        self.tls = ssl.create_default_context(cafile=str(certificate))
        self.log = open(folder / "log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [program, "-c", folder / "nginx.conf", "-p", folder, "-e", "stderr"], stderr=self.log, cwd=folder,
        )
        self.child = self
        room.chats.append(self)
        wait_until(self.answers, "nginx", 10)

    def answers(self):
        check(self.process.poll() is None, "nginx stopped:", self.text)
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def text(self):
        self.log.seek(0)
        return self.log.read()

    def close(self, force=True):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if not force else signal.SIGTERM)
        self.process.wait()
        self.log.close()

    def connect(self):
        return http.client.HTTPSConnection("localhost", self.port, timeout=60, context=self.tls)

    def ask(self, method, path, body=None, status=200, **headers):
        """One request by a connection of its own."""
        connection = self.connect()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = answer.read().decode()
        connection.close()
        check(answer.status == status, method, path, answer.status, data, self.text[-1000:])
        return json.loads(data) if answer.headers.get("Content-Type", "").endswith(("/json", "+json")) and data else data


class Site:
    """The processes on one database, and nginx before them."""

    def __init__(self, room):
        target = os.environ.get("USHER_TEST_POSTGRESQL")
        if not target:
            raise Skip("there is no PostgreSQL; run under scripts/with-real-parts")
        folder = dict(part.split("=") for part in target.split())["host"]
        schema = "n" + uuid.uuid4().hex
        self.psql = ["psql", "-q", "-h", folder, "-U", "usher", "-d", "postgres", "-c"]
        self.drop = f"DROP SCHEMA {schema} CASCADE"
        subprocess.run([*self.psql, f"CREATE SCHEMA {schema}"], check=True)
        self.url = f"postgresql://usher@/postgres?host={folder}&options=-csearch_path%3D{schema}"
        self.room = room
        scopes = [word for scope in ("converse", "read", "metrics", "delegate") for word in ("--scope", scope)]
        token, _ = run(room, "token", "add", "--tokens", "tokens.json", "site", *scopes)
        self.bearer = {"Authorization": "Bearer " + token.strip()}
        self.ports = [free_port() for _ in range(PROCESSES)]
        self.servers = [self.start(port) for port in self.ports]
        self.proxy = Proxy(room, self.ports)

    def start(self, port):
        return Server(
            self.room, "--store", self.url, "--tokens", "tokens.json", "--port", str(port),
            USHER_ACTIONS_LEASE_SECONDS="3", USHER_STORE_CONNECTIONS="3",
        )

    def as_user(self, name):
        return {**self.bearer, "Usher_User": name}

    def taken(self):
        """How many replies each process that runs has taken."""
        counts = []
        for server in self.servers:
            if server.process.poll() is None:
                text = server.ask("GET", "/metrics", **self.bearer)
                found = re.findall(
                    r'usher_http_requests_total\{method="POST",route="/v1/sessions/\{?:?id\}?/replies",status="200"\} (\d+)',
                    text,
                )
                counts.append(sum(map(int, found)))
        return counts

    def close(self):
        subprocess.run([*self.psql, self.drop], check=True, stderr=subprocess.DEVNULL)


def undisturbed(room):
    """The transcript of the whole flow, from one process with its sessions in memory."""
    server = Server(room, "--store", "memory")
    session = server.ask("POST", "/v1/sessions", {}, 201)["session"]
    for reply in OFFLINE:
        server.ask("POST", f"/v1/sessions/{session}/replies", {"text": reply})
    transcript = server.ask("GET", f"/v1/sessions/{session}/transcript")
    server.close()
    return transcript


def rest(proxy, headers, session):
    return proxy.ask("GET", f"/v1/sessions/{session}", **headers)["rest"]["state"]


def talk(proxy, headers, session, replies=OFFLINE, done=None):
    """Replies one after the other, each by a connection of its own, and looks at what came of the last."""
    for number, reply in enumerate(replies):
        answer = proxy.ask(
            "POST", f"/v1/sessions/{session}/replies", {"text": reply}, Idempotency_Key=str(number), **headers,
        )
        # Where the process that ran an action was killed, the answer does not wait for the next one to run it again.
        wait_until(lambda: answer["rest"]["state"] != "working" or rest(proxy, headers, session) != "working", "the action")
        if done:
            done(number)
    return answer


def case_any_process_takes_any_turn(room):
    site = Site(room)
    proxy, ann = site.proxy, site.as_user("ann")
    session = proxy.ask("POST", "/v1/sessions", {}, 201, **ann)["session"]
    stream = proxy.connect()
    stream.request("GET", f"/v1/sessions/{session}/events", None, {key.replace("_", "-"): ann[key] for key in ann})
    events = stream.getresponse()
    check(events.status == 200, events.status)
    answer = talk(proxy, ann, session)
    check(answer["rest"] == {"state": "completed", "outcome": "notebook_ready"}, answer)
    check(min(site.taken()) >= 3, "the turns were not spread", site.taken())
    check(proxy.ask("GET", f"/v1/sessions/{session}/transcript", **ann) == undisturbed(room), "another transcript")
    # The stream hung at one process and has what all of them took, in order.
    messages = proxy.ask("GET", f"/v1/sessions/{session}/messages", **ann)["messages"]
    streamed = []
    while len(streamed) < len(messages):
        line = events.readline().decode()
        check(line, "the stream ended", len(streamed), len(messages))
        if line.startswith("data: ") and '"number"' in line:
            streamed.append(json.loads(line[6:]))
    check(streamed == messages, "the stream differs")
    stream.close()
    # Nobody else sees it, whichever process is asked.
    for _ in range(PROCESSES):
        proxy.ask("GET", f"/v1/sessions/{session}/messages", status=404, **site.as_user("bob"))
    site.close()


def case_users_notice_no_kill_and_no_stop(room):
    """While users talk, one process is killed and another is told to stop; both come back. Each request is sent once."""
    site = Site(room)
    proxy, wanted = site.proxy, undisturbed(room)
    users = [site.as_user(f"user-{number}") for number in range(4)]
    found, halfway, slow = {}, threading.Semaphore(0), threading.Event()

    def user(headers):
        session = proxy.ask("POST", "/v1/sessions", {}, 201, Idempotency_Key="begin", **headers)["session"]

        def done(number):
            if number == 4:
                halfway.release()
            if not slow.is_set():
                time.sleep(0.05)

        talk(proxy, headers, session, done=done)
        check(rest(proxy, headers, session) == "completed", "it did not come to the end")
        found[headers["Usher_User"]] = proxy.ask("GET", f"/v1/sessions/{session}/transcript", **headers)

    def talking(headers):
        try:
            user(headers)
        except Exception as error:  # noqa: BLE001 - shown below
            found[headers["Usher_User"]] = f"{error}"
            halfway.release()

    threads = [threading.Thread(target=talking, args=(headers,)) for headers in users]
    for thread in threads:
        thread.start()
    halfway.acquire()
    site.servers[0].process.kill()
    site.servers[0].process.wait()
    halfway.acquire()
    check(site.servers[1].stop() == 0, site.servers[1].text[-2000:])
    site.servers[:2] = [site.start(port) for port in site.ports[:2]]
    slow.set()
    for thread in threads:
        thread.join()
    for name, transcript in found.items():
        check(transcript == wanted, name, transcript[-1500:])
    check(len(found) == len(users), found)
    site.close()


if __name__ == "__main__":
    sys.exit(main(globals()))
