"""Reads what Usher writes with the programs that others read it with, and prints as JSON what they found.

Usage: read_formats.py junit|tap FILE
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


READERS = {"junit": junit, "tap": tap}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in READERS:
        sys.exit(__doc__)
    print(json.dumps(READERS[sys.argv[1]](sys.argv[2])))
