"""What the users of the fault tests say. Each has a mark of their own in what they say, so that nobody's words can turn up
in another's conversation unseen."""

import json


def to_metrics(mark):
    return [
        f"It answers the questions of the customers of {mark}.", f"s3://support-eval/{mark}.jsonl", "query and response",
    ]


def from_model(mark):
    return [
        "support-bot", "yes", "Mistral Large", "yes", f"s3://support-results/{mark}/", "yes", "I agree",
        f"{mark}-evaluation", "yes",
    ]


def plain(mark):
    """From the first question to the notebook."""
    return [*to_metrics(mark), "no", "yes", *from_model(mark)]


def transforming(mark):
    """With a dataset that is written anew, which is a write to AWS."""
    return [
        f"It answers the questions of the customers of {mark}.", f"s3://support-eval/{mark}-bedrock.jsonl",
        "prompt and referenceResponse", "yes", "yes", "yes", "no", "yes", *from_model(mark),
    ]


def measuring(mark):
    """With a metric of the user's own, which becomes a file."""
    metric = {
        "name": f"Voice{mark}",
        "instructions": "You are given a question and an answer. Judge how well the answer keeps to our friendly tone. "
        "Question: {{prompt}} Answer: {{prediction}}",
        "ratingScale": [
            {"definition": "friendly", "value": {"floatValue": 1}}, {"definition": "neither", "value": {"floatValue": 0}},
        ],
    }
    pasted = json.dumps([{"customMetricDefinition": metric}])
    return [*to_metrics(mark), "yes", "paste", pasted, "yes", "yes", *from_model(mark)]


def wandering(mark):
    """With questions, corrections and steps back."""
    to = to_metrics(mark)
    return [
        "help", to[0], "what is a judge?", f"s3://support-eval/{mark}x.jsonl", "back", to[1], "why", to[2], "no", "status",
        "yes", "support-bot", "yes", "hm, no idea", "Mistral Large", "yes", f"s3://support-results/{mark}/", "thanks",
        f"the results should go to s3://support-results/{mark}/again/", "yes", "I guess so", "I agree", f"{mark}-evaluation",
        "yes",
    ]


KINDS = [plain, transforming, measuring, wandering]


def of(number):
    """A user: their mark and what they say."""
    mark = f"u{number:04}"
    return mark, KINDS[number % len(KINDS)](mark)
