"""Drives TerminalProbe through a pseudo-terminal, as a person at a keyboard would.

Usage: terminal_probe.py PATH-OF-TerminalProbe        (needs pexpect)

Each function whose name begins with `test_` is one test. The exit code is the number of those that failed.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import termios
import time
import traceback

import pexpect

PROBE = ""
PROMPT = "probe>"
UP, DOWN = "\x1b[A", "\x1b[B"


class Session:
    """One run of the probe in a terminal of 80 columns, in a folder of its own."""

    def __init__(self, folder, locale="C.UTF-8", columns=80):
        environment = {"PATH": os.environ.get("PATH", ""), "TERM": "xterm"}
        if "ASAN_OPTIONS" in os.environ:
            environment["ASAN_OPTIONS"] = os.environ["ASAN_OPTIONS"]
        if locale is not None:
            environment["LANG"] = locale
        self.history = os.path.join(folder, "state", "usher", "history")
        self.child = pexpect.spawn(
            PROBE,
            [self.history, folder],
            env=environment,
            encoding="utf-8",
            codec_errors="replace",
            timeout=10,
            dimensions=(24, columns),
        )
        self.child.delaybeforesend = None
        self.expect(PROMPT)

    def expect(self, text):
        self.child.expect_exact(text)

    def send(self, text):
        self.child.send(text)

    def reply(self, keys, shown):
        """Types keys, and waits for the reply that they should make and for the next prompt."""
        self.send(keys)
        size = len(shown.replace("␊", "\n").encode())
        self.expect(f"reply: [{size}] {shown}\r\n")
        self.expect(PROMPT)

    def interrupt(self):
        self.child.sendintr()

    def end(self):
        self.send("\x04")
        self.expect("bye")
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0, (self.child.exitstatus, self.child.signalstatus)


def test_keys_edit_the_line(folder):
    session = Session(folder)
    session.reply("helo\x02l\r", "hello")  # Ctrl-B
    session.reply("world\x01hello \x05!\r", "hello world!")  # Ctrl-A, Ctrl-E
    session.reply("keep this\x01\x06\x06\x06\x06\x0b\r", "keep")  # Ctrl-F, Ctrl-K
    session.reply("one two\x17three\r", "one three")  # Ctrl-W
    session.reply("gone\x15stays\r", "stays")  # Ctrl-U
    session.reply("ac\x1b[Db\x1b[C\x7fd\r", "abd")  # arrows, Backspace
    session.reply("bc\x1b[Ha\x1b[Fd\x1b[H\x1b[3~\r", "bcd")  # Home, End, Delete
    session.reply("a\x1b[5~\x1b[6~b\r", "ab")  # Page Up and Page Down do nothing
    session.end()


def test_history_comes_back(folder):
    session = Session(folder)
    session.reply("first\r", "first")
    session.reply("second\r", "second")
    session.reply(UP + "\r", "second")
    session.reply(UP + UP + "\r", "first")
    session.reply(UP + UP + DOWN + "!\r", "first!")
    session.send("\x12seco")  # Ctrl-R
    time.sleep(0.2)
    session.reply("\r", "second")
    session.end()


def test_history_outlives_the_process_and_is_private(folder):
    session = Session(folder)
    session.reply("žluť\r", "žluť")
    session.reply("žluť\r", "žluť")
    session.reply("back\\slash\r", "back\\slash")
    session.reply("\x1b[200~[1,\r2]\x1b[201~\r", "[1,␊2]")
    session.reply("secret key\r", "secret key")
    session.end()
    assert os.stat(session.history).st_mode & 0o777 == 0o600
    with open(session.history, encoding="utf-8") as file:
        assert file.read() == "žluť\nback\\\\slash\n[1,\\n2]\n"
    session = Session(folder)
    session.reply(UP + "\r", "[1,␊2]")
    session.reply(UP + UP + "\r", "back\\slash")
    session.end()


def test_characters_of_all_lengths(folder):
    session = Session(folder)
    session.reply("žluť 日本\r", "žluť 日本")
    session.reply("日語\x02本\r", "日本語")
    session.reply("👍\x7fno\r", "no")
    # Bytes that are no UTF-8, among them one before Return.
    os.write(session.child.child_fd, b"a\xff\xc3(b\xe6\x97\r")
    session.expect("reply: [12] a\ufffd\ufffd(b\ufffd\r\n")
    session.expect(PROMPT)
    session.end()


def test_utf8_without_a_locale(folder):
    for locale in (None, "C", "xx_XX.nonsense"):
        session = Session(folder, locale=locale)
        session.send("žluť 日本")
        session.expect("žluť 日本")
        session.reply("\r", "žluť 日本")
        session.end()


def test_tab_completes(folder):
    os.mkdir(os.path.join(folder, "folder"))
    for name in ("data-1.jsonl", "data-2.jsonl", ".hidden", "folder/žluť.txt"):
        with open(os.path.join(folder, name), "w", encoding="utf-8"):
            pass
    session = Session(folder)
    session.send("fol\t")
    session.expect("der/")
    session.reply("\t\r", "folder/žluť.txt ")
    session.send("~/fo\t")
    session.expect("lder/")
    session.reply("\r", "~/folder/")
    session.send("da\t")
    session.expect("ta-")
    session.send("\t")
    session.expect("data-1.jsonl  data-2.jsonl")
    session.expect("data-")
    session.reply("2\t\r", "data-2.jsonl ")
    session.reply(".h\t\r", ".hidden ")
    session.send("/H\t\t")
    session.expect("/help     /history")
    session.expect("/h")
    session.reply("e\t\r", "/help ")
    session.reply("none-such\t\r", "none-such")
    session.end()


def test_ctrl_c_gives_the_line_up_and_keeps_the_process(folder):
    session = Session(folder)
    for _ in range(3):
        session.send("half a line")
        session.expect("half a line")
        session.interrupt()
        session.expect("interrupted")
        session.expect(PROMPT)
    session.reply("whole\r", "whole")
    session.send("[1,\r")
    session.expect("… ")
    session.interrupt()
    session.expect("interrupted")
    session.expect(PROMPT)
    session.reply("new\r", "new")
    session.end()


def test_ctrl_c_below_a_long_line(folder):
    session = Session(folder, columns=40)
    session.send("word " * 20 + "\x01")
    time.sleep(0.3)
    session.interrupt()
    session.expect("interrupted")
    session.expect(PROMPT)
    session.reply("ok\r", "ok")
    session.end()


def test_ctrl_c_reaches_what_runs(folder):
    session = Session(folder)
    for _ in range(3):
        session.send("work\r")
        session.expect("work begins")
        session.expect("working")
        session.interrupt()
        session.expect("work cancelled")
        session.expect("reply: [4] work")
        session.expect(PROMPT)
    session.end()


def test_what_hangs_can_be_killed(folder):
    session = Session(folder)
    session.send("hang\r")
    session.expect("hang")
    for _ in range(20):
        time.sleep(0.2)
        if not session.child.isalive():
            break
        session.interrupt()
    session.child.wait()
    assert session.child.signalstatus == signal.SIGINT, session.child.signalstatus


def test_what_is_typed_meanwhile_is_kept(folder):
    session = Session(folder)
    session.send("work\r")
    session.expect("work begins")
    session.send("typed ahead\r")
    time.sleep(0.2)
    os.kill(session.child.pid, signal.SIGINT)
    session.expect("reply: [4] work")
    session.expect("reply: [11] typed ahead")
    session.expect(PROMPT)
    session.end()


def test_a_paste_is_one_reply(folder):
    session = Session(folder)
    session.reply('\x1b[200~{\r  "a": 1,\r\n\r  "b": 2}\r\x1b[201~\r', '{␊  "a": 1,␊␊  "b": 2}')
    session.reply("see \x1b[200~this\x1b[201~ now\r", "see this now")
    session.reply("\x1b[200~\x1b[201~empty\r", "empty")
    session.send("\x1b[200~never ending")
    time.sleep(0.2)
    session.interrupt()
    session.expect("interrupted")
    session.expect(PROMPT)
    session.end()


def test_a_large_paste_is_whole(folder):
    text = "[" + ",\r".join(f'{{"metric": "clarity {number}"}}' for number in range(400)) + "]"
    session = Session(folder)
    paste = f"\x1b[200~{text}\x1b[201~".encode()
    while paste:
        # A terminal hands over a few KiB at a time.
        paste = paste[os.write(session.child.child_fd, paste[:1024]):]
        try:
            session.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            pass
    session.send("\r")
    session.expect(f"reply: [{len(text)}]")
    session.expect(PROMPT)
    session.end()


def test_lines_go_on(folder):
    session = Session(folder)
    session.send("one\\\r")
    session.expect("… ")
    session.reply("two\r", "one␊two")
    session.send("```\r")
    session.expect("… ")
    session.send("code\r")
    session.expect("… ")
    session.reply("```\r", "```␊code␊```")
    session.send("{\r")
    session.expect("… ")
    session.reply("\r", "{")
    session.end()


def test_ctrl_d_deletes_inside_a_line(folder):
    session = Session(folder)
    session.reply("ab\x01\x04\r", "b")
    session.end()


def test_the_terminal_is_as_it_was(folder):
    session = Session(folder)
    session.reply("x\r", "x")
    before = termios.tcgetattr(session.child.child_fd)
    assert not before[3] & termios.ICANON
    session.send("work\r")
    session.expect("work begins")
    assert termios.tcgetattr(session.child.child_fd)[3] & termios.ICANON
    session.interrupt()
    session.expect(PROMPT)
    session.end()


def test_a_new_window_size_is_seen(folder):
    session = Session(folder, columns=40)
    session.child.setwinsize(24, 100)
    time.sleep(0.1)
    session.send("a" * 85)
    # In 40 columns the editor would break this line.
    session.expect("a" * 85)
    session.reply("\r", "a" * 85)
    session.end()


def test_stop_and_continue(folder):
    session = Session(folder)
    session.send("half")
    session.expect("half")
    os.kill(session.child.pid, signal.SIGSTOP)
    time.sleep(0.1)
    # A shell would now put the terminal into its own mode.
    attributes = termios.tcgetattr(session.child.child_fd)
    attributes[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(session.child.child_fd, termios.TCSANOW, attributes)
    os.kill(session.child.pid, signal.SIGCONT)
    session.expect("half")
    assert not termios.tcgetattr(session.child.child_fd)[3] & termios.ICANON
    session.reply("er\x02\x02\x7f\r", "haler")
    session.end()


def run_piped(data):
    return subprocess.run([PROBE], input=data, capture_output=True, timeout=20, check=True).stdout.decode()


def test_a_pipe_needs_no_terminal(folder):
    del folder
    output = run_piped("yes\nžluť\r\n[1,\n2]\nlast".encode())
    assert "\x1b" not in output and PROMPT + " yes" not in output, output
    assert re.findall("reply: .*", output) == [
        "reply: [3] yes",
        "reply: [6] žluť",
        "reply: [6] [1,␊2]",
        "reply: [4] last",
    ], output
    assert output.endswith("bye\n")


def test_a_pipe_takes_any_bytes(folder):
    del folder
    output = run_piped(b"\xff\xfe\x00\x1b[2J\n" + b"x" * 3_000_000 + b"\nafter\n")
    assert "too long: 3000000" in output, output[:200]
    assert "reply: [5] after" in output
    assert "\x1b" not in output


def main():
    global PROBE
    PROBE = os.path.abspath(sys.argv[1])
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    for name, test in tests:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                print(f"ok    {name}")
            except Exception:  # noqa: BLE001 - each test stands for itself
                failed += 1
                print(f"FAIL  {name}")
                traceback.print_exc(limit=-2, file=sys.stdout)
    print(f"{len(tests)} tests, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
