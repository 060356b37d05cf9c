"""`usher serve` as a Slack app: a workspace on the loopback interface, with Slack's own libraries on the other side.

Usage: slack.py PATH-OF-usher
"""

import json
import sqlite3
import sys
import time

from _slack import BOT, SECRET, TOKEN, Slack
from _support import (
    OFFLINE, PACKAGES, REGION, TASK, check, constants, holds, main, need_stand_in, run, wait_until,
)
from serve import Server

DIRECT = "D1"
JUDGE = "Which of these models should be the judge?"
# The words of each question of an evaluation without AWS, with the reply.
TURNS = list(zip([
    "fine-tuned to do?", "is the evaluation dataset?", "What does each record look like", "custom metrics of your own",
    "Shall I take these?", "Which model is to be evaluated?", "Is this the model", JUDGE,
    f"The evaluation would run in {REGION}", "Where in Amazon S3 should the results go?", "Is everything right?",
    "acknowledge this and agree to go on?", "project folder be called?", "Shall I create",
], OFFLINE, strict=True))


def replies(room):
    """All replies that are kept."""
    with sqlite3.connect(room.state / "usher" / "server.sqlite") as database:
        rows = database.execute("SELECT body FROM event ORDER BY session, position").fetchall()
    events = [json.loads(body) for (body,) in rows]
    return [event["text"] for event in events if event["event"] == "reply"]


def case_a_whole_evaluation_in_a_thread(room):
    """With stand-ins for AWS; somebody else keeps writing in the thread, and agrees to what is not theirs."""
    need_stand_in()
    slack = Slack(room)
    server = Server(room, offline=False, **slack.settings)
    thread = slack.event(server, f"@{BOT} evaluate my model", kind="app_mention")
    slack.event(server, f"@{BOT} evaluate my model", ts=thread)
    turns = TURNS[:5] + [("Which model is to be evaluated?", "support-bot")] + TURNS[6:7] + [(JUDGE, None)] + TURNS[8:]
    said = []
    for words, reply in turns:
        post = slack.until(words)
        # The other one is told once whose it is, and nothing comes of it.
        slack.event(server, "I agree", user="U2", thread=thread)
        slack.event(server, f"@{BOT} yes", user="U2", thread=thread)
        if reply is None:
            slack.press(server, post, "Mistral Large", user="U2")
            slack.press(server, post, "Mistral Large")
            old = post
            reply = "Mistral Large"
        else:
            # A gate has no button.
            check("agree" not in words or not any(block["type"] == "actions" for block in post["blocks"]), post)
            slack.event(server, reply, thread=thread)
            slack.again(server)
        said.append(reply)
    slack.until("The notebook is ready")
    # A button of an earlier question does nothing.
    slack.press(server, old, "Anthropic Claude 3 Haiku")
    check(replies(room) == said, "other replies are kept", replies(room), said)
    check(all(post["channel"] == "C1" and post["thread_ts"] == thread for post in slack.posts), "another place")
    wait_until(lambda: sum(call["method"] == "chat.postEphemeral" for call in slack.calls) == 3, "what is told beside")
    told = [call for call in slack.calls if call["method"] == "chat.postEphemeral"]
    check([call["user"] for call in told] == ["U2", "U2", "U1"], told)
    check(told[0]["text"].startswith("This conversation is with <@U1>."), told[0])
    check(not slack.problems, slack.problems)
    notebooks = list((room.state / "usher" / "workspaces").rglob("*.ipynb"))
    check(len(notebooks) == 1, notebooks)
    values = constants(notebooks[0])
    check(values["MODEL"] == f"{PACKAGES}:model-package/support-bot/2", values)
    # What comes now begins another conversation.
    slack.event(server, f"@{BOT} and again", thread=thread)
    slack.until("fine-tuned to do?")
    check(server.stop() == 0, server.log)
    check(TASK not in server.text and "agree" not in server.text and SECRET not in server.text, "it is in the log")
    check(TOKEN not in server.text and not holds(TOKEN.encode(), room.state), "the token is kept")


