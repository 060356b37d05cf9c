"""The packages in Examples/: what they print, and that the documentation shows them as they are.

Usage: examples.py PATH-OF-usher
"""

import hashlib
import hmac
import http.client
import http.server
import json
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import _support
from _support import ROOT, TIMEOUT, check, main, run, wait_until

EXAMPLES = ROOT / "Examples"


def program(room, name, *arguments, replies, cwd):
    """What a program of an example prints; it was built beside usher."""
    process = subprocess.run(
        [Path(_support.USHER).parent / name, *arguments], input="".join(reply + "\n" for reply in replies),
        capture_output=True, text=True, timeout=60, cwd=cwd, env=room.environment(), check=False,
    )
    check(process.returncode == 0, name, process.returncode, process.stdout, process.stderr)
    return process.stdout


def case_ten_lines_hold_a_conversation(room):
    source = (EXAMPLES / "ten-lines/Sources/TenLines/main.swift").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if line.strip()]
    check(len(lines) == 10, "lines", len(lines))
    for page in ["README.md", "Sources/Dialogue/Dialogue.docc/HoldAConversation.md"]:
        text = (ROOT / page).read_text(encoding="utf-8")
        check(f"```swift\n{source}```\n" in text, page, "does not show Examples/ten-lines as it is")
    run(room, "init", "cafe")
    replies = ["chai", "help", "2", "no", "change the drink to coffee", "yes"]
    said = program(room, "TenLines", replies=replies, cwd=room.folder)
    # Word by word what usher itself says, which shows the replies too.
    told = room.pipe(replies, "--prompts", "prompts", "--flow", "cafe").stdout.decode()
    told = "".join(line for line in told.splitlines(keepends=True) if not line.startswith("> "))
    check(said == told and "2 x Coffee. Is that right?" in said, said, told)


def case_a_flow_with_actions_of_its_own(room):
    said = program(
        room, "deploy-chat", str(EXAMPLES / "deploy/prompts"), "0.01", replies=["shop", "2.1", "maybe", "yes"],
        cwd=room.folder,
    )
    lines = said.splitlines()
    told = "One machine after another; I write when it is done."
    check(lines.count(told) == 1, said)
    check(lines[lines.index(told):] == [
        told, "  (shop-1 …)", "  (shop-2 …)", "  (shop-3 …)", "Web shop runs 2.1 on 3 machines.",
    ], said)


class Slack(http.server.BaseHTTPRequestHandler):
    """What Slack's Web API is called with."""

    calls = queue.Queue()

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.put((self.path, self.headers["Authorization"], body))
        answer = b'{"ok": true}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(port, method, path, body=None, **headers):
    """A request: the status and the body of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def case_an_application_with_slack_and_a_route_of_its_own(room):
    run(room, "init", "cafe")
    slack = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slack)
    threading.Thread(target=slack.serve_forever, daemon=True).start()
    port = free_port()
    process = subprocess.Popen(
        [Path(_support.USHER).parent / "cafe-server"], cwd=room.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=room.environment(
            PORT=str(port), SLACK_SIGNING_SECRET="secret", SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API=f"http://127.0.0.1:{slack.server_port}",
        ),
    )
    try:
        def listens():
            check(process.poll() is None, "it stopped", process.stdout)
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_until(listens, "the server")
        check(ask(port, "GET", "/menu") == (200, "Coffee\nTea\n"), ask(port, "GET", "/menu"))
        status, begun = ask(port, "POST", "/v1/sessions", "{}", **{"Content-Type": "application/json"})
        check(status == 201 and "What would you like to drink?" in begun, status, begun)
        check(ask(port, "GET", "/elsewhere")[0] == 404, "a path that nobody has")
        event = json.dumps({
            "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": [{"user_id": "UB"}],
            "event": {"type": "app_mention", "user": "U1", "text": "<@UB> hello", "ts": "1.000100", "channel": "C1",
                      "event_ts": "1.000100"},
        })
        stamp = str(int(time.time()))
        mark = hmac.new(b"secret", f"v0:{stamp}:{event}".encode(), hashlib.sha256).hexdigest()
        signed = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp}
        check(ask(port, "POST", "/slack/events", event, **signed, **{"X-Slack-Signature": "v0=0"})[0] == 401, "unsigned")
        status, answer = ask(port, "POST", "/slack/events", event, **signed, **{"X-Slack-Signature": f"v0={mark}"})
        check(status == 200, status, answer)
        path, token, message = Slack.calls.get(timeout=TIMEOUT)
        check((path, token, message["channel"]) == ("/chat.postMessage", "Bearer xoxb-1", "C1"), path, token, message)
        check("What would you like to drink?" in json.dumps(message), message)
        process.send_signal(signal.SIGTERM)
        check(process.wait(timeout=TIMEOUT) == 0, "exit", process.returncode)
        check((room.folder / "cafe.sqlite").is_file(), "no session was kept")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        slack.shutdown()
        slack.server_close()


if __name__ == "__main__":
    sys.exit(main(globals()))
