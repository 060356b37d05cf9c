"""`usher init`: what it makes, that it works, and that it changes nothing that is there.

Usage: init.py PATH-OF-usher
"""

import os
import pwd
import re
import shlex
import subprocess
import sys

import _support
from _support import ROOT, Skip, check, main, run, tree

MADE = ["prompts/NAME/flow.yaml", "prompts/NAME/prompts/order.yaml", "prompts/NAME/rules/order.yaml",
        "transcripts/NAME/first.transcript"]
REPLIES = b"I'm in a hurry\ncoffee\n2\nyes\n"


def home(room, name="home"):
    folder = room.folder / name
    folder.mkdir()
    return folder


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in tree(folder))


def next_commands(output):
    """The commands that are printed to go on with."""
    return [line.strip() for line in output.split("Next:\n")[1].splitlines()]


def shell(room, folder, command, replies=b"", code=0):
    """A printed command, as a shell reads it."""
    words = shlex.split(command)
    check(words[0] == "usher", command)
    process = subprocess.run(
        [_support.USHER, *words[1:]], input=replies, capture_output=True, timeout=60, cwd=folder,
        env=room.environment(CI=None), check=False,
    )
    check(process.returncode == code, command, process.returncode, process.stdout, process.stderr)
    return process.stdout.decode(), process.stderr.decode()


def case_what_is_made_works(room):
    folder = home(room)
    output, error = run(room, "init", "lunch", cwd=folder)
    made = [path.replace("NAME", "lunch") for path in MADE]
    check(files(folder) == made, files(folder))
    check(output.split("Next:")[0] == "Made:\n" + "".join(f"  {path}\n" for path in made), output)
    check(error == "", error)
    for path in made:
        check("starter" not in (folder / path).read_text(), path)
    commands = next_commands(output)
    check([command.split()[1] for command in commands] == ["check", "chat", "test"], commands)
    checked, _ = shell(room, folder, commands[0])
    check(re.fullmatch(r"lunch: 1 flow, 5 steps, 2 slots, \d+ rules, 0 topics\n", checked), checked)
    said, _ = shell(room, folder, commands[1], REPLIES)
    for words in ["This takes two answers and a yes.", "2 x Coffee. Is that right?", "It will be at your table"]:
        check(words in said, words, said)
    tested, _ = shell(room, folder, commands[2] + " --fail-under steps=100,transitions=100")
    check(tested == "1 passed, 0 failed\n", tested)


def case_how_to_go_on_is_said_whole(room):
    folder = home(room)
    run(room, "init", "lunch", cwd=folder)
    _, error = shell(room, folder, "usher chat --prompts prompts --flow lunch", b"coffee\n")
    command = error.strip().removeprefix("Go on with: ")
    check(command != error.strip(), error)
    said, _ = shell(room, folder, command, b"2\n")
    check("How many cups?" in said and "2 x Coffee" in said, command, said)


def case_nothing_is_written_over(room):
    folder = home(room)
    run(room, "init", "lunch", cwd=folder)
    for path in tree(folder):
        path.write_text(f"mine: {path.name}\n")
    before = {path: path.read_bytes() for path in tree(folder)}
    _, error = run(room, "init", "lunch", code=1, cwd=folder)
    check(error == "nothing was made: prompts/lunch and transcripts/lunch are there already\n", error)
    # One of the two is enough.
    (folder / "transcripts/tea").mkdir()
    (folder / "transcripts/tea/own.transcript").write_text("mine\n")
    before[folder / "transcripts/tea/own.transcript"] = b"mine\n"
    _, error = run(room, "init", "tea", code=1, cwd=folder)
    check(error == "nothing was made: transcripts/tea is there already\n", error)
    check({path: path.read_bytes() for path in tree(folder)} == before, files(folder))
    check(not (folder / "prompts/tea").exists(), "a folder was made")
    # A second flow finds its place beside the first.
    run(room, "init", "coffee", cwd=folder)
    check((folder / "prompts/coffee/flow.yaml").read_text().count("flow: coffee\n") == 1, "coffee")
    check((folder / "prompts/lunch/flow.yaml").read_text() == "mine: flow.yaml\n", "lunch")


