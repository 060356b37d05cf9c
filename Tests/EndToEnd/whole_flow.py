"""Whole conversations in a terminal, with the real aws command and stand-ins for AWS, to a notebook.

Usage: whole_flow.py PATH-OF-usher        (needs pexpect and the environment of scripts/with-real-parts)
"""

import gzip
import json
import os
import subprocess
import sys

from _support import (
    PACKAGES, REGION, TASK, TO_METRICS, TO_NOTEBOOK, check, constants, main, need_stand_in, overview, to_results,
    to_shape, whole,
)

GOOD = "s3://usher-datasets/evaluation/good.jsonl"
OUTPUT = "s3://usher-results/evaluations/"
MODEL = f"{PACKAGES}:model-package/support-bot/2"
MISTRAL = "mistral.mistral-large-2402-v1:0"


def aws(*arguments, body=None):
    return subprocess.run(
        ["aws", *arguments], input=body, capture_output=True, check=True, timeout=60,
        env=os.environ | {"AWS_EC2_METADATA_DISABLED": "true"},
    ).stdout


def put(key, content):
    """Puts an object beside the fixtures; its URI."""
    aws("s3", "cp", "-", f"s3://usher-datasets/{key}", body=content)
    return f"s3://usher-datasets/{key}"


def finish(room, chat, dataset=GOOD, model=MODEL, output=OUTPUT, task=TASK, replies=20):
    """Waits for the notebook and compares what it holds with what was typed."""
    chat.expect("The notebook is ready").end()
    check(chat.replies <= replies, "replies", chat.replies)
    notebook = room.notebook()
    values = constants(notebook)
    expected = {
        "MODEL": model, "DATASET": dataset, "EVALUATOR_MODEL": MISTRAL, "S3_OUTPUT": output, "REGION": REGION,
        "EVALUATE_BASE": True,
    }
    found = {name: values.get(name) for name in expected}
    check(found == expected, "in the notebook", found, "typed", expected)
    check(task in overview(notebook), "task in the overview", overview(notebook))
    state = json.loads((notebook.parents[1] / "workflow_state.json").read_text(encoding="utf-8"))
    check(state["task"] == task and state["dataset"] == dataset, "workflow_state.json", state)
    return notebook


def run(room, *options, model="support-bot", arn=MODEL, **values):
    chat = room.chat(*options)
    chat.talk(*whole(model, **values))
    values.pop("judge", None)
    return finish(room, chat, model=arn, **values)


def case_group_name(room):
    need_stand_in()
    notebook = run(room)
    check("Not verified" not in overview(notebook), overview(notebook))
    check("huggingface-reasoning-qwen3-32b" in overview(notebook), overview(notebook))


def case_group_arn(room):
    need_stand_in()
    run(room, model=f"{PACKAGES}:model-package-group/support-bot")


def case_unversioned_arn(room):
    need_stand_in()
    run(room, model=f"{PACKAGES}:model-package/support-bot")


def case_versioned_arn(room):
    need_stand_in()
    arn = f"{PACKAGES}:model-package/support-bot/1"
    run(room, model=arn, arn=arn)


def case_a_group_name_in_a_sentence(room):
    need_stand_in()
    chat = room.chat()
    chat.talk(*to_shape(), *TO_METRICS, ("Which model is to be evaluated?", "the group is called support-bot"))
    chat.expect("Is this the model: " + MODEL)


HOSTILE = [
    'Says "hello" & \'bye\' with C:\\new\\table and a \\.',
    "Antwortet 日本 👍🏽 žluť",
    "Fills {{x}} and {{#y}}{{/y}} and %s %d {0}",
    "Runs $(rm -rf ~) and `id` and ${HOME}; echo done",
    '""" + __import__("os").system("id") + """',
    "<script>alert(1)</script> *bold* [a](b) $x^2$ | # no",
]


def case_hostile_values(room):
    """One conversation with all of it, in the task, the key of the dataset and the place of the results."""
    need_stand_in()
    task = " ".join(HOSTILE)
    record = json.dumps({"query": "q", "response": "r"}).encode() + b"\n"
    key = "it's odd/日本 žluť/$(id)/{{x}}/\\n&%20+'.jsonl"
    dataset = put(key, record)
    run(room, task=task, dataset=dataset, output="s3://usher-results/o'dd/(id)!*/x/")


def case_keys_with_odd_characters(room):
    """A reply that is nothing but an S3 URI is taken whole, or refused; it is never cut short."""
    for key in ['a"b.jsonl', 'a "b".jsonl', "a `b`.jsonl", "a & b.jsonl", "a $(id) {{x}}.jsonl", "<a>.jsonl"]:
        output = room.pipe([TASK, f"s3://usher-datasets/{key}", "status"], "--offline").stdout.decode()
        taken = [line.split(": ", 1)[1] for line in output.splitlines() if line.startswith("- the evaluation dataset: ")]
        check(taken in ([], [f"s3://usher-datasets/{key}"]), "of", key, "was taken", taken)


