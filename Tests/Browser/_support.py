"""What the tests in a browser share: Chromium, pages that are watched, and a server of a room of its own."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

from playwright.sync_api import expect, sync_playwright

# Generous: the machine may have other things to do.
TIMEOUT = 20_000
expect.set_options(timeout=TIMEOUT)
PACKAGES = "arn:aws:sagemaker:us-west-2:123456789012"
TASK = "It answers customers' questions about their orders."


class Server:
    """`usher serve` with a state folder; it can be stopped and started again at the same port."""

    def __init__(self, usher, *options, **settings):
        self.folder = self.room()
        self.command = [usher, "serve", *options]
        names = [
            "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED", "NO_PROXY", "PATH", "TMPDIR",
        ]
        self.environment = {name: os.environ[name] for name in names if name in os.environ}
        self.environment.update(
            HOME=str(self.folder), LANG="C.UTF-8", XDG_STATE_HOME=str(self.folder / "state"),
            AWS_EC2_METADATA_DISABLED="true", **settings,
        )
        self.port = 0
        self.log = []
        self.process = None
        self.start()

    @staticmethod
    def room():
        """A folder of its own."""
        return pathlib.Path(tempfile.mkdtemp(prefix="usher-browser-"))

    def start(self):
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], env=self.environment, cwd=self.folder,
            stderr=subprocess.PIPE, text=True,
        )
        for line in self.process.stderr:
            self.log.append(line)
            if line.startswith("usher listens at "):
                self.port = int(line.rsplit(":", 1)[1])
                break
        else:
            raise AssertionError("it does not listen: " + "".join(self.log))
        self.reader = threading.Thread(target=self.log.extend, args=(self.process.stderr,))
        self.reader.start()

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=40)
        self.reader.join()
        self.process.stderr.close()

    def close(self):
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, method, path, body=None, **headers):
        """One request: the status, the headers, and the body, out of JSON where it is JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, body and json.dumps(body).encode(), headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.headers.get("Content-Type", "").endswith(("/json", "+json")) and data:
            data = json.loads(data)
        return answer.status, answer.headers, data


class BrowserTests(unittest.TestCase):
    """Tests with a browser; each page is watched for what it says on the console and asks of the network."""

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ.get("USHER_BROWSER", "/usr/bin/chromium"), args=["--no-sandbox"]
        )

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()

    def setUp(self):
        self.requests, self.messages = [], []

    def context(self, **options):
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(TIMEOUT)
        self.addCleanup(context.close)
        return context

    def watch(self, page):
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        return page

    def shoot(self, page, name, **options):
        folder = os.environ.get("USHER_SCREENSHOTS")
        if folder:
            page.screenshot(path=str(pathlib.Path(folder) / f"{name}.png"), **options)
