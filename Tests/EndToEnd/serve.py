"""`usher serve`: the real server over the loopback interface, as bots and the people who run it use it.

Usage: serve.py PATH-OF-usher
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import uuid

import _support
from _support import OFFLINE, ROOT, Skip, check, main, run


class Server:
    """A server of a room, at a port of its own."""

    def __init__(self, room, *options, offline=True, **environment):
        command = [_support.USHER, "serve", "--port", "0", *(["--offline"] if offline else []), *options]
        self.log = []
        self.process = subprocess.Popen(
            command, env=room.environment(**environment), cwd=room.folder, stderr=subprocess.PIPE, text=True,
        )
        room.chats.append(self)
        self.child = self
        for line in self.process.stderr:
            self.log.append(line)
            if line.startswith("usher listens at "):
                self.port = int(line.rsplit(":", 1)[1])
                break
        else:
            raise AssertionError("it does not listen: " + "".join(self.log))
        self.reader = threading.Thread(target=self.log.extend, args=(self.process.stderr,))
        self.reader.start()

    @property
    def text(self):
        return "".join(self.log)

    def close(self, force=True):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join()

    def stop(self):
        """Tells it to stop; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.reader.join()
        return code

    def ask(self, method, path, body=None, status=200, **headers):
        """One request; what it answers, out of JSON where it is JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = answer.read().decode()
        connection.close()
        check(answer.status == status, method, path, answer.status, data)
        return json.loads(data) if answer.headers.get("Content-Type", "").endswith(("/json", "+json")) and data else data

    def send(self, path, body, headers):
        """One POST of bytes; the status and the text that it is answered with."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def follow(self, path, **headers):
        """A stream of events: the connection and its lines."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, None, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        check(answer.status == 200 and answer.headers["Content-Type"] == "text/event-stream", answer.status)
        return connection, answer


def texts(answer):
    return [message["text"] for message in answer["messages"]]


def case_a_whole_evaluation_over_http(room):
    server = Server(room)
    answer = server.ask("POST", "/v1/sessions", {}, 201, Idempotency_Key="one")
    session = answer["session"]
    connection, stream = server.follow(f"/v1/sessions/{session}/events")
    for number, reply in enumerate(OFFLINE):
        path = f"/v1/sessions/{session}/replies"
        answer = server.ask("POST", path, {"text": reply}, Idempotency_Key=str(number))
        again = server.ask("POST", path, {"text": reply}, Idempotency_Key=str(number))
        check(again == {**answer, "repeated": True}, "another answer", answer, again)
    check(answer["rest"] == {"state": "completed", "outcome": "notebook_ready"}, answer)
    messages = server.ask("GET", f"/v1/sessions/{session}/messages")["messages"]
    # The stream has the same messages.
    streamed = []
    while len(streamed) < len(messages):
        line = stream.readline().decode()
        if line.startswith("data: ") and '"number"' in line:
            streamed.append(json.loads(line[6:]))
    check(streamed == messages, "the stream differs", streamed, messages)
    connection.close()
    # The notebook is in the session's own folder, and the transcript replays.
    notebooks = list((room.state / "usher" / "workspaces" / session).rglob("*.ipynb"))
    check(len(notebooks) == 1, notebooks)
    (room.folder / "http.transcript").write_text(server.ask("GET", f"/v1/sessions/{session}/transcript"))
    output, _ = run(room, "test", "http.transcript")
    check("1 passed, 0 failed" in output, output)
    explanation = server.ask("GET", f"/v1/sessions/{session}/explanation")
    check(explanation["flow"] == "model-evaluation", explanation)
    server.ask("DELETE", f"/v1/sessions/{session}", status=204)
    check(not list((room.state / "usher" / "workspaces").iterdir()), "files of a removed session are there")
    check(server.stop() == 0, server.log)


def case_what_it_does_is_counted_and_traced(room):
    traces = room.folder / "traces.jsonl"
    server = Server(room, USHER_TRACES=str(traces))
    caller = "0af7651916cd43dd8448eb211c80319c"
    session = server.ask("POST", "/v1/sessions", {}, 201)["session"]
    for number, reply in enumerate(OFFLINE):
        path = f"/v1/sessions/{session}/replies"
        server.ask("POST", path, {"text": reply}, Idempotency_Key=str(number), traceparent=f"00-{caller}-b7ad6b7169203331-01")
    server.ask("POST", path, {"text": reply}, Idempotency_Key=str(number))
    metrics = server.ask("GET", "/metrics")
    for line in (
        'usher_turns_total{flow="model-evaluation",reply="none"} 1',
        'usher_turns_repeated_total{flow="model-evaluation"} 1',
        'usher_turn_duration_seconds_count{flow="model-evaluation"} ',
        'usher_actions_total{action="write_notebook",outcome="created"} 1',
    ):
        check(line in metrics, line, metrics)
    check(server.stop() == 0, server.log)
    lines = [json.loads(line) for line in traces.read_text().splitlines()]
    spans = [span for line in lines for scope in line["resourceSpans"][0]["scopeSpans"] for span in scope["spans"]]
    asked = {span["spanId"]: span for span in spans if span["traceId"] == caller}
    check({"usher.commit", "usher.action"} <= {span["name"] for span in asked.values()}, spans)
    # Actions and commits stand below the request that led to them.
    for span in asked.values():
        while span["parentSpanId"] != "b7ad6b7169203331":
            span = asked[span["parentSpanId"]]
        check(span["kind"] == 2, span)
    check(not any(reply in traces.read_text() for reply in OFFLINE if len(reply) > 12), "traces hold replies")


def case_a_kill_loses_nothing(room):
    server = Server(room)
    session = server.ask("POST", "/v1/sessions", {}, 201)["session"]
    path = f"/v1/sessions/{session}/replies"
    before = [server.ask("POST", path, {"text": OFFLINE[n]}, Idempotency_Key=str(n)) for n in range(3)]
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    server = Server(room)
    again = server.ask("POST", path, {"text": OFFLINE[2]}, Idempotency_Key="2")
    check(again == {**before[2], "repeated": True}, again, before[2])
    for reply in OFFLINE[3:]:
        answer = server.ask("POST", path, {"text": reply})
    check(answer["rest"]["outcome"] == "notebook_ready", answer)


def case_a_session_goes_on_in_a_changed_flow(room):
    prompts = room.folder / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    server = Server(room, "--prompts", str(prompts))
    session = server.ask("POST", "/v1/sessions", {}, 201)["session"]
    path = f"/v1/sessions/{session}/replies"
    for number in range(3):
        before = server.ask("POST", path, {"text": OFFLINE[number]}, Idempotency_Key=str(number))
    check(server.stop() == 0, server.log)
    topics = prompts / "model-evaluation" / "topics.yaml"
    topics.write_text(topics.read_text() + "# changed\n")
    server = Server(room, "--prompts", str(prompts))
    again = server.ask("POST", path, {"text": OFFLINE[2]}, Idempotency_Key="2")
    check(again == {**before, "repeated": True}, again, before)
    answer = server.ask("POST", path, {"text": OFFLINE[3]}, Idempotency_Key="3")
    check(answer["messages"][0]["prompt"] == "system_migrated", "not told", answer)
    check(answer["messages"][-1]["prompt"] == "again_wants_custom", "another question", answer)
    for reply in OFFLINE[3:]:
        answer = server.ask("POST", path, {"text": reply})
    check(answer["rest"]["outcome"] == "notebook_ready", answer)


def case_two_processes_share_a_store(room):
    one, two = Server(room), Server(room)
    session = one.ask("POST", "/v1/sessions", {}, 201, Idempotency_Key="k")["session"]
    check(two.ask("POST", "/v1/sessions", {}, 200, Idempotency_Key="k")["session"] == session, "another session")
    connection, stream = one.follow(f"/v1/sessions/{session}/events")
    for number, reply in enumerate(OFFLINE):
        answer = (one, two)[number % 2].ask("POST", f"/v1/sessions/{session}/replies", {"text": reply})
    check(answer["rest"]["outcome"] == "notebook_ready", answer)
    # What the other process stored comes as well, a little later.
    while '"completed"' not in stream.readline().decode():
        pass
    connection.close()


def case_processes_share_postgresql_and_it_restarts(room):
    """Two processes on one PostgreSQL, which crashes and comes back while they run; one of them is killed."""
    target = os.environ.get("USHER_TEST_POSTGRESQL")
    if not target:
        raise Skip("there is no PostgreSQL; run under scripts/with-real-parts")
    folder = dict(part.split("=") for part in target.split())["host"]
    schema = "e" + uuid.uuid4().hex
    psql = ["psql", "-q", "-h", folder, "-U", "usher", "-d", "postgres", "-c"]
    subprocess.run([*psql, f"CREATE SCHEMA {schema}"], check=True)
    url = f"postgresql://usher:unused-password@/postgres?host={folder}&options=-csearch_path%3D{schema}"
    shown = subprocess.run(
        [_support.USHER, "serve", "--store", url, "--print-config"], env=room.environment(), capture_output=True,
        text=True, check=True,
    ).stdout
    check("unused-password" not in shown and "usher:***@" in shown, shown)
    probe = subprocess.run(
        [_support.USHER, "serve", "--store", "postgresql://usher@/none?host=/nowhere", "--port", "0"],
        env=room.environment(), capture_output=True, text=True, check=False,
    )
    check(probe.returncode == 1 and "PostgreSQL" in probe.stderr, probe)
    one, two = Server(room, "--store", url), Server(room, "--store", url)
    session = one.ask("POST", "/v1/sessions", {}, 201)["session"]
    path = f"/v1/sessions/{session}/replies"
    answers = []
    for number, reply in enumerate(OFFLINE):
        if number == 4:
            subprocess.run([ROOT / "scripts" / "postgresql", "restart", folder], check=True)
        if number == 8:
            one.process.kill()
            one.process.wait()
            one = Server(room, "--store", url)
        server = (one, two)[number % 2]
        answers.append(server.ask("POST", path, {"text": reply}, Idempotency_Key=str(number)))
    check(answers[-1]["rest"]["outcome"] == "notebook_ready", answers[-1])
    for number, reply in enumerate(OFFLINE):
        again = two.ask("POST", path, {"text": reply}, Idempotency_Key=str(number))
        check(again == {**answers[number], "repeated": True}, again, answers[number])
    subprocess.run([*psql, f"DROP SCHEMA {schema} CASCADE"], check=True, stderr=subprocess.DEVNULL)


def case_a_stop_ends_streams_and_finishes_what_is_under_way(room):
    server = Server(room)
    session = server.ask("POST", "/v1/sessions", {}, 201)["session"]
    connection, stream = server.follow(f"/v1/sessions/{session}/events")
    stream.readline()
    check(server.stop() == 0, server.log)
    stream.read()
    connection.close()


def case_users_with_tokens_are_apart(room):
    def token(*options):
        output, _ = run(room, "token", "add", "--tokens", "tokens.json", *options)
        return {"Authorization": "Bearer " + output.strip()}

    ann, bob, watch = token("ann"), token("bob"), token("watch", "--scope", "metrics")
    server = Server(room, "--tokens", "tokens.json", "--host", "127.0.0.1")
    server.ask("GET", "/v1/sessions", status=401)
    session = server.ask("POST", "/v1/sessions", {}, 201, **ann)["session"]
    server.ask("POST", f"/v1/sessions/{session}/replies", {"text": "mine"}, 404, **bob)
    server.ask("GET", "/metrics", status=403, **ann)
    metrics = server.ask("GET", "/metrics", **watch)
    check('usher_http_requests_total{method="POST",route="/v1/sessions",status="201"} 1' in metrics, metrics)
    run(room, "token", "remove", "--tokens", "tokens.json", "ann")
    server.ask("GET", "/v1/sessions", status=401, **ann)
    listed, _ = run(room, "token", "list", "--tokens", "tokens.json")
    check([line.split("\t")[0] for line in listed.splitlines()] == ["bob", "watch"], listed)


def case_a_user_elsewhere_reads_no_file_of_the_server(room):
    (room.folder / "secret.json").write_text('{"top-secret": 1}')
    server = Server(room)
    answer = server.ask("POST", "/v1/sessions", {"entry": "custom-metrics"}, 201)
    session, path = answer["session"], f"/v1/sessions/{answer['session']}"
    server.ask("POST", path + "/replies", {"text": "a file"})
    for name in (room.folder / "secret.json", "~/secret.json", "../../../../secret.json", "/etc/passwd"):
        answer = server.ask("POST", path + "/replies", {"text": str(name)})
        check("leads out of the workspace" in texts(answer)[0], answer)
    export = server.ask("GET", path + "/export")
    check('"outcome":"outside"' in export and "top-secret" not in export and "root:" not in export, export)


def case_files_of_a_session_are_fetched_and_no_others(room):
    """The real folders: what a flow has written, and every way out of it."""
    server = Server(room)
    session = server.ask("POST", "/v1/sessions", {}, 201)["session"]
    path = f"/v1/sessions/{session}/files"
    check(server.ask("GET", path) == {"files": []}, "files before anything was written")
    for reply in OFFLINE:
        server.ask("POST", f"/v1/sessions/{session}/replies", {"text": reply})
    folder = room.state / "usher" / "workspaces" / session
    (room.folder / "secret.txt").write_text("top-secret")
    (folder / "out").symlink_to(room.folder)
    (folder / "out.txt").symlink_to(room.folder / "secret.txt")
    (folder / ".usher-1-1.tmp").write_text("half of a file")
    os.mkfifo(folder / "pipe")
    (folder / "größe ?#%.txt").write_text("ß")
    with open(folder / "large.bin", "wb") as file:
        file.truncate(300_000_000)
    files = {file["path"]: file["size"] for file in server.ask("GET", path)["files"]}
    for name, size in files.items():
        check((folder / name).stat().st_size == size, name, size)
    check(sum(name.endswith(".ipynb") for name in files) == 1, files)
    check({"größe ?#%.txt", "large.bin"} < set(files) and not {name for name in files if "out" in name}, files)
    check("pipe" not in files and not [name for name in files if "tmp" in name], files)
    for name in files:
        if name == "large.bin":
            continue
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", f"{path}/{urllib.parse.quote(name)}")
        answer = connection.getresponse()
        check(answer.read() == (folder / name).read_bytes(), "other bytes", name)
        check(answer.headers["Content-Disposition"].startswith("attachment;"), answer.headers)
        check(answer.headers["X-Content-Type-Options"] == "nosniff", answer.headers)
        connection.close()
    # A large file takes no memory: it comes in pieces.
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path + "/large.bin")
    answer, count = connection.getresponse(), 0
    while piece := answer.read(1 << 20):
        count += len(piece)
    connection.close()
    check(count == 300_000_000, count)
    peak = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{server.process.pid}/status").read_text())[1]
    check(int(peak) < 250_000, "kilobytes in memory", peak)
    for name in (
        "../secret.txt", "%2e%2e/%2e%2e/%2e%2e/secret.txt", "..%2f..%2f..%2f..%2fsecret.txt", "out/secret.txt", "out.txt",
        str(room.folder / "secret.txt"), urllib.parse.quote(str(room.folder / "secret.txt"), safe=""), "%2Fetc%2Fpasswd",
        "large.bin%00.txt", "out", "pipe", "..", ".", "%2e%2e", "none.txt", "..%5c..%5csecret.txt", "~%2f.profile",
        f"..%2f{session}%2f..%2f..%2fserver.sqlite",
    ):
        answer = server.ask("GET", f"{path}/{name}", status=404)
        check("secret" not in json.dumps(answer) and answer["type"].endswith("not-found"), name, answer)
    check(server.stop() == 0, server.log)


def case_settings_are_shown_with_their_sources(room):
    (room.folder / "usher.yaml").write_text("server: {port: 9}\nlimits: {burst: 3}\n")
    output, _ = run(room, "serve", "--config", "usher.yaml", "--port", "8", "--print-config")
    check("server.port = 8  (command line)" in output and "limits.burst = 3  (usher.yaml)" in output, output)
    _, error = run(room, "serve", "--host", "0.0.0.0", code=1)
    check("--tokens" in error, error)
    _, error = run(room, "serve", "--tokens", "none.json", code=1)
    check("usher token add" in error, error)
    _, error = run(room, "serve", "--config", "none.yaml", code=1)
    check("none.yaml" in error, error)


def case_the_server_is_as_its_document_says(room):
    """Schemathesis makes requests out of the document, right ones and wrong ones, and looks at every answer."""
    made = subprocess.run([ROOT / "scripts" / "python-openapi"], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise Skip("there is no Schemathesis: " + made.stderr[-300:])
    scopes = [word for scope in ("converse", "read", "metrics", "delegate") for word in ("--scope", scope)]
    token, _ = run(room, "token", "add", "--tokens", "tokens.json", "ann", *scopes)
    limits = {f"USHER_LIMITS_{name}": "1000000" for name in ("BURST", "USER_PER_MINUTE", "SESSION_PER_MINUTE")}
    server = Server(room, "--tokens", "tokens.json", "--store", "memory", **limits)
    # Streams do not end by themselves, and that a flow has a name is more than a schema can say.
    process = subprocess.run(
        [
            made.stdout.strip(), "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{server.port}/openapi.json",
            "-H", "Authorization: Bearer " + token.strip(), "--checks", "all",
            "--exclude-checks", "positive_data_acceptance", "--exclude-path", "/v1/sessions/{session}/events",
            "--max-examples", "20", "--seed", "1", "--request-timeout", "20", "--continue-on-failure", "--no-color",
        ],
        cwd=room.folder, env=room.environment(), capture_output=True, text=True, timeout=300, check=False,
    )
    check(process.returncode == 0, process.stdout[-6000:], process.stderr[-2000:])
    check(not any('"level":"error"' in line for line in server.log), server.text[-3000:])


def case_bodies_come_in_any_pieces_and_leave_the_connection_good(room):
    server = Server(room)
    session = server.ask("POST", "/v1/sessions", {}, status=201)["session"]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    body = json.dumps({"text": "help \u00e9"}, ensure_ascii=False).encode()
    chunked = {"Transfer-Encoding": "chunked"}
    sized = {"Content-Length": str(len(body))}
    large = b'{"text": "' + b"x" * 70_000 + b'"}'
    cases = (
        ([body], sized, 200), ([bytes([byte]) for byte in body], sized, 200), ([body], chunked, 200),
        ([bytes([byte]) for byte in body], chunked, 200), ([large[:40_000], large[40_000:]], chunked, 413),
        ([], {"Content-Length": "0"}, 400), ([], chunked, 400), ([body[:7], body[7:]], sized, 200),
    )
    for pieces, headers, status in cases:
        # All on one connection, unless the server closes it.
        fields = {"Content-Type": "application/json", **headers}
        connection.request("POST", f"/v1/sessions/{session}/replies", iter(pieces), fields, encode_chunked=headers is chunked)
        response = connection.getresponse()
        answer = json.loads(response.read())
        check(response.status == status, len(pieces), headers, answer)
    replies = [event for event in server.ask("GET", f"/v1/sessions/{session}/transcript").splitlines()
               if event.startswith("user: help \u00e9")]
    check(len(replies) == sum(status == 200 for _, _, status in cases), replies)


def case_hostile_connections(room):
    server = Server(room, USHER_LIMITS_BODY_SECONDS="1", USHER_LIMITS_IDLE_SECONDS="2")
    head = b"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    cases = {
        b"GARBAGE\r\n\r\n": b"HTTP/1.1 400",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 40_000 + b"\r\n\r\n": b"HTTP/1.1 4",
        head + b"Content-Length: 10\r\nContent-Length: 11\r\n\r\n{}": b"HTTP/1.1 400",
        head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n": b"HTTP/1.1 400",
        head + b"Content-Length: 99999999\r\n\r\n": b"HTTP/1.1 413",
        # Half a body that never ends.
        head + b"Content-Length: 20\r\n\r\n{": b"HTTP/1.1 408",
    }
    for request, answer in cases.items():
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(request)
            received = connection.recv(4096)
        check(received.startswith(answer), request[:80], received[:200])
    # Connections that say nothing are closed, and keep nobody else out.
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(50)]
    server.ask("GET", "/healthz")
    for connection in idle:
        check(connection.recv(1) == b"", "it was not closed")
        connection.close()
    check(server.ask("GET", "/v1/sessions")["sessions"] == [], "something was stored")


if __name__ == "__main__":
    sys.exit(main(globals()))
