"""`usher serve` in IRC: a real ngircd, and people who write to the bot.

Usage: irc.py PATH-OF-usher        (needs ngircd)
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time

from _support import OFFLINE, Skip, check, main, wait_until
from scale_out import free_port
from serve import Server

CONFIGURATION = """
[Global]
Name = irc.test
Info = test
Listen = 127.0.0.1
Ports = {port}
{user}
[Limits]
MaxConnectionsIP = 0
MaxPenaltyTime = 0
{tls}
[Options]
DNS = no
Ident = no
PAM = no
ChrootDir =
"""


class Network:
    """An ngircd on a port of its own."""

    def __init__(self, room, certificate=None):
        self.program = shutil.which("ngircd", path=os.environ["PATH"] + ":/usr/sbin")
        if not self.program:
            raise Skip("there is no ngircd")
        self.port = free_port()
        self.file = room.folder / "ngircd.conf"
        user = "ServerUID = root\nServerGID = root" if os.getuid() == 0 else ""
        self.tls_port, tls = free_port(), ""
        if certificate:
            tls = f"[SSL]\nCertFile = {certificate}\nKeyFile = {certificate}.key\nPorts = {self.tls_port}"
        self.file.write_text(CONFIGURATION.format(port=self.port, user=user, tls=tls), encoding="utf-8")
        self.log = open(room.folder / "ngircd.log", "w+", encoding="utf-8", errors="replace")
        self.child = self
        room.chats.append(self)
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, "-n", "-f", self.file], stdout=self.log, stderr=self.log)

        def listens():
            check(self.process.poll() is None, "ngircd stopped:", self.text)
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0

        wait_until(listens, "ngircd", 10)

    @property
    def text(self):
        self.log.seek(0)
        return self.log.read()

    def stop(self):
        self.process.kill()
        self.process.wait()

    def close(self, force=True):
        self.stop()

    def settings(self, **more):
        return {
            "USHER_IRC_HOST": "127.0.0.1", "USHER_IRC_PORT": str(self.port), "USHER_IRC_TLS": "false", "USHER_ACTIONS_LEASE_SECONDS": "3",
            **more,
        }


class Person:
    """Somebody in the network, with all that they are told."""

    def __init__(self, network, nick):
        self.connection = socket.create_connection(("127.0.0.1", network.port), timeout=30)
        self.nick, self.rest, self.lines = nick, b"", []
        self.send(f"NICK {nick}")
        self.send(f"USER {nick} 0 * :{nick}")
        self.until(lambda line: " 001 " in line)

    def send(self, line):
        self.connection.sendall(line.encode() + b"\r\n")

    def read(self):
        """The next line, with its bytes counted."""
        while b"\r\n" not in self.rest:
            piece = self.connection.recv(4096)
            check(piece, "the connection ended", self.lines[-3:])
            self.rest += piece
        line, self.rest = self.rest.split(b"\r\n", 1)
        check(len(line) <= 510, "a line of", len(line))
        text = line.decode()
        if text.startswith("PING"):
            self.send("PONG" + text[4:])
        self.lines.append(text)
        return text

    def until(self, condition):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            line = self.read()
            if condition(line):
                return line
        raise AssertionError(f"waited in vain: {self.lines[-5:]}")

    def hears(self, words, place=None):
        """Waits until the bot says something with these words."""
        return self.until(lambda line: re.match(f":usher!.* PRIVMSG {re.escape(place or self.nick)} :", line) and words in line)

    def say(self, text, place="usher"):
        self.send(f"PRIVMSG {place} :{text}")

    def sees(self, nick):
        """Whether somebody is in the network."""
        self.send(f"ISON {nick}")
        return nick in self.until(lambda line: " 303 " in line).split(":")[2]

    def sees_in(self, nick, place):
        """Whether somebody is in a channel."""
        self.send(f"NAMES {place}")
        begin = len(self.lines)
        self.until(lambda line: " 366 " in line)
        names = [line for line in self.lines[begin:] if " 353 " in line]
        return nick in " ".join(line.rsplit(":", 1)[1] for line in names).replace("@", "").split()

    def close(self):
        self.connection.close()


def talk(person, replies=OFFLINE, place="usher", lead=""):
    """The conversation from the first question to the last but one; each reply after the question that it answers."""
    words = [
        "where in Amazon S3 is the evaluation dataset", "What does each record look like", "custom metrics of your own",
        "11. Refusal", "Which model is to be evaluated", "Is this the model", "Which of these models", "would run in",
        "Where in Amazon S3 should", "Is everything right", "agree to go on", "project folder be called", "Shall I create",
        "The notebook is ready",
    ]
    for reply, awaited in zip(replies, words):
        person.say(lead + reply, place)
        if awaited[0].islower():
            awaited = awaited[1:]
        person.hears(awaited, None if place == "usher" else place)


def case_a_whole_conversation_in_private(room):
    network = Network(room)
    server = Server(room, **network.settings())
    ann = Person(network, "ann")
    wait_until(lambda: ann.sees("usher"), "the bot")
    ann.say("hello")
    ann.hears("What was the model fine-tuned to do?")
    talk(ann)
    notebooks = list((room.state / "usher" / "workspaces").rglob("*.ipynb"))
    check(len(notebooks) == 1, notebooks)
    check(server.stop() == 0, server.text[-2000:])
    ann.close()


def case_in_a_channel_it_answers_who_addresses_it(room):
    network = Network(room)
    Server(room, **network.settings(USHER_IRC_CHANNELS="#eval"))
    ann, bob = Person(network, "Ann"), Person(network, "bob")
    wait_until(lambda: ann.sees("usher"), "the bot")
    for person in (ann, bob):
        person.send("JOIN #eval")
        person.until(lambda line: " 366 " in line)
    # It joins after it is in the network.
    wait_until(lambda: ann.sees_in("usher", "#eval"), "the bot in the channel")
    ann.say("good morning everybody", "#eval")
    bob.say("usher: hello", "#eval")
    check("bob: What was the model" in bob.hears("What was the model", "#eval"), bob.lines[-1])
    ann.say("usher, hello", "#eval")
    check("ann: What was the model" in ann.hears("ann: What was the model", "#eval"), ann.lines[-1])
    bob.say("Usher: " + OFFLINE[0], "#eval")
    bob.hears("bob: Where in Amazon S3 is the evaluation dataset", "#eval")
    ann.say("usher: status", "#eval")
    ann.hears("ann: ", "#eval")
    said = [line for line in ann.lines if line.startswith(":usher!")]
    check(all("customers" not in line for line in said if ":ann: " in line), "bob's words in ann's session", said)
    check(len([line for line in said if "What was the model" in line and ":bob:" in line]) == 1, said)
    for person in (ann, bob):
        person.close()


def case_a_network_and_a_server_that_die_lose_nothing_stored(room):
    network = Network(room)
    server = Server(room, **network.settings())
    ann = Person(network, "ann")
    wait_until(lambda: ann.sees("usher"), "the bot")
    ann.say("hello")
    ann.hears("What was the model")
    network.stop()
    network.start()
    ann = Person(network, "ann")
    wait_until(lambda: ann.sees("usher"), "the bot again", 30)
    ann.say(OFFLINE[0])
    ann.hears("Where in Amazon S3 is the evaluation dataset")
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not ann.sees("usher"), "the end of the bot that was killed")
    Server(room, **network.settings())
    wait_until(lambda: ann.sees("usher"), "the bot once more", 30)
    ann.say(OFFLINE[1])
    ann.hears("What does each record look like")
    ann.close()


def make_certificate(room, name):
    if not shutil.which("openssl"):
        raise Skip("there is no openssl")
    file = room.folder / "irc.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=" + name, "-addext", f"subjectAltName=DNS:{name}", "-keyout", f"{file}.key", "-out", file],
        check=True, capture_output=True,
    )
    return file


def case_with_tls_it_talks_to_a_server_that_it_can_trust(room):
    network = Network(room, make_certificate(room, "localhost"))
    tls = {"USHER_IRC_TLS": "true", "USHER_IRC_HOST": "localhost", "USHER_IRC_PORT": str(network.tls_port)}
    Server(room, **network.settings(**tls, SSL_CERT_FILE=str(room.folder / "irc.crt")))
    ann = Person(network, "ann")
    wait_until(lambda: ann.sees("usher"), "the bot")
    ann.say("hello")
    ann.hears("What was the model")
    ann.close()


def case_with_tls_it_does_not_talk_to_others(room):
    network = Network(room, make_certificate(room, "irc.example"))
    tls = {"USHER_IRC_TLS": "true", "USHER_IRC_HOST": "localhost", "USHER_IRC_PORT": str(network.tls_port)}
    ann = Person(network, "ann")
    # One whose certificate nobody vouches for, and one whose certificate is for another name.
    for trusted in ({}, {"SSL_CERT_FILE": str(room.folder / "irc.crt")}):
        server = Server(room, **network.settings(**tls, **trusted))
        wait_until(lambda: "the host is not trusted" in server.text, "a word of it", 30)
        check(not ann.sees("usher"), "the bot is there")
        check(server.stop() == 0, server.text[-2000:])
    ann.close()


def case_a_nick_that_is_taken(room):
    network = Network(room)
    eve = Person(network, "usher")
    Server(room, **network.settings())
    wait_until(lambda: eve.sees("usher_"), "the bot by another nick")
    eve.say("hello", "usher_")
    eve.until(lambda line: line.startswith(":usher_!") and "What was the model" in line)
    eve.close()


if __name__ == "__main__":
    sys.exit(main(globals()))
