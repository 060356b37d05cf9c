"""A person at a terminal: keys, stopping, going on, being killed, colours and widths.

Usage: terminal.py PATH-OF-usher        (needs pexpect)
"""

import os
import re
import signal
import sys

from _support import (
    CTRL_A, CTRL_D, CTRL_E, OFFLINE, TAB, TASK, UP, check, columns, holds, main, need_stand_in, overview, phrase,
    resume_hint, to_shape, wait_until,
)

DATASET = "s3://usher-datasets/evaluation/good.jsonl"
QUESTIONS = [
    "fine-tuned to do?", "is the evaluation dataset?", "What does each record look like", "custom metrics of your own",
    "Shall I take these?", "Which model is to be evaluated?", "Is this the model",
    "Which of these models should be the judge?",
    "The evaluation would run in", "Where in Amazon S3 should the results go?", "Is everything right?", "agree to go on?",
    "project folder be called?", "Shall I create",
]
ANSWERS = list(zip(QUESTIONS, OFFLINE))


def offline(room, *options, **more):
    return room.chat("--offline", *options, **more)


def slow_aws(room, seconds=120):
    """A PATH whose aws command takes its time, and the file with its process."""
    folder = room.folder / "bin"
    folder.mkdir()
    command = folder / "aws"
    command.write_text(f'#!/bin/sh\necho $$ >> "{room.folder}/aws.pids"\nexec sleep {seconds}\n')
    command.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}", room.folder / "aws.pids"


def alive(number):
    """Whether a process is there and is no zombie."""
    try:
        with open(f"/proc/{number}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def case_the_line_is_edited(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").ready().keys("it sums up" + CTRL_A + "We think " + CTRL_E + " žluť 日本!\r")
    chat.expect("is the evaluation dataset?").say("status").expect("the task: We think it sums up žluť 日本!")