def case_hostile_tasks_one_by_one(room):
    chat = room.chat("--offline")
    for task in HOSTILE:
        chat.expect("fine-tuned to do?").say(task).expect("is the evaluation dataset?")
        chat.say("status").expect("the task:").expect(task).expect("is the evaluation dataset?")
        chat.say("change the task")


def case_missing_model_then_a_right_one(room):
    need_stand_in()
    chat = room.chat()
    chat.talk(*to_shape(), *TO_METRICS, ("Which model is to be evaluated?", f"{PACKAGES}:model-package/support-bot/9"))
    chat.expect("There is no such model package in this account and Region.")
    chat.talk(("Which model is to be evaluated?", "support-bot"), *to_results(), *TO_NOTEBOOK)
    finish(room, chat)


def case_missing_group_then_a_right_one(room):
    need_stand_in()
    chat = room.chat()
    chat.talk(*to_shape(), *TO_METRICS, ("Which model is to be evaluated?", "no-such-bot"))
    chat.either("There is no model package group of that name", "There are no versions in that model package group")
    chat.talk(("Which model is to be evaluated?", "support-bot")).expect("Is this the model: " + MODEL)


def case_models_that_cannot_be_evaluated(room):
    need_stand_in()
    chat = room.chat()
    chat.talk(*to_shape(), *TO_METRICS)
    for group, words in [
        ("nova-bot", "Amazon Nova models cannot be evaluated"),
        ("empty-bot", "There are no versions in that model package group"),
        ("failed-bot", "No version in that group is complete"),
        ("no-base-bot", "does not say which base model"),
    ]:
        chat.talk(("Which model is to be evaluated?", group)).expect(words)
    chat.talk(("Which model is to be evaluated?", "support-bot")).expect("Is this the model: " + MODEL)


def case_denied_calls_are_gone_on_from(room):
    """The user of the profile may do nothing; each check is refused in one sentence and left out."""
    need_stand_in()
    chat = room.chat("--profile", "limited")
    chat.talk(*to_shape())
    chat.expect("AWS does not let you do that").expect("go on without this check?").say("go on")
    chat.talk(*TO_METRICS, ("Which model is to be evaluated?", MODEL))
    chat.expect("AWS does not let you do that").expect("go on without this check?").say("go on")
    chat.expect("Is this the model").say("yes")
    chat.expect("I could not check which judges are available")
    chat.talk(*to_results()[1:])
    chat.expect("Dataset: " + GOOD + " (not verified)").expect("(not verified)").expect("(not verified)")
    chat.talk(*TO_NOTEBOOK)
    notebook = finish(room, chat)
    for what in ("## Not verified", "The dataset:", "The model package:", "The judge:"):
        check(what in overview(notebook), what, overview(notebook))
    check("Traceback" not in chat.text and "An error occurred" not in chat.text, chat.text)


def case_wrong_credentials(room):
    need_stand_in()
    for profile in ("wrong-secret", "unknown-key"):
        chat = room.chat("--profile", profile, "--session", profile)
        chat.talk(*to_shape()).expect("I found no valid AWS credentials")
        chat.expect("go on without this check?").say("stop").expect("Saved.").end()


def case_an_unknown_profile(room):
    need_stand_in()
    chat = room.chat("--profile", "no-such-profile")
    chat.talk(*to_shape()).either("credentials", "profile")
    chat.expect("go on without this check?").say("stop").expect("Saved.").end()


def refused(name, words):
    def case(room):
        need_stand_in()
        chat = room.chat()
        chat.talk(*to_shape(f"s3://usher-datasets/evaluation/{name}")).expect(words).expect("I cannot go on")
        chat.talk(*to_shape()[1:]).expect("The dataset is valid: 20 records")

    return case


case_an_empty_dataset = refused("empty.jsonl", "The dataset is empty.")
case_a_gzipped_dataset = refused("good.jsonl.gz", "The dataset is compressed")
case_a_broken_dataset = refused("invalid.jsonl", "line 2")


def accepted(name, words):
    def case(room):
        need_stand_in()
        chat = room.chat()
        chat.talk(*to_shape(f"s3://usher-datasets/evaluation/{name}")).expect(words)
        chat.expect("custom metrics of your own")

    return case