def case_direct_messages_and_the_command(room):
    slack = Slack(room)
    server = Server(room, **slack.settings)
    check("directly" in slack.command(server), "the command says nothing")
    slack.until("fine-tuned to do?")
    slack.event(server, TASK, channel=DIRECT)
    slack.until("is the evaluation dataset?")
    check(slack.command(server, channel=DIRECT) == "", "more than the question")
    slack.until("is the evaluation dataset?")
    slack.command(server, OFFLINE[1])
    for words, reply in TURNS[2:]:
        slack.until(words)
        slack.event(server, reply, channel=DIRECT)
    slack.until("The notebook is ready")
    check({post["channel"] for post in slack.posts} == {"U1"}, slack.posts)
    # Others in the same place have conversations of their own.
    slack.event(server, "hello", user="U2", channel="D2")
    slack.until("fine-tuned to do?")
    check(slack.posts[-1]["channel"] == "U2" and not slack.problems, slack.posts[-1], slack.problems)


def case_too_many_requests_are_obeyed(room):
    slack = Slack(room)
    slack.answers = [(429, {"Retry-After": 2}, {"ok": False, "error": "ratelimited"}, None), (503, {}, {}, None)]
    server = Server(room, **slack.settings)
    slack.event(server, "hello", channel=DIRECT)
    slack.event(server, "help", channel=DIRECT)
    slack.until("fine-tuned to do?")
    first, second = slack.calls[:2]
    check(second["time"] - first["time"] >= 2, "it did not wait", second["time"] - first["time"])
    texts = [call["text"] for call in slack.calls]
    check(texts[0] == texts[1] == texts[2], "another message was sent meanwhile", texts)
    slack.until("You can also say")
    slack.until("fine-tuned to do?")
    check(not slack.problems, slack.problems)


def case_a_crash_in_the_middle_loses_nothing(room):
    """The process dies between the post and its mark; then with a message that nobody got."""
    slack = Slack(room)
    server = Server(room, **slack.settings)
    slack.answers = [(200, {}, None, server.process.kill)]
    slack.event(server, "hello", channel=DIRECT)
    first = slack.until("fine-tuned to do?")
    server.process.wait()
    server = Server(room, **slack.settings)
    slack.again(server)
    # Slack takes no key, so that it is there twice: better than not at all.
    check(slack.until("fine-tuned to do?")["text"] == first["text"], "another message")
    slack.answers = [(500, {}, {}, server.process.kill)]
    slack.event(server, TASK, channel=DIRECT)
    server.process.wait()
    server = Server(room, **slack.settings)
    slack.again(server)
    slack.until("is the evaluation dataset?")
    time.sleep(0.2)
    check(replies(room) == [TASK] and not slack.problems, replies(room), slack.problems)
    check(len(slack.posts) == 3, [post["text"] for post in slack.posts])


def case_two_processes_are_one_app(room):
    slack = Slack(room)
    servers = [Server(room, **slack.settings), Server(room, **slack.settings)]
    slack.event(servers[0], "hello", channel=DIRECT)
    for number, (words, reply) in enumerate(TURNS):
        slack.again(servers[number % 2])
        slack.until(words)
        slack.event(servers[(number + 1) % 2], reply, channel=DIRECT)
    slack.until("The notebook is ready")
    check(replies(room) == OFFLINE, replies(room))
    texts = [post["text"] for post in slack.posts]
    check(len(texts) == len(set(texts)) and not slack.problems, "a message came twice", texts, slack.problems)


def case_what_slack_did_not_send_is_refused(room):
    slack = Slack(room)
    server = Server(room, **slack.settings)
    challenge = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"})
    check(slack.request(server, "events", challenge, "application/json") == "abc", "the challenge")
    for options, status in [({"sign": False}, 401), ({"age": 301}, 401), ({"age": -301}, 401), ({"age": 290}, 200)]:
        slack.request(server, "events", challenge, "application/json", status=status, **options)
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "E", "event": {"type": []}})
    text = slack.request(server, "events", body, "application/json", status=400)
    check(json.loads(text)["type"] == "urn:usher:problem:bad-request", text)
    slack.request(server, "events", "a=b", "text/plain", status=415)
    slack.request(server, "commands", "[" * 100_000, "application/x-www-form-urlencoded", status=400)
    slack.request(server, "events", "[" * 100_000, "application/json", status=400)
    check(replies(room) == [] and not slack.calls, slack.calls)
    shown, _ = run(room, "serve", "--print-config", **slack.settings)
    check("slack.bot_token = ***  (environment)" in shown and TOKEN not in shown and SECRET not in shown, shown)
    _, error = run(room, "serve", code=1, USHER_SLACK_BOT_TOKEN=TOKEN)
    check("slack.signing_secret" in error and TOKEN not in error, error)


if __name__ == "__main__":
    sys.exit(main(globals()))