def case_earlier_replies_come_back(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").say(TASK).expect("is the evaluation dataset?").say("change the task")
    chat.expect("fine-tuned to do?").ready().keys(UP).expect("change the task").keys(UP).expect(TASK)
    chat.keys(" And more.\r").expect("And more.").say(DATASET).expect("What does each record look like").say("status")
    chat.expect("the task: " + TASK + " And more.")


def case_replies_of_an_earlier_session_come_back(room):
    chat = offline(room, "--session", "one")
    chat.expect("fine-tuned to do?").say(TASK).expect("is the evaluation dataset?").say("stop").expect("Saved.").end()
    chat = offline(room, "--session", "two")
    chat.expect("fine-tuned to do?").ready().keys(UP).expect("stop").keys(UP).expect(TASK).keys("\r")
    chat.expect("is the evaluation dataset?")


def case_a_secret_does_not_come_back(room):
    secret = "AKIA" + "Q3EGRTX7YPLM2WZ5"
    chat = offline(room)
    chat.expect("fine-tuned to do?").say("It answers").expect("is the evaluation dataset?").say(f"my key is {secret}")
    chat.expect("I have not kept it").expect("is the evaluation dataset?").ready().keys(UP).expect("It answers")
    chat.keys("\x15stop\r").expect("Saved.").end()
    found = holds(secret.encode(), room.folder)
    check(not found, "kept in", found)


def case_tab_completes_commands(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").ready().keys("/st" + TAB).expect("atus").keys("\r").expect("We are at:")
    chat.ready().keys("/res" + TAB + "\r").expect("Start over")


def case_tab_completes_choices(room):
    chat = offline(room)
    chat.talk(*ANSWERS[:7]).expect("Which of these models should be the judge?").ready()
    chat.keys("mis" + TAB).expect("Mistral Large").keys("\r").expect("The evaluation would run in")
    chat.say("yes").expect("Where in Amazon S3 should the results go?").say("status").expect("the judge: Mistral Large")


def case_tab_completes_paths(room):
    (room.workspace / "metrics-of-ours.json").write_text("[]")
    chat = offline(room)
    chat.talk(*ANSWERS[:3]).expect("custom metrics of your own").say("yes").expect("How would you like to give the custom metrics?")
    chat.say("file").expect("Which file").ready().keys("./metr" + TAB).expect("ics-of-ours.json").keys("\r")
    chat.expect("There is no metric in it")


def case_ctrl_c_once_says_how_to_stop(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").ready().keys("half a line").expect("half a line").interrupt()
    chat.expect("Press Ctrl-C once more to stop").say(TASK).expect("is the evaluation dataset?").ready()
    # A reply between two presses makes the second a first one.
    chat.interrupt().expect("Press Ctrl-C once more to stop").say(DATASET).expect("What does each record look like")


def case_ctrl_c_twice_saves(room):
    chat = offline(room)
    chat.talk(*ANSWERS[:2]).expect("What does each record look like").ready().interrupt()
    chat.expect("Press Ctrl-C once more to stop").ready().interrupt()
    name = resume_hint(chat)
    chat = offline(room, "--resume", "--session", name)
    chat.expect("Which format do the records have").say("status").expect(TASK).expect(DATASET)


def case_ctrl_d_saves(room):
    chat = offline(room)
    chat.talk(*ANSWERS[:2]).expect("What does each record look like").ready().keys(CTRL_D)
    name = resume_hint(chat)
    chat = offline(room, "--resume", "--session", name)
    chat.expect("Which format do the records have").say("status").expect(TASK).expect(DATASET)


def case_stop_says_how_to_go_on(room):
    chat = offline(room)
    chat.talk(*ANSWERS[:2]).expect("What does each record look like").say("stop").expect("Saved.")
    resume_hint(chat)


def case_every_question_survives_a_kill(room):
    """Killed at each question in turn; every answer is there, to the notebook."""
    chat = offline(room, "--session", "hard")
    for number, (question, answer) in enumerate(ANSWERS):
        if number > 0:
            chat = offline(room, "--resume", "--session", "hard")
        # When a session is taken up again, questions are asked in their short form.
        chat.say(answer)
        chat.expect(QUESTIONS[number + 1] if number + 1 < len(ANSWERS) else "The notebook is ready")
        if number + 1 < len(ANSWERS):
            chat.ready()
            chat.child.kill(signal.SIGKILL)
            chat.child.expect("$")
            chat.child.wait()
    chat.end()
    text = overview(room.notebook())
    for value in (TASK, DATASET, "mistral.mistral-large-2402-v1:0", OFFLINE[5], OFFLINE[9]):
        check(value in text, value, text)


def case_a_kill_leaves_every_answer(room):
    chat = offline(room, "--session", "killed")
    chat.talk(*ANSWERS[:8]).expect("The evaluation would run in").ready()
    chat.child.kill(signal.SIGKILL)
    chat.child.wait()
    chat = offline(room, "--resume")
    chat.expect("us-west-2").say("status")
    for value in (TASK, DATASET, "query and response", "Correctness", OFFLINE[5], "Mistral Large"):
        check(re.search(phrase(value), chat.expect(value).text), value)


def case_a_closed_terminal_saves(room):
    for number in (signal.SIGHUP, signal.SIGTERM):
        name = number.name.lower()
        chat = offline(room, "--session", name)
        chat.expect("fine-tuned to do?").say(TASK).expect("is the evaluation dataset?").ready()
        chat.child.kill(number)
        chat.child.wait()
        chat = offline(room, "--resume", "--session", name)
        chat.expect("S3").say("status").expect(TASK)


def case_ctrl_c_stops_a_call(room):
    path, pids = slow_aws(room)
    chat = room.chat("--session", "slow", PATH=path)
    chat.talk(*to_shape())
    wait_until(pids.exists, "the call")
    chat.interrupt().expect("Stopped.")
    resume_hint(chat)
    numbers = [int(line) for line in pids.read_text().split()]
    wait_until(lambda: not any(map(alive, numbers)), "the end of the aws command", 10)
    # The step is taken up again.
    chat = room.chat("--resume", "--session", "slow", "--offline")
    chat.expect("the dataset is not verified").expect("custom metrics of your own")


def case_a_kill_in_a_call_leaves_every_answer(room):
    path, pids = slow_aws(room, seconds=5)
    chat = room.chat("--session", "slow", PATH=path)
    chat.talk(*to_shape())
    wait_until(pids.exists, "the call")
    chat.child.kill(signal.SIGKILL)
    chat.child.wait()
    chat = room.chat("--resume", "--session", "slow", "--offline")
    chat.expect("the dataset is not verified").expect("custom metrics of your own").say("status")
    chat.expect("query and response")


def case_two_sessions_are_apart(room):
    one, two = offline(room, "--session", "one"), offline(room, "--session", "two")
    one.expect("fine-tuned to do?")
    two.expect("fine-tuned to do?").say("It is the second.").expect("is the evaluation dataset?")
    one.say("It is the first.").expect("is the evaluation dataset?")
    one.say("stop").expect("Saved.").end()
    two.say("stop").expect("Saved.").end()
    for name, task in (("one", "It is the first."), ("two", "It is the second.")):
        chat = offline(room, "--resume", "--session", name)
        chat.expect("S3").say("status").expect("the task: " + task)


def case_sessions_without_names_are_apart(room):
    for task in ("It is the first.", "It is the second."):
        offline(room).expect("fine-tuned to do?").say(task).expect("is the evaluation dataset?").say("stop").end()
    offline(room, "--resume").expect("S3").say("status").expect("the task: It is the second.")


def case_one_session_twice_at_a_time(room):
    one = offline(room, "--session", "both")
    one.expect("fine-tuned to do?").ready()
    two = offline(room, "--resume", "--session", "both")
    two.expect("fine-tuned to do?").say("It is the second.").expect("is the evaluation dataset?")
    one.keys("It is the first.\r").expect("Not saved:").ready().keys(CTRL_D).end()
    two.say("status").expect("the task: It is the second.")


def case_no_color(room):
    for changes in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CLICOLOR": "0"}):
        chat = offline(room, **changes)
        chat.expect("fine-tuned to do?").say(TASK).expect("is the evaluation dataset?").say("stop").expect("Saved.").end()
        found = re.findall(r"\x1b\[[0-9;]*m", chat.shown.getvalue())
        check(not found, changes, found)


def case_colours(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").say("stop").end()
    check("\x1b[1m> \x1b[22m" in chat.shown.getvalue() or "\x1b[1m>" in chat.shown.getvalue(), chat.shown.getvalue())


def case_the_prompt_is_followed_by_the_reply(room):
    for changes in ({}, {"NO_COLOR": "1"}):
        chat = offline(room, **changes)
        chat.expect("fine-tuned to do?").ready().keys("Reply\r").expect("is the evaluation dataset?")
        check("\n> Reply" in chat.text, changes, repr(chat.shown.getvalue()))


def narrow(room, width):
    chat = offline(room, width=width)
    chat.talk(*ANSWERS)
    chat.expect("The notebook is ready").end()
    # Replies are laid out by the line editor; all else by us.
    spoken = [line.rstrip() for line in chat.text.split("\n") if not line.startswith("> ")]
    typed = "".join(OFFLINE)
    for line in spoken:
        words = line.split()
        if columns(line) > width and len(words) > 1 and not re.match(r"(-|\d+\.)$", words[0]):
            check(line.replace(" ", "") in typed.replace(" ", ""), "wider than", width, line)
    check(any(columns(line) > width * 3 // 4 for line in spoken), "nothing reaches the margin")


def case_forty_columns(room):
    narrow(room, 40)


def case_ten_columns(room):
    chat = offline(room, width=10)
    chat.expect("fine-tuned to do?").say("Short").expect("is the evaluation dataset?")


def case_a_wide_terminal(room):
    chat = offline(room, width=300)
    chat.expect("fine-tuned to do?").say("help").expect("at any time")
    widest = max(columns(line) for line in chat.text.split("\n"))
    check(widest <= 100, "widest line", widest)


def case_the_spinner_is_no_output(room):
    """Standard output goes to a file, standard error to the terminal."""
    need_stand_in()
    file = room.folder / "out"
    chat = room.chat(lead=["/bin/sh", "-c", f'exec "$@" > "{file}"', "sh"])
    chat.child.setecho(False)
    for _, reply in to_shape():
        chat.keys(reply + "\n")
    wait_until(lambda: file.exists() and b"custom metrics of your own" in file.read_bytes(), "the output")
    chat.keys(CTRL_D)
    resume_hint(chat)
    output = file.read_bytes()
    check(b"\x1b" not in output and b"\r" not in output, output)
    check(not re.search("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]", output.decode()), output)
    check(re.search("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]", chat.shown.getvalue()), "no spinner at the terminal", chat.shown.getvalue())


def case_errors_are_no_output(room):
    """Standard error goes to a file: only what is said to the user is on the terminal."""
    file = room.folder / "err"
    chat = offline(room, lead=["/bin/sh", "-c", f'exec "$@" 2> "{file}"', "sh"])
    chat.expect("fine-tuned to do?").say("stop").expect("Saved.").end()
    check("Go on with" in file.read_text() and "Go on with" not in chat.text, file.read_text(), chat.text)
    check("\x1b" not in file.read_text(), file.read_text())


def case_a_paste_is_one_reply(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").ready().keys("\x1b[200~It answers\rand asks.\x1b[201~").keys("\r")
    chat.expect("is the evaluation dataset?").say("status").expect("It answers").expect("and asks.")


def case_why_shows_the_rules(room):
    chat = offline(room)
    chat.talk(*ANSWERS[:3]).expect("custom metrics of your own").say("nope")
    chat.expect("Shall I take these?").say("/why").expect("It is a no.").expect("deny-no").expect("counted")


def case_why_looks_back(room):
    chat = offline(room)
    chat.expect("fine-tuned to do?").say("/why").expect("no reply yet")
    chat.expect("fine-tuned to do?").say("AKIAIOSFODNN7EXAMPLE").expect("I have not kept it")
    chat.expect("fine-tuned to do?").say("/why").expect("was refused").expect("AWS access key ID")
    chat.talk(*ANSWERS[:3]).expect("custom metrics of your own").say("nope").expect("Shall I take these?")
    chat.say("/why 1").expect("Your last reply").expect("deny-no").expect("then recommend ended: recommended")
    chat.say("/why 2").expect("Your reply 2 replies ago").say("/why 9").expect("I can look back from /why 1 to")
    check(chat.text.count("Shall I take these?") == 1, "a look back was taken for a reply")


def case_the_terminal_is_left_as_it_was(room):
    import termios

    chat = offline(room)
    before = termios.tcgetattr(chat.child.child_fd)
    chat.expect("fine-tuned to do?").ready()
    check(not termios.tcgetattr(chat.child.child_fd)[3] & termios.ICANON, "no line editing")
    chat.interrupt().expect("once more").ready().interrupt().expect("Go on with")
    chat.end()
    check(before[3] & termios.ICANON, "the terminal was odd from the start")
    check("\x1b[?2004l" in chat.shown.getvalue().rsplit("\x1b[?2004h", 1)[-1], "paste marks stay on")


if __name__ == "__main__":
    sys.exit(main(globals()))