case_a_dataset_without_last_newline = accepted("no-newline.jsonl", "The dataset is valid: 1 record,")
case_a_dataset_of_chat_messages = accepted("messages.jsonl", "The dataset is valid: 20 records, OpenAI messages")
case_a_dataset_in_unicode = accepted("unicode.jsonl", "The dataset is valid: 20 records")
case_a_dataset_with_too_many_rows = accepted("large.jsonl", "at most 1,000 prompts")


def case_a_missing_dataset(room):
    need_stand_in()
    chat = room.chat()
    chat.talk(*to_shape("s3://usher-datasets/evaluation/none.jsonl")).expect("There is no such object")
    chat.talk(*to_shape()[1:]).expect("The dataset is valid: 20 records")


def transformed(room, source, before, after):
    """From a dataset that is not valid to a transformed one that is; its records, and the conversation."""
    chat = room.chat()
    chat.talk(*to_shape(source)).expect("I can turn it into the SageMaker evaluation format").say("yes")
    for awaited, reply in before:
        chat.talk((awaited, reply))
    chat.expect(after)
    output = f"s3://usher-datasets/own/{room.folder.name}.jsonl"
    chat.talk(("Is that right?", "yes"), ("Where should the new file go?", output))
    chat.expect("Written: 20 records").expect("The dataset is valid: 20 records")
    return [json.loads(line) for line in aws("s3", "cp", output, "-").decode().splitlines()], chat, output


def case_crlf_and_a_byte_order_mark_are_transformed(room):
    """A byte order mark is no JSON Lines, so the dataset is not valid before."""
    need_stand_in()
    source = "s3://usher-datasets/evaluation/crlf-bom.jsonl"
    records, _, output = transformed(room, source, [], "would become:")
    expected = {"query": "Where is order 0?", "response": "Order 0 is on its way.", "category": "orders"}
    check(records[0] == expected, records[0])
    body = aws("s3", "cp", output, "-")
    check(b"\r" not in body and not body.startswith(b"\xef\xbb\xbf"), body[:100])


def case_bedrock_records_are_transformed(room):
    need_stand_in()
    lines = "".join(json.dumps({"prompt": f"p {i}", "referenceResponse": f"r {i}"}) + "\n" for i in range(20))
    source = put(f"own/{room.folder.name}-bedrock.jsonl", lines.encode())
    records, chat, output = transformed(room, source, [], "would become:")
    check(records[7] == {"query": "p 7", "response": "r 7"}, records[7])
    chat.talk(*TO_METRICS, ("Which model is to be evaluated?", "support-bot"), *to_results(), *TO_NOTEBOOK)
    finish(room, chat, dataset=output)


def case_renamed_columns_are_transformed(room):
    need_stand_in()
    lines = "".join(json.dumps({"question": f"q {i}", "answer": f"a {i}", "n": i}) + "\n" for i in range(20))
    source = put(f"own/{room.folder.name}-columns.jsonl", lines.encode())
    fields = [("Which field holds the prompt?", "question"), ("Which field holds the expected answer?", "answer")]
    records, _, _ = transformed(room, source, fields, "would become:")
    check(records[5]["query"] == "q 5" and records[5]["response"] == "a 5", records[5])


def case_a_sample_is_read_after_a_yes(room):
    need_stand_in()
    chat = room.chat()
    chat.talk(*to_shape()[:2], ("What does each record look like", "not sure"), ("May I read", "yes"))
    chat.expect("Is that the data you mean?").say("yes").expect("The dataset is valid: 20 records")


def add_to_notebook(room, session, metrics):
    """A conversation that knows from workflow_state.json what the first one settled, and adds to its notebook."""
    chat = room.chat("--session", session)
    chat.talk(TO_METRICS[0], ("Shall I take these?", metrics), *to_results()[:3])
    chat.expect("Task: " + TASK).expect("Results: " + OUTPUT)
    chat.talk(*TO_NOTEBOOK[:2], ("Shall I add the cells to one of these notebooks", "1"))
    chat.expect("The notebook is ready").end()
    return json.loads(room.notebook().read_text(encoding="utf-8"))["cells"]


def case_a_second_conversation_adds_to_the_notebook(room):
    need_stand_in()
    notebook = run(room)
    before = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    after = add_to_notebook(room, "second", "without Faithfulness")
    check(after[: len(before)] == before and len(after) == 2 * len(before), "cells", len(before), len(after))
    check(constants(notebook)["MODEL"] == MODEL, "the cells that were added")


def case_the_same_cells_are_added_once(room):
    need_stand_in()
    before = json.loads(run(room).read_text(encoding="utf-8"))["cells"]
    check(add_to_notebook(room, "second", "yes") == before, "the same cells stand there twice")


if __name__ == "__main__":
    sys.exit(main(globals()))
