"""The demos: `usher demo` with recorded answers of AWS, and `make demo-aws`, which has stand-ins for AWS of its own.

Usage: demo.py PATH-OF-usher        (needs pexpect; for what is recorded, the environment of scripts/with-real-parts)
"""

import json
import os
import shutil
import subprocess
import sys

import _support
from _support import (
    PACKAGES, ROOT, TASK, TIMEOUT, TO_METRICS, TO_NOTEBOOK, Chat, Skip, check, constants, holds, main, need_stand_in,
    overview, resume_hint, run, to_results, to_shape, tree, whole,
)

DATASETS = "s3://usher-datasets/evaluation"
REPLIES = [
    TASK, f"{DATASETS}/good.jsonl", "query and response", "no", "yes", "support-bot", "yes", "Mistral Large", "yes",
    "s3://usher-results/evaluations/", "yes", "I agree", "yes", "yes",
]


def alone(room):
    """An environment without an aws command, without AWS variables, and without any other program."""
    folder = room.folder / "bin"
    folder.mkdir(exist_ok=True)
    environment = room.environment(PATH=str(folder))
    return {name: value for name, value in environment.items() if not name.startswith("AWS_")}


def demo(room, *options):
    """usher demo in a terminal, in the room's folder."""
    chat = Chat([_support.USHER, "demo", *options], alone(room), room.folder, 100)
    room.chats.append(chat)
    return chat


def pipe(room, replies, *options, lead=(), code=0):
    """usher demo through a pipe: its output and error."""
    process = subprocess.run(
        [*lead, _support.USHER, "demo", *options], input="".join(reply + "\n" for reply in replies).encode(),
        capture_output=True, timeout=120, env=alone(room), cwd=room.folder, check=False,
    )
    output, error = process.stdout.decode(), process.stderr.decode()
    check(process.returncode == code and "Fatal error" not in error, process.returncode, output[-1500:], error)
    return output, error


def notebook(room, workspace="usher-demo"):
    found = sorted((room.folder / workspace).rglob("*.ipynb"))
    check(len(found) == 1, "notebooks", found)
    return found[0]


def case_a_whole_conversation(room):
    chat = demo(room)
    chat.expect("nothing leaves this machine").expect("support-bot")
    chat.expect("The notebook goes into the folder usher-demo.")
    chat.talk(*whole()).expect("The notebook is ready").end()
    made = notebook(room)
    check("Not verified" not in overview(made) and "qwen3-32b" in overview(made), overview(made))
    values = constants(made)
    check(values["MODEL"] == f"{PACKAGES}:model-package/support-bot/2", values)
    check(tree(room.state) == [], "the user's own state", tree(room.state))


def case_through_a_pipe(room):
    output, error = pipe(room, REPLIES)
    check(output.startswith("What was the model fine-tuned to do?\n"), output[:300])
    check("The notebook is ready" in output, output[-1500:])
    check(error.count("\n") < 6 and "nothing leaves this machine" in error, error)
    made = notebook(room).read_bytes()
    output, _ = pipe(room, REPLIES, "--workspace", "other")
    check(notebook(room, "other").read_bytes() == made, "the same replies give other notebooks")


def case_no_network_and_no_other_program(room):
    strace = shutil.which("strace")
    if not strace:
        raise Skip("no strace")
    log = room.folder / "calls"
    pipe(room, REPLIES, lead=[strace, "-f", "-qq", "-e", "trace=socket,connect,execve", "-o", str(log)])
    calls = log.read_text().splitlines()
    check(sum("execve(" in line for line in calls) == 1, "started programs", calls)
    check(not any("socket(" in line or "connect(" in line for line in calls), "opened sockets", calls)
    notebook(room)


def case_twice_and_once_more(room):
    """The second conversation knows what the first one settled, and adds to its notebook, as usher chat does."""
    demo(room).talk(*whole()).expect("The notebook is ready").end()
    before = json.loads(notebook(room).read_text(encoding="utf-8"))["cells"]
    chat = demo(room)
    chat.talk(TO_METRICS[0], ("Shall I take these?", "without Faithfulness"), *to_results()[:3])
    chat.talk(*TO_NOTEBOOK[:2], ("Shall I add the cells to one of these notebooks", "1"))
    chat.expect("The notebook is ready").end()
    after = json.loads(notebook(room).read_text(encoding="utf-8"))["cells"]
    check(after[: len(before)] == before and len(after) == 2 * len(before), "cells", len(before), len(after))
    demo(room, "--workspace", "fresh").expect("fine-tuned to do?").ready()


