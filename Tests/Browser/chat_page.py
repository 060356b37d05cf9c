"""The web chat of `usher serve` in a real browser, against a real server with stand-ins for AWS: a whole evaluation, two
tabs, lost connections, hostile replies, tokens, the keyboard, contrast, and a narrow screen.

Usage: python chat_page.py PATH-OF-usher [TEST…]
"""

import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import unittest

from _support import PACKAGES, TASK, BrowserTests, Server
from playwright.sync_api import expect

USHER = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "usher"
# Tests are quicker than people.
QUICK = {f"USHER_LIMITS_{name}": "100000" for name in ("BURST", "USER_PER_MINUTE", "SESSION_PER_MINUTE")}
HOSTILE = (
    "<img src=x onerror=\"document.title='taken'\"></script><script>document.title='taken'</script> "
    "\u202eevil\u202c {{task}} ${7*7} javascript:alert(1) \u200b\ufeff &amp; 'quoted'"
)
TO_MODEL = [
    TASK, "s3://usher-datasets/evaluation/good.jsonl", "query and response", "no", "yes",
    f"{PACKAGES}:model-package/support-bot/2",
]
# What a page looks at to compare the colours of a text and of what is behind it.
CONTRAST = """() => {
  const channel = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const parts = t => { const [r, g, b, a = 1] = t.match(/[\\d.]+/g).map(Number); return {r, g, b, a}; };
  const light = ({r, g, b}) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
    if (c.a === 1) return c; if (c.a > 0) throw new Error('a ground that is half seen'); }
    return parts(getComputedStyle(document.documentElement).backgroundColor); };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.matches('textarea, input')) continue;
    if (!e.checkVisibility() || e.matches('.unseen, noscript, script')) continue;
    const [x, y] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((p, q) => q - p);
    found.push([e.tagName + '.' + e.className + '#' + e.id + ': ' + e.textContent.slice(0, 30), (x + .05) / (y + .05)]);
  }
  return found;
}"""


