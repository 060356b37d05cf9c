"""`usher serve` as a bot in Matrix, with Synapse, a real homeserver, on the loopback interface.

Usage: matrix.py PATH-OF-usher
"""

import json
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "EndToEnd"))

from _support import OFFLINE, REGION, check, holds, main, wait_until  # noqa: E402
from _synapse import Synapse  # noqa: E402
from serve import Server  # noqa: E402

JUDGE = "Which of these models should be the judge?"
TURNS = list(zip([
    "fine-tuned to do?", "is the evaluation dataset?", "What does each record look like", "custom metrics of your own",
    "Shall I take these?", "Which model is to be evaluated?", "Is this the model", JUDGE,
    f"The evaluation would run in {REGION}", "Where in Amazon S3 should the results go?", "Is everything right?",
    "acknowledge this and agree to go on?", "project folder be called?", "Shall I create",
], OFFLINE, strict=True))


class Talk:
    """What the bot says in a room, as somebody there reads it."""

    def __init__(self, person, bot, room):
        self.person, self.bot, self.room, self.seen = person, bot, room, 0

    def texts(self):
        found = [event for event in self.person.messages(self.room) if event["sender"] == self.bot.id]
        check(all(event["content"]["msgtype"] == "m.notice" for event in found), found)
        return [event["content"]["body"] for event in found]

    def until(self, words):
        """Waits for these words among what is new."""
        def found():
            return next((n for n, text in enumerate(self.texts()) if n >= self.seen and words in text), None)
        wait_until(lambda: found() is not None, f"{words!r} among {self.texts()[self.seen:]}", 60)
        self.seen = found() + 1


def said(checked):
    print(f"  checked: {checked}", flush=True)


def stored(room):
    """The replies that are kept, and how many messages of the bot."""
    with sqlite3.connect(room.state / "usher" / "server.sqlite") as database:
        rows = database.execute("SELECT body FROM event ORDER BY session, position").fetchall()
        count = database.execute("SELECT count(*) FROM message").fetchone()[0]
    events = [json.loads(body) for (body,) in rows]
    return [event["text"] for event in events if event["event"] == "reply"], count


