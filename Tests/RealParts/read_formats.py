"""Reads what Usher writes with the programs that others read it with, and prints as JSON what they found.

Usage: read_formats.py junit|tap|activities|rasa FILE
"""

import json
import sys


def junit(path):
    """junitparser: each case with its outcome, and the counts as the file states them."""
    import junitparser

    report = junitparser.JUnitXml.fromfile(path)
    outcomes = {junitparser.Failure: "failed", junitparser.Error: "unreadable", junitparser.Skipped: "skipped"}
    cases = []
    for suite in report:
        for case in suite:
            result = case.result[0] if case.result else None
            cases.append({
                "outcome": outcomes[type(result)] if result is not None else "passed",
                "classname": case.classname,
                "name": case.name,
                "file": case._elem.get("file"),
                "line": int(case._elem.get("line")),
                "message": result.message if result is not None else None,
                "text": result.text if result is not None else None,
                "time": case.time,
            })
    counts = {"tests": report.tests, "failures": report.failures, "errors": report.errors, "skipped": report.skipped}
    return {"counts": counts, "cases": cases}


def tap(path):
    """tap.py: the plan and each test line with its YAML."""
    from tap.parser import Parser

    found = {"version": None, "plan": None, "cases": []}
    for line in Parser().parse_file(path):
        if line.category == "version":
            found["version"] = line.version
        elif line.category == "plan":
            found["plan"] = line.expected_tests
        elif line.category == "test":
            found["cases"].append({
                "ok": line.ok, "number": line.number, "description": line.description, "skip": line.skip,
                "yaml": line.yaml_block,
            })
        else:
            raise ValueError(f"{path}: {line.category}: {line}")
    return found


def activities(path):
    """botbuilder-schema: each activity as its class has it; what the class does not know is an error."""
    from botbuilder.schema import Activity

    with open(path, encoding="utf-8") as file:
        objects = json.load(file)
    found = []
    for item in objects:
        activity = Activity.deserialize(item)
        if activity.additional_properties:
            raise ValueError(f"{path}: unknown fields {activity.additional_properties}")
        found.append({
            "type": activity.type, "id": activity.id, "role": activity.from_property.role, "text": activity.text,
            "recipient": activity.recipient.role, "conversation": activity.conversation.id,
            "timestamp": activity.timestamp.isoformat(),
        })
    return found


def rasa(path):
    """PyYAML, which reads YAML 1.1 as Rasa's own reader does: the test cases."""
    import yaml

    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)["test_cases"]


READERS = {"junit": junit, "tap": tap, "activities": activities, "rasa": rasa}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in READERS:
        sys.exit(__doc__)
    print(json.dumps(READERS[sys.argv[1]](sys.argv[2])))