def case_a_session_goes_on(room):
    chat = demo(room, "--workspace", "a place")
    chat.talk(*to_shape()[:1]).expect("is the evaluation dataset?").ready().interrupt().expect("once more").ready()
    chat.interrupt()
    chat.expect("Go on with: usher demo --resume --session model-evaluation-1 --workspace 'a place'").end()
    chat = demo(room, "--resume", "--session", "model-evaluation-1", "--workspace", "a place")
    chat.talk(*to_shape()[1:]).expect("The dataset is valid: 20 records")


def case_a_recording_replays(room):
    pipe(room, REPLIES, "--record", "talk.transcript")
    output, _ = run(room, "test", "talk.transcript")
    check("1 passed, 0 failed" in output, output)


def case_datasets_that_are_not_there(room):
    chat = demo(room)
    for place in ("s3://no-such-bucket/good.jsonl", f"{DATASETS}/none.jsonl", "s3://usher-datasets/good.jsonl"):
        chat.talk(*to_shape(place)[1 if chat.replies else 0:]).expect("There is no such object")
    chat.talk(*to_shape()[1:]).expect("The dataset is valid: 20 records")


def case_datasets_that_are_not_valid(room):
    chat = demo(room)
    for name, words in [
        ("empty.jsonl", "The dataset is empty."), ("good.jsonl.gz", "The dataset is compressed"),
        ("invalid.jsonl", "line 2"),
    ]:
        chat.talk(*to_shape(f"{DATASETS}/{name}")[1 if chat.replies else 0:]).expect(words).expect("I cannot go on")
    chat.talk(*to_shape(f"{DATASETS}/messages.jsonl")[1:]).expect("The dataset is valid: 20 records, OpenAI messages")


def case_a_sample_is_read(room):
    chat = demo(room)
    chat.talk(*to_shape()[:2], ("What does each record look like", "not sure"), ("May I read", "yes"))
    chat.expect("Is that the data you mean?").say("yes").expect("The dataset is valid: 20 records")


def case_a_transformed_dataset_is_there_from_then_on(room):
    output = f"{DATASETS}/crlf-bom_sagemaker_eval.jsonl"
    chat = demo(room)
    chat.talk(*to_shape(f"{DATASETS}/crlf-bom.jsonl")).expect("I can turn it into the SageMaker evaluation format")
    chat.say("yes").talk(("Is that right?", "yes"), ("Where should the new file go?", "s3://no-such-bucket/out.jsonl"))
    chat.expect("There is no such place to write to").talk(("Where should the new file go?", output))
    chat.expect("Written: 20 records").expect("The dataset is valid: 20 records")
    chat.talk(*TO_METRICS, ("Which model is to be evaluated?", "support-bot"), *to_results(), *TO_NOTEBOOK)
    chat.expect("The notebook is ready").end()
    check(constants(notebook(room))["DATASET"] == output)
    chat = demo(room)
    chat.expect("The dataset is valid: 20 records").expect("custom metrics of your own").ready()


def case_custom_metrics_are_written(room):
    chat = demo(room)
    chat.talk(*to_shape(), (TO_METRICS[0][0], "yes"), ("How would you like to give the custom metrics?", "3"))
    chat.talk(
        ("What should the metric be called?", "politeness"),
        ("What should the judge do?", "Rate how polite the answer is to a customer who asked where an order is now."),
        ("By which criterion is it rated?", "skip"), ("Which rating scale should it have?", "1"),
    )
    chat.talk(("build another one?", "no"), ("built-in metrics", "yes"), *TO_METRICS[1:])
    chat.talk(("Which model is to be evaluated?", "support-bot"), *to_results(), *TO_NOTEBOOK)
    chat.expect("The notebook is ready").end()
    check(holds(b"politeness", notebook(room).parents[1]), "custom metrics", tree(room.folder))