class ChatPage(BrowserTests):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = Server(USHER, **QUICK)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        super().tearDownClass()

    def serve(self, *options, **settings):
        """A server of the test's own."""
        server = Server(USHER, *options, **{**QUICK, **settings})
        self.addCleanup(server.close)
        return server

    def open(self, url=None, context=None, **options):
        page = self.watch((context or self.context(**options)).new_page())
        page.goto(url or self.server.url)
        return page

    def begin(self, url=None, context=None, **options):
        page = self.open(url, context, **options)
        page.get_by_role("button", name="Begin: model-evaluation").click()
        expect(page.locator(".bot")).to_have_count(1)
        return page

    def say(self, page, *replies):
        """Types replies, each when the one before was answered."""
        for reply in replies:
            count = page.locator(".own:not(.sending)").count()
            page.get_by_label("Your reply").fill(reply)
            page.get_by_label("Your reply").press("Enter")
            self.answered(page, count + 1)

    def answered(self, page, count):
        expect(page.locator(".own:not(.sending):not(.lost)")).to_have_count(count)
        # The steps come with the question's answers, after the messages.
        expect(page.locator("#status.busy")).to_have_count(0)
        expect(page.locator("#log > :last-child")).to_have_class(re.compile("bot"))

    def sent(self, page):
        """Waits until nothing is on its way to the server any more."""
        while page.evaluate("sessionStorage.getItem('usher-unsent')") is not None:
            page.wait_for_timeout(20)

    def said(self, page):
        """The conversation: who said it, and what."""
        return page.locator(".item").evaluate_all(
            "nodes => nodes.map(n => [n.classList.contains('own') ? 'own' : 'bot', n.querySelector('.said').textContent])"
        )

    def session(self, page):
        return re.search(r"#session=([^&]+)$", page.url)[1]

    def check_quiet(self, server=None, allowed=()):
        """Nothing was asked of anybody else, and the browser complained of nothing: no policy was broken."""
        origin = (server or self.server).url
        self.assertEqual([], [url for url in self.requests if not url.startswith((origin, "blob:" + origin))])
        self.assertEqual([], [text for text in self.messages if not any(word in text for word in allowed)])

    # A conversation

    def test_a_whole_evaluation(self):
        page = self.begin(accept_downloads=True)
        self.assertEqual("Usher", page.title())
        self.shoot(page, "chat-begun")
        status, _, transcript = self.server.ask("GET", f"/v1/sessions/{self.session(page)}/transcript")
        self.assertIn("bot: ", transcript.decode())
        self.say(page, TASK, "s3://usher-datasets/evaluation/good.jsonl", "query and response")
        # Yes and no are buttons; what they say is seen in the conversation like what was typed.
        page.get_by_role("group", name="Answers").get_by_role("button", name="No", exact=True).click()
        self.answered(page, 4)
        self.assertIn(["own", "no"], self.said(page))
        # What is proposed is chosen already; others can be added, all of them are sent by their names.
        choices = page.locator(".options").last
        expect(choices.get_by_role("button", pressed=True)).to_have_count(4)
        choices.get_by_role("button", name="Coherence").click()
        choices.get_by_role("button", name="Relevance").click()
        self.shoot(page, "chat-choices")
        page.get_by_role("button", name="Send what is chosen").click()
        self.answered(page, 5)
        self.assertIn(["own", "Correctness, Completeness, Faithfulness, Coherence"], self.said(page))
        expect(page.locator("button[aria-pressed]:not(#all)")).to_have_count(0)
        self.say(page, "support-bot")
        page.get_by_role("button", name="Yes", exact=True).click()
        self.answered(page, 7)
        # The picture says where it is, and the page does after it was loaded again: nothing is lost or said twice.
        expect(page.locator("[aria-current=step]")).to_have_text(re.compile("the judge"))
        before = self.said(page)
        page.reload()
        expect(page.locator(".item")).to_have_count(len(before))
        self.assertEqual(before, self.said(page))
        expect(page.locator("[aria-current=step]")).to_have_text(re.compile("the judge"))
        self.shoot(page, "chat-judge")
        page.get_by_role("button", name="Mistral Large", exact=True).click()
        self.answered(page, 8)
        page.get_by_role("button", name="Yes", exact=True).click()
        self.answered(page, 9)
        self.say(page, "s3://usher-results/evaluations/")
        expect(page.locator(".bot").last).to_contain_text("Correctness, Completeness, Faithfulness and Coherence")
        page.get_by_role("button", name="Yes", exact=True).click()
        self.answered(page, 11)
        # A gate has no button that agrees.
        expect(page.locator(".bot").last).to_contain_text("Do you acknowledge this and agree to go on?")
        expect(page.locator("[aria-current=step]")).to_have_text(re.compile("the agreement"))
        expect(page.locator("#log button:enabled")).to_have_count(0)
        self.shoot(page, "chat-agreement")
        self.say(page, "I agree", "yes")
        page.get_by_role("button", name="Yes", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("This conversation has come to its end.")
        expect(page.locator(".bot").last).to_contain_text("The notebook is ready")
        expect(page.locator("[aria-current=step]")).to_have_count(0)
        self.shoot(page, "chat-end")
        # The notebook and the transcript are what the server has.
        path = f"/v1/sessions/{self.session(page)}"
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(r"\.ipynb$")).click()
        files = self.server.ask("GET", path + "/files")[2]["files"]
        [notebook] = [file for file in files if file["path"].endswith(".ipynb")]
        text = pathlib.Path(download.value.path()).read_bytes()
        self.assertEqual(notebook["size"], len(text))
        self.assertEqual(4, json.loads(text)["nbformat"])
        self.assertEqual(notebook["path"].rsplit("/", 1)[1], download.value.suggested_filename)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download transcript").click()
        text = pathlib.Path(download.value.path()).read_text(encoding="utf-8")
        self.assertIn("user: I agree", text)
        self.assertTrue(download.value.suggested_filename.endswith(".transcript"))
        page.get_by_role("button", name="Show every step").click()
        expect(page.locator("#steps .skipped").first).to_be_visible()
        self.shoot(page, "chat-every-step")
        # Afterwards it is among the conversations, and goes on by its link.
        link = page.url
        page.get_by_role("link", name="All conversations").click()
        earlier = page.get_by_role("link", name=re.compile("model-evaluation, begun .*, at its end"))
        expect(earlier.first).to_be_visible()
        self.shoot(page, "chat-start")
        page.goto(link)
        expect(page.locator(".bot").last).to_contain_text("The notebook is ready")
        self.check_quiet()

    def test_two_tabs_show_the_same(self):
        context = self.context(permissions=["clipboard-read", "clipboard-write"])
        one = self.begin(context=context)
        one.get_by_role("button", name="Copy link").click()
        expect(one.get_by_role("button", name="Link copied")).to_be_visible()
        self.assertEqual(one.url, one.evaluate("navigator.clipboard.readText()"))
        two = self.open(one.evaluate("navigator.clipboard.readText()"), context)
        expect(two.locator(".bot")).to_have_count(1)
        self.say(one, TASK)
        expect(two.locator(".own")).to_have_text([re.compile("customers' questions")])
        # A tab that nobody looks at leaves its connection to others, and catches up when it is looked at.
        hide = "h => { Object.defineProperty(document, 'hidden', {configurable: true, get: () => h}); " \
            "document.dispatchEvent(new Event('visibilitychange')); }"
        one.evaluate(hide, True)
        self.say(two, "s3://usher-datasets/evaluation/good.jsonl")
        self.assertEqual(1, one.locator(".own").count())
        one.evaluate(hide, False)
        expect(one.locator(".own")).to_have_count(2)
        self.say(one, "query and response")
        # The same words of both at once are two replies.
        for page in (one, two):
            page.get_by_label("Your reply").fill("no")
        for page in (one, two):
            page.get_by_label("Your reply").press("Enter")
        for page in (one, two):
            self.answered(page, 5)
            self.sent(page)
        expect(two.locator(".item")).to_have_count(one.locator(".item").count())
        self.assertEqual(self.said(one), self.said(two))
        one.get_by_role("button", name="Delete…").click()
        self.shoot(one, "chat-delete")
        expect(one.get_by_role("button", name="Keep it")).to_be_focused()
        one.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
        expect(one.get_by_role("heading", name="New conversation")).to_be_visible()
        expect(two.get_by_role("alert").first).to_contain_text("This conversation was deleted.")
        expect(two.get_by_role("button", name="Begin: model-evaluation")).to_be_visible()
        self.check_quiet()

    def test_hostile_replies(self):
        page = self.begin()
        self.say(page, HOSTILE)
        own = page.locator(".own .said").first
        # It is there as it was written, and nothing in it hides or does anything.
        for part in ("<img src=x", "</script><script>", "⟨U+202E⟩evil⟨U+202C⟩", "⟨U+200B⟩⟨U+FEFF⟩", "&amp;"):
            expect(own).to_contain_text(part)
        self.say(page, "status")
        expect(page.locator(".bot", has_text="<img src=x").last).to_contain_text("⟨U+202E⟩evil")
        self.assertEqual(0, page.locator("img, main script, iframe, object").count())
        self.assertNotRegex(page.locator("body").text_content(), "[\u202e\u200b\x00]")
        # What the server does not keep is not on the page either.
        secret = "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        self.say(page, secret)
        expect(page.locator(".own").last).to_have_text(re.compile("Not kept: it held a secret"))
        self.assertNotIn("EXAMPLEKEY", page.content())
        self.assertNotIn("EXAMPLEKEY", page.evaluate("JSON.stringify(sessionStorage)"))
        self.say(page, "x" * 20_000)
        expect(page.locator(".own").last).to_have_text(re.compile("Not kept|x{100}"))
        self.say(page, "a\u0000b\u001b[31mc")
        self.assertNotRegex(page.locator("body").text_content(), "[\x00\x1b]")
        # Too much for the server: it says so, and what was typed is there again.
        field = page.get_by_label("Your reply")
        field.fill("y" * 100_000)
        field.press("Enter")
        expect(page.get_by_role("alert").first).to_contain_text("This is too long to be sent. A body may have 65536 bytes")
        expect(field).to_have_value("y" * 100_000)
        expect(page.locator(".lost")).to_contain_text("Not sent.")
        page.set_viewport_size({"width": 320, "height": 640})
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 320)
        field.fill("")
        self.shoot(page, "chat-hostile")
        # Names in the address are only names.
        page.goto(self.server.url + "#session=" + "..%2F..%2Fhealthz%3Fx%3D%3Cimg%3E")
        expect(page.get_by_role("alert").first).to_contain_text("Begin a new conversation")
        self.assertEqual("Usher", page.title())
        self.check_quiet(allowed=("status of 413", "status of 404"))

    def test_a_hostile_flow(self):
        """What a flow says is text as well, and a button answers with what means its option and no other."""
        folder = Server.room()
        self.addCleanup(shutil.rmtree, folder, True)
        (folder / "evil" / "prompts").mkdir(parents=True)
        evil = "</script><img src=x onerror=alert(1)> \\u202e"
        (folder / "evil" / "flow.yaml").write_text(
            f"""flow: evil
title: "{evil}"
slots:
  one: {{type: choice, options: {{a: "Red, or so", b: "<b>Blue</b>", c: "Green"}}}}
  some: {{type: choices, options: {{x: "Tea, hot", y: "Milk & sugar", z: "Lemon"}}}}
steps:
  - {{id: one, collect: one, title: "{evil}"}}
  - {{id: some, collect: some}}
  - {{id: told, say: told}}
  - {{id: end, end: done}}
""", encoding="utf-8",
        )
        (folder / "evil" / "prompts" / "p.yaml").write_text(
            f'ask_one: "{evil} Which?"\nask_some: Which of them?\n'
            'told: "{{one}} | {{some}}"\n', encoding="utf-8"
        )
        server = self.serve("--offline", "--prompts", str(folder), "--flow", "evil")

        def pick(*names):
            """Begins, and answers both questions by buttons; what was said by them, and what it was taken for."""
            page = self.open(server.url)
            page.get_by_role("button", name="Begin: evil").click()
            page.get_by_role("button", name=names[0]).click()
            for name in names[1:]:
                page.get_by_role("button", name=name).click()
            page.get_by_role("button", name="Send what is chosen").click()
            expect(page.get_by_role("status")).to_have_text("This conversation has come to its end.")
            expect(page.locator(".own")).to_have_count(2)
            self.assertEqual(0, page.locator("img, main b").count())
            self.assertIn("</script><img src=x onerror=alert(1)> ⟨U+202E⟩", page.locator("#steps").text_content())
            said = self.said(page)
            return [text for who, text in said if who == "own"] + [said[-1][1]]

        self.assertEqual(["1", "1, Lemon", "Red, or so | Tea, hot and Lemon"], pick("Red, or so", "Tea, hot", "Lemon"))
        self.assertEqual(
            ["<b>Blue</b>", "Milk & sugar", "<b>Blue</b> | Milk & sugar"], pick("<b>Blue</b>", "Milk & sugar")
        )
        self.assertEqual(
            ["Green", "1, Milk & sugar, Lemon", "Green | Tea, hot, Milk & sugar and Lemon"],
            pick("Green", "Milk & sugar", "Tea, hot", "Lemon"),
        )
        self.check_quiet(server)

    def test_a_session_that_is_not_there(self):
        page = self.open(self.server.url + "#session=s-none")
        expect(page.get_by_role("alert").first).to_contain_text("There is no session 's-none'.")
        expect(page.get_by_role("button", name="Begin: model-evaluation")).to_be_visible()
        self.assertNotIn("s-none", page.url)
        self.shoot(page, "chat-unknown")
        self.check_quiet(allowed=("status of 404",))

    # When something goes wrong

    def test_a_reply_whose_answer_is_lost_counts_once(self):
        page = self.begin()
        keys = []

        def lose(route):
            keys.append(route.request.headers["idempotency-key"])
            answer = route.fetch()
            if len(keys) < 3:
                route.abort("connectionreset")
            else:
                route.fulfill(response=answer)

        page.route("**/replies", lose)
        self.say(page, TASK)
        # By the stream it is known before it is answered; it is sent until it is.
        self.sent(page)
        self.assertEqual(1, len(set(keys)))
        self.assertEqual(1, page.locator(".own").count())
        export = self.server.ask("GET", f"/v1/sessions/{self.session(page)}/export")[2].decode()
        self.assertEqual(1, export.count('"event":"reply"'))
        page.unroute("**/replies")
        # The same where the page is left before the answer is there.
        page.route("**/replies", lambda route: route.fetch() and route.abort("connectionreset"))
        page.get_by_label("Your reply").fill("s3://usher-datasets/evaluation/good.jsonl")
        page.get_by_label("Your reply").press("Enter")
        expect(page.locator(".bot").last).to_contain_text("What does each record look like")
        page.unroute("**/replies")
        page.reload()
        self.answered(page, 2)
        self.sent(page)
        expect(page.locator(".own")).to_have_count(2)
        export = self.server.ask("GET", f"/v1/sessions/{self.session(page)}/export")[2].decode()
        self.assertEqual(2, export.count('"event":"reply"'))
        self.check_quiet(allowed=("ERR_CONNECTION_RESET",))

    def test_a_server_that_restarts_in_the_middle(self):
        server = self.serve("--offline")
        page = self.begin(server.url)
        self.say(page, *TO_MODEL[:3])
        before = self.said(page)
        server.stop()
        expect(page.get_by_role("status")).to_contain_text("The connection is lost.")
        self.shoot(page, "chat-lost")
        page.get_by_label("Your reply").fill("no")
        page.get_by_label("Your reply").press("Enter")
        expect(page.locator(".sending")).to_have_count(1)
        expect(page.get_by_role("status")).to_contain_text("Sending it again in")
        server.start()
        self.answered(page, 4)
        self.assertEqual([*before, ["own", "no"]], self.said(page)[: len(before) + 1])
        expect(page.get_by_role("status")).to_have_text("")
        # The same where it is killed.
        server.stop(signal.SIGKILL)
        page.get_by_label("Your reply").fill("yes")
        page.get_by_label("Your reply").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Sending it again in")
        server.start()
        self.answered(page, 5)
        self.check_quiet(server, allowed=("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED", "ERR_CONNECTION_RESET"))

    def test_no_network_for_a_while(self):
        context = self.context()
        page = self.begin(context=context)
        context.set_offline(True)
        page.get_by_label("Your reply").fill(TASK)
        page.get_by_label("Your reply").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("The server cannot be reached.")
        context.set_offline(False)
        self.answered(page, 1)
        expect(page.get_by_role("status")).to_have_text("")
        self.check_quiet(allowed=("ERR_INTERNET_DISCONNECTED",))

    def test_too_many_requests(self):
        server = self.serve("--offline", USHER_LIMITS_BURST="3", USHER_LIMITS_USER_PER_MINUTE="60")
        page = self.begin(server.url)
        self.say(page, *TO_MODEL[:2])
        self.assertEqual(TO_MODEL[:2], [text for who, text in self.said(page) if who == "own"])
        self.assertTrue(any("status of 429" in text for text in self.messages), "the limit was not reached")
        self.check_quiet(server, allowed=("status of 429",))

    def test_work_that_takes_a_while(self):
        real = shutil.which("aws")
        if not real:
            self.skipTest("there is no aws command; run under scripts/with-real-parts")
        server = self.serve()
        tools = server.folder / "bin"
        tools.mkdir()
        # Each call waits for a file of its own test.
        (tools / "aws").write_text(
            f'#!/bin/sh\nwhile ! [ -e "{server.folder}/go" ]; do sleep 0.1; done\nexec "{real}" "$@"\n', encoding="utf-8"
        )
        (tools / "aws").chmod(0o755)
        server.stop()
        server.environment["PATH"] = f"{tools}:{server.environment['PATH']}"
        server.start()
        page = self.begin(server.url)
        self.say(page, *TO_MODEL[:2])
        page.get_by_label("Your reply").fill(TO_MODEL[2])
        page.get_by_label("Your reply").press("Enter")
        expect(page.get_by_role("status")).to_have_text("Working: validate…")
        expect(page.locator("#status")).to_have_class("busy")
        turning = "getComputedStyle(document.querySelector('#status'), '::before').animationName"
        self.assertEqual("turn", page.evaluate(turning))
        page.emulate_media(reduced_motion="reduce")
        self.assertEqual("none", page.evaluate(turning))
        self.shoot(page, "chat-working")
        (server.folder / "go").touch()
        self.answered(page, 3)
        expect(page.locator(".bot").last).to_contain_text("custom metrics")
        self.check_quiet(server)

    # Tokens

    def test_tokens(self):
        folder = Server.room()
        self.addCleanup(shutil.rmtree, folder, True)
        tokens = str(folder / "tokens.json")
        made = subprocess.run(
            [USHER, "token", "add", "--tokens", tokens, "ann"], capture_output=True, text=True, check=True, timeout=60
        )
        token = made.stdout.strip()
        server = self.serve("--offline", "--tokens", tokens)
        context = self.context(accept_downloads=True)
        page = self.open(server.url, context)
        field = page.get_by_label("Your access token")
        expect(field).to_be_focused()
        self.assertEqual("password", field.get_attribute("type"))
        self.shoot(page, "chat-token")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(field).to_be_visible()
        for wrong, word in (("usher_wrong", "The token is not known"), ("größe", "This is no token")):
            field.fill(wrong)
            field.press("Enter")
            expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text(word)
        field.fill(token)
        field.press("Enter")
        page.get_by_role("button", name="Begin: model-evaluation").click()
        self.say(page, *TO_MODEL[:2])
        with page.expect_download() as download:
            page.get_by_role("link", name="Download transcript").click()
        self.assertIn("user: It answers", pathlib.Path(download.value.path()).read_text(encoding="utf-8"))
        # It is kept in the tab, and nowhere else.
        page.reload()
        self.answered(page, 2)
        self.assertNotIn(token, page.url + page.content())
        self.assertEqual("{}", page.evaluate("JSON.stringify(localStorage)"))
        self.assertEqual([], context.cookies())
        self.assertEqual([], [url for url in self.requests if token in url])
        self.assertNotIn(token, "".join(server.log))
        other = self.open(page.url, context)
        expect(other.get_by_label("Your access token")).to_be_focused()
        # A token that is taken back is asked for again, and the conversation goes on.
        subprocess.run([USHER, "token", "remove", "--tokens", tokens, "ann"], check=True, timeout=60)
        page.get_by_label("Your reply").fill(TO_MODEL[2])
        page.get_by_label("Your reply").press("Enter")
        expect(field).to_be_focused()
        made = subprocess.run(
            [USHER, "token", "add", "--tokens", tokens, "ann"], capture_output=True, text=True, check=True, timeout=60
        )
        field.fill(made.stdout.strip())
        field.press("Enter")
        self.answered(page, 3)
        page.get_by_role("button", name="Sign out").click()
        expect(field).to_be_focused()
        self.assertEqual("{}", page.evaluate("JSON.stringify(sessionStorage)"))
        # A token that allows less says what it lacks.
        made = subprocess.run(
            [USHER, "token", "add", "--tokens", tokens, "eve", "--scope", "read"], capture_output=True, text=True, check=True,
            timeout=60,
        )
        field.fill(made.stdout.strip())
        field.press("Enter")
        expect(page.get_by_role("alert").first).to_contain_text("There is no session")
        page.get_by_role("button", name="Begin: model-evaluation").click()
        expect(page.get_by_role("alert").first).to_contain_text("The token lacks the scope 'converse'.")
        self.check_quiet(server, allowed=("status of 401", "status of 403", "status of 404"))

    # Others

    def test_a_page_of_others_gets_nothing_done(self):
        server = self.serve("--offline")

        class Evil(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>evil</title>")

            def log_message(self, *_):
                pass

        evil = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Evil)
        threading.Thread(target=evil.serve_forever, daemon=True).start()
        self.addCleanup(evil.server_close)
        self.addCleanup(evil.shutdown)
        page = self.context().new_page()
        # The same name at another port, and another name for the same machine.
        for name in ("127.0.0.1", "localhost"):
            page.goto(f"http://{name}:{evil.server_address[1]}/")
            outcomes = page.evaluate(
                """async (url) => {
                  const send = (path, options) => fetch(url + path, options).then(a => a.type, e => 'refused');
                  const json = {'Content-Type': 'application/json'};
                  const form = document.body.appendChild(document.createElement('form'));
                  const frame = document.body.appendChild(document.createElement('iframe'));
                  frame.name = 'frame';
                  Object.assign(form, {action: url + 'v1/sessions', method: 'post', target: 'frame', enctype: 'text/plain'});
                  form.appendChild(Object.assign(document.createElement('input'), {name: '{"a', value: '":1}'}));
                  form.submit();
                  const stream = new EventSource(url + 'v1/sessions/none/events');
                  await new Promise(done => { stream.onerror = done; stream.onopen = done; });
                  stream.close();
                  return Promise.all([
                    send('v1/sessions', {method: 'POST', body: '{}', mode: 'no-cors'}),
                    send('v1/sessions', {method: 'POST', body: '{}', headers: json}),
                    send('v1/sessions', {method: 'DELETE'}), send('v1/sessions'), send(''),
                  ]);
                }""",
                server.url,
            )
            self.assertEqual(["refused"] * 4, outcomes[1:])
            page.wait_for_load_state("networkidle")
        # The browser tells the page nothing; the server's log tells what came, and that it was refused.
        asked = [json.loads(line) for line in server.log if '"route":"/v1/' in line]
        self.assertEqual({"403", "405"}, {line["status"] for line in asked}, asked)
        self.assertLessEqual({"GET", "POST"}, {line["method"] for line in asked if line["status"] == "403"}, asked)
        self.assertEqual({"sessions": []}, server.ask("GET", "/v1/sessions")[2])
        # It cannot be put into a frame of another page either; a link leads to it.
        page.evaluate("url => { document.body.innerHTML = ''; const f = document.createElement('iframe'); f.src = url; "
                      "f.id = 'taken'; document.body.append(f); }", server.url)
        page.wait_for_load_state("networkidle")
        self.assertEqual([], [frame.url for frame in page.frames if frame.url == server.url])
        page.evaluate("url => { location.href = url; }", server.url)
        expect(page.get_by_role("button", name="Begin: model-evaluation")).to_be_visible()

    # For everybody

    def test_the_keyboard_alone(self):
        server = self.serve("--offline")
        page = self.open(server.url)
        begin = page.get_by_role("button", name="Begin: model-evaluation")
        expect(begin).to_be_visible()
        for _ in range(10):
            if begin.evaluate("e => e === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        field = page.get_by_label("Your reply")
        expect(field).to_be_focused()
        expect(page.locator(".bot")).to_have_count(1)
        for number, reply in enumerate(TO_MODEL[:4]):
            page.keyboard.type(reply)
            page.keyboard.press("Enter")
            self.answered(page, number + 1)
            expect(field).to_be_focused()
        # From the field backwards over the button that sends to the answers, the last first.
        expect(page.get_by_role("button", name="Send what is chosen")).to_be_visible()
        seen = []
        for _ in range(20):
            page.keyboard.press("Shift+Tab")
            seen.append(page.evaluate("document.activeElement.textContent"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            self.assertEqual("solid", outline, "what has the focus is not seen: " + seen[-1])
            if seen[-1] == "Correctness":
                break
        self.assertEqual(["No", "Yes", "Send what is chosen", "Refusal"], seen[:4])
        page.keyboard.press("Space")
        expect(page.get_by_role("button", name="Correctness")).to_have_attribute("aria-pressed", "false")
        page.get_by_role("button", name="Send what is chosen").focus()
        page.keyboard.press("Enter")
        self.answered(page, 5)
        expect(page.locator(".own").last).to_have_text(re.compile("Completeness, Faithfulness, Relevance"))
        expect(field).to_be_focused()
        # A line break is no end.
        page.keyboard.type("one")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("two")
        expect(field).to_have_value("one\ntwo")
        # The link at the beginning leads to the field.
        page.reload()
        expect(field).to_be_focused()
        skip = page.get_by_role("link", name="Skip to your reply")
        for _ in range(30):
            page.keyboard.press("Shift+Tab")
            if skip.evaluate("e => e === document.activeElement"):
                break
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
        self.check_quiet(server)

    def test_what_a_screen_reader_gets(self):
        server = self.serve("--offline")
        page = self.begin(server.url)
        self.assertEqual("en", page.locator("html").get_attribute("lang"))
        self.say(page, *TO_MODEL, "yes")
        expect(page.locator("#log button:enabled").first).to_be_visible()
        outline = page.locator("body").aria_snapshot()
        for line in (
            "- banner:", 'heading "Usher" [level=1]', 'navigation "Conversation":', "- main:", 'log "Messages":',
            'button "Mistral Large"', "status", 'textbox "Your reply"', 'button "Send"',
            'complementary "Progress and files":', "listitem: ● the judge , here", "the fine-tuned model , done",
            "where the results go , to come",
        ):
            self.assertIn(line.replace("● ", ""), outline)
        self.assertIn("text: \"You:\"", outline)
        self.say(page, "goodbye")
        expect(page.get_by_role("status")).to_contain_text("This conversation pauses.")
        self.say(page, "status")
        expect(page.get_by_role("status")).to_have_text("")
        log = page.get_by_role("log")
        self.assertEqual("polite", log.get_attribute("aria-live"))
        expect(log).to_have_attribute("aria-busy", "false")
        # Each thing that takes an input has a name.
        self.assertEqual(
            [], page.evaluate("[...document.querySelectorAll('button, a, textarea, input')]"
                              ".filter(e => e.checkVisibility() && !e.textContent.trim() && !e.labels?.length)"
                              ".map(e => e.outerHTML)")
        )

    def test_contrast(self):
        server = self.serve("--offline")
        link = None
        for scheme in ("light", "dark"):
            page = self.open(link or server.url, color_scheme=scheme)
            poor, count = [], 0

            def look():
                nonlocal count
                found = page.evaluate(CONTRAST)
                count += len(found)
                poor.extend(pair for pair in found if pair[1] < 4.5)

            if not link:
                page.get_by_role("button", name="Begin: model-evaluation").click()
                expect(page.locator(".bot")).to_have_count(1)
                self.say(page, *TO_MODEL, "yes")
                link = page.url
            expect(page.locator("#log button:enabled").first).to_be_visible()
            page.get_by_role("button", name="Show every step").click()
            look()
            self.shoot(page, f"chat-{scheme}")
            page.get_by_role("button", name="Delete…").click()
            look()
            page.get_by_role("button", name="Keep it").click()
            page.goto(server.url + "#session=s-none")
            expect(page.get_by_role("alert").first).to_contain_text("There is no session")
            expect(page.get_by_role("link", name=re.compile("begun"))).to_be_visible()
            look()
            self.assertGreater(count, 100)
            self.assertEqual([], poor, scheme)
            ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            self.assertEqual(ground == "rgb(255, 255, 255)", scheme == "light")

    def test_a_narrow_screen(self):
        server = self.serve("--offline")
        page = self.open(server.url, viewport={"width": 320, "height": 640}, has_touch=True, reduced_motion="reduce")

        def fits():
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 320)
            for name in ("#log", "aside", "header"):
                wide = page.evaluate(f"(e => e ? e.scrollWidth - e.clientWidth : 0)(document.querySelector('{name}'))")
                self.assertLessEqual(wide, 0, name)

        fits()
        page.get_by_role("button", name="Begin: model-evaluation").tap()
        expect(page.locator(".bot")).to_have_count(1)
        self.say(page, *TO_MODEL)
        fits()
        self.shoot(page, "chat-narrow")
        expect(page.get_by_role("link", name="All conversations")).to_be_hidden()
        page.get_by_role("button", name="Menu").tap()
        expect(page.get_by_role("link", name="All conversations")).to_be_visible()
        fits()
        self.shoot(page, "chat-narrow-menu")
        page.get_by_role("button", name="Menu").tap()
        expect(page.get_by_role("link", name="All conversations")).to_be_hidden()
        page.locator("#progress summary").tap()
        expect(page.locator("[aria-current=step]")).to_be_visible()
        fits()
        self.shoot(page, "chat-narrow-progress")
        # What can be pressed is large enough for a finger (WCAG 2.5.8: 24 by 24).
        small = page.evaluate(
            "[...document.querySelectorAll('button:enabled, .button, summary')].filter(e => e.checkVisibility())"
            ".map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 24)"
            ".map(([text]) => text)"
        )
        self.assertEqual([], small)


if __name__ == "__main__":
    unittest.main()