def case_a_folder_of_ones_own(room):
    folder = home(room)
    place = "it's $(touch mine) \x1b[31m"
    output, _ = run(room, "init", "lunch", "--prompts", place, cwd=folder)
    check((folder / place / "lunch/flow.yaml").is_file() and "\x1b" not in output, repr(output))
    plain = home(room, "plain")
    output, _ = run(room, "init", "lunch", "--prompts", "it's $(touch mine)/flows", cwd=plain)
    for command in next_commands(output):
        shell(room, plain, command, REPLIES)
        subprocess.run(["sh", "-c", f"set -- {command.removeprefix('usher ')}"], cwd=plain, check=True, timeout=10)
    check(not (plain / "mine").exists(), "a command was obeyed")


def case_bad_names(room):
    folder = home(room)
    for name in ["Lunch", "my lunch", "lunch_2", "../lunch", "a/b", "2lunch", "lunch-", "a" * 65, "", "é", "\x1b[31m"]:
        _, error = run(room, "init", name, code=64, cwd=folder)
        check("is no name for a flow: it has 1 to 64 lower-case letters (a to z), digits and dashes" in error, error)
        check("\x1b" not in error, repr(error))
    for name in ["model-evaluation", "common"]:
        _, error = run(room, "init", name, code=64, cwd=folder)
        check(f"usher brings a folder '{name}' along; choose another name" in error, error)
    run(room, "init", code=64, cwd=folder)
    check(files(folder) == [] and not list(folder.iterdir()), list(folder.iterdir()))


def case_what_cannot_be_written_leaves_nothing(room):
    # Root writes everywhere, so it becomes somebody who may write where it says.
    nobody = pwd.getpwnam("nobody").pw_uid if os.getuid() == 0 else None

    def refused(folder):
        process = subprocess.run(
            [_support.USHER, "init", "lunch"], capture_output=True, timeout=60, cwd=folder, user=nobody,
            env=room.environment(), check=False,
        )
        check(process.returncode == 1, process.returncode, process.stdout, process.stderr)
        return process.stderr.decode()

    room.folder.chmod(0o755)
    folder = home(room)
    (folder / "transcripts").mkdir()
    (folder / "transcripts").chmod(0o555)
    folder.chmod(0o777)
    try:
        error = refused(folder)
    except PermissionError as problem:
        raise Skip(f"nobody may run usher: {problem}") from problem
    check(error.startswith("nothing was made: transcripts/lunch: the folder cannot be made ("), error)
    check([path.name for path in folder.iterdir()] == ["transcripts"], files(folder))
    folder.chmod(0o555)
    error = refused(folder)
    check(error.startswith("nothing was made: prompts: the folder cannot be made ("), error)
    check([path.name for path in folder.iterdir()] == ["transcripts"], files(folder))


def case_a_file_in_the_way_leaves_nothing(room):
    folder = home(room)
    (folder / "transcripts").write_text("mine\n")
    _, error = run(room, "init", "lunch", code=1, cwd=folder)
    check(error.startswith("nothing was made: transcripts"), error)
    check(files(folder) == ["transcripts"] and (folder / "transcripts").read_text() == "mine\n", files(folder))
    check(not (folder / "prompts").exists(), "a folder was left")


def case_a_common_of_ones_own_counts_instead(room):
    folder = home(room)
    run(room, "init", "lunch", cwd=folder)
    common = folder / "prompts/common"
    common.mkdir()
    (common / "own.yaml").write_text(
        "kind: command\nintents: {help: [{name: own-help, pattern: help, matches: [help]}]}\n"
    )
    _, error = run(room, "check", "--prompts", "prompts", "--flow", "lunch", code=1, cwd=folder)
    check("the prompt 'system_not_understood' is missing" in error, error)
    (common / "prompts").mkdir()
    for file in (ROOT / "prompts/common/prompts").glob("*.yaml"):
        (common / "prompts" / file.name).write_bytes(file.read_bytes())
    output, _ = run(room, "check", "--prompts", "prompts", "--flow", "lunch", cwd=folder)
    check(output == "lunch: 1 flow, 5 steps, 2 slots, 2 rules, 0 topics\n", output)


if __name__ == "__main__":
    sys.exit(main(globals()))