def case_an_evaluation_in_a_room_through_all_that_happens(room):
    synapse = Synapse(room)
    bot, ann, bob = synapse.user("usher"), synapse.user("ann"), synapse.user("bob")
    settings = {
        "USHER_MATRIX_HOMESERVER": synapse.url, "USHER_MATRIX_ACCESS_TOKEN": bot.token,
        "USHER_ACTIONS_LEASE_SECONDS": "3",
    }
    server = Server(room, **settings)
    place = ann.ask("POST", "createRoom", {"preset": "private_chat"})["room_id"]
    ann.say(place, "what was said before is no reply")
    ann.ask("POST", f"rooms/{place}/invite", {"user_id": bot.id})
    talk = Talk(ann, bot, place)
    talk.until(TURNS[0][0])
    check(bot.id in ann.members(place) and stored(room)[0] == [], stored(room))
    said("the bot accepts an invitation and begins; what was said before is no reply")

    ann.say(place, TURNS[0][1])
    talk.until(TURNS[1][0])
    # Clients put what is replied to, and the bot's name, before what was typed.
    event = ann.say(place, f"> <{bot.id}> Where?\n\nusher: {TURNS[1][1]}",
                    **{"m.relates_to": {"m.in_reply_to": {"event_id": "$x"}}})
    ann.say(place, "* s3://other/x.jsonl", **{"m.relates_to": {"rel_type": "m.replace", "event_id": event}})
    ann.say(place, "no notice is a reply", msgtype="m.notice")
    talk.until(TURNS[2][0])
    check(stored(room)[0] == OFFLINE[:2], stored(room))
    said("replies with a quotation are read; edits and notices are not")

    server.process.kill()
    server.process.wait()
    ann.say(place, TURNS[2][1])
    server = Server(room, **settings)
    talk.until(TURNS[3][0])
    said("what was written while the bot was dead is answered when it is back")

    ann.ask("POST", f"rooms/{place}/invite", {"user_id": bob.id})
    bob.ask("POST", f"join/{place}", {})
    for words, reply in TURNS[3:6]:
        if words != TURNS[3][0]:
            talk.until(words)
        bob.say(place, "I agree")
        ann.say(place, reply)
    talk.until(TURNS[6][0])
    check(stored(room)[0] == OFFLINE[:6], stored(room))
    said("what others in the room write is no reply")

    synapse.stop()
    time.sleep(2)
    # Now the homeserver takes one message a second and no more.
    synapse.start(per_second=1, burst=1)
    for words, reply in TURNS[6:10]:
        if words != TURNS[6][0]:
            talk.until(words)
        ann.say(place, reply)
    talk.until(TURNS[10][0])
    said("the homeserver was restarted, and the bot went on")

    # The file is lost, and with it up to where it has read.
    server.process.kill()
    server.process.wait()
    count = len(talk.texts())
    (room.state / "usher" / "matrix-since").unlink()
    server = Server(room, **settings)
    wait_until((room.state / "usher" / "matrix-since").exists, "the file")
    ann.say(place, TURNS[10][1])
    talk.until(TURNS[11][0])
    check(stored(room)[0] == OFFLINE[:11], stored(room))
    wait_until(lambda: len(talk.texts()) >= stored(room)[1], "all messages")
    check(count < len(talk.texts()) == stored(room)[1], talk.texts())
    said("after the loss of its file the bot answers nothing old")

    bob.say(place, "I agree")
    bob.say(place, f"{bot.id} yes, I agree", **{"m.mentions": {"user_ids": [bot.id]}})
    talk.until(TURNS[0][0])
    ann.say(place, TURNS[11][1])
    for words, reply in TURNS[12:]:
        talk.until(words)
        ann.say(place, reply)
    talk.until("The notebook is ready")
    check(stored(room)[0] == OFFLINE, stored(room))
    wait_until(lambda: len(talk.texts()) >= stored(room)[1], "all messages")
    check(len(talk.texts()) == stored(room)[1], "a message was shown twice", talk.texts())
    said("somebody else's agreement counts for nobody, not even where they mention the bot: that begins one of their own")
    said("each message of the bot is in the room once")
    check('"reason":"too many requests"' in server.text, "the homeserver's limit was never come to")
    said("where the homeserver takes no more messages, the bot waits")

    ann.say(place, f"{bot.id} once more", **{"m.mentions": {"user_ids": [bot.id]}})
    talk.until(TURNS[0][0])
    said("after the end another evaluation begins")
    check(server.stop() == 0, server.log)
    check(bot.token not in server.text and not holds(bot.token.encode(), room.state), "the token is kept")
    check("agree" not in server.text and "s3://" not in server.text, "what was written is in the log")


def case_a_room_of_two_needs_no_mention_and_a_crowd_does(room):
    synapse = Synapse(room)
    bot, ann, bob = synapse.user("usher"), synapse.user("ann"), synapse.user("bob")
    server = Server(room, USHER_MATRIX_HOMESERVER=synapse.url, USHER_MATRIX_ACCESS_TOKEN=bot.token)
    hall = ann.ask("POST", "createRoom", {"preset": "private_chat", "invite": [bot.id, bob.id]})["room_id"]
    bob.ask("POST", f"join/{hall}", {})
    crowd = Talk(ann, bot, hall)
    crowd.until("fine-tuned to do?")
    bob.say(hall, "hello everybody")
    bob.say(hall, "usher?")
    pair = bob.ask("POST", "createRoom", {"preset": "trusted_private_chat", "is_direct": True, "invite": [bot.id]})["room_id"]
    direct = Talk(bob, bot, pair)
    direct.until("fine-tuned to do?")
    last = TURNS[0][1]
    for words, reply in [*TURNS[1:], ("The notebook is ready", None)]:
        bob.say(pair, last)
        direct.until(words)
        last = reply
    bob.say(pair, "again")
    direct.until("fine-tuned to do?")
    check(len(crowd.texts()) == 1, crowd.texts())
    check(server.stop() == 0, server.log)
    # A homeserver that is away, and a token that is none, are told and tried again.
    server = Server(room, USHER_MATRIX_HOMESERVER=synapse.url, USHER_MATRIX_ACCESS_TOKEN="syt_wrong")
    wait_until(lambda: "M_UNKNOWN_TOKEN" in server.text, "the log")
    check(server.stop() == 0, server.log)


if __name__ == "__main__":
    sys.exit(main(globals()))