def case_models_that_cannot_be_evaluated(room):
    chat = demo(room)
    chat.talk(*to_shape(), *TO_METRICS)
    for model, words in [
        ("no-such-bot", "There are no versions in that model package group"),
        ("nova-bot", "Amazon Nova models cannot be evaluated"),
        ("empty-bot", "There are no versions in that model package group"),
        ("failed-bot", "No version in that group is complete"),
        ("no-base-bot", "does not say which base model"),
        (f"{PACKAGES}:model-package/support-bot/9", "There is no such model package in this account and Region."),
        ("arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/support-bot", "There are no versions"),
        ("arn:aws:sagemaker:us-west-2:999999999999:model-package/support-bot/2", "There is no such model package"),
        (f"{PACKAGES}:model-package-group/nova-bot", "Amazon Nova models cannot be evaluated"),
    ]:
        chat.talk(("Which model is to be evaluated?", model)).expect(words)
    chat.talk(("Which model is to be evaluated?", "support-bot"))
    chat.expect(f"Is this the model: {PACKAGES}:model-package/support-bot/2")


def case_a_model_is_searched(room):
    chat = demo(room)
    chat.talk(*to_shape(), *TO_METRICS, ("Which model is to be evaluated?", "I don't know"))
    chat.talk(("Which words might be in the name", "zebra")).expect("no model package group").expect("Which words")
    chat.say("the Support one").expect("1. support-bot").say("1").expect("2. version 2, Completed").say("2")
    chat.expect("Where did the training write its output?").say("skip").expect("version 2")


def case_other_regions(room):
    chat = demo(room)
    chat.talk(*to_shape(), *TO_METRICS, ("Which model is to be evaluated?", "support-bot"), *to_results()[:1])
    chat.expect("should be the judge?")
    for region, judge in [("eu-west-1", "2. Mistral Large"), ("us-east-1", "1. Amazon Nova Pro"),
                          ("ap-northeast-1", "1. Anthropic Claude 3 Haiku")]:
        chat.say(f"the region should be {region}").expect(f"Changed the AWS Region to {region}.").expect(judge)
    chat.say("the region should be sa-east-1").expect("There is no judge in sa-east-1.")
    chat.expect("should the evaluation run?")


def case_a_role_is_diagnosed(room):
    chat = demo(room)
    chat.expect("fine-tuned to do?").say("check my role").expect("The role EvaluationTrusted trusts Amazon Bedrock")


def case_a_workspace_that_cannot_be_made(room):
    (room.folder / "file").write_text("")
    for place in ("file", "file/below"):
        _, error = pipe(room, [], "--workspace", place, code=1)
        check(f"--workspace {place}: " in error, error)
        check("nothing leaves this machine" not in error, error)


def case_what_makes_no_sense_is_no_option(room):
    for option in ("--offline", "--flow=x", "--profile=x", "--region=x", "--answers=x", "--prompts=x"):
        _, error = run(room, "demo", option, code=64)
        check("Unknown option" in error, option, error)
    output, _ = run(room, "demo", "--help")
    for words in ("good.jsonl", "support-bot", "us-west-2", "--record", "--resume", "--workspace"):
        check(words in output, words, output)


def case_the_recordings_are_what_the_stand_ins_answer(room):
    need_stand_in()
    process = subprocess.run(
        [ROOT / "scripts/record-demo", "--check"], capture_output=True, text=True, timeout=900, check=False,
    )
    check(process.returncode == 0, process.stdout[-3000:], process.stderr[-1500:])


def demo_aws(room, *options):
    # HOME is that of the room; what the demo says to be kept elsewhere goes into the room too, as later options win.
    chat = Chat(
        [ROOT / "scripts/demo", *options, "--workspace", room.workspace],
        os.environ | {"HOME": str(room.folder), "USHER": _support.USHER}, room.folder, 100,
    )
    room.chats.append(chat)
    chat.child.timeout = 4 * TIMEOUT
    return chat


def case_with_stand_ins_a_whole_conversation(room):
    need_stand_in()
    chat = demo_aws(room, "--session", room.folder.name)
    chat.talk(*whole()).expect("The notebook is ready").end()
    constants(room.notebook())


def case_with_stand_ins_ctrl_c_is_the_conversation_s(room):
    need_stand_in()
    chat = demo_aws(room, "--session", room.folder.name)
    chat.talk(*to_shape()[:1]).expect("is the evaluation dataset?").ready().interrupt().expect("once more").ready()
    chat.interrupt()
    check(resume_hint(chat) == room.folder.name)


if __name__ == "__main__":
    sys.exit(main(globals()))
