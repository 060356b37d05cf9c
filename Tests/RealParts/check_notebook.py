"""Looks at a notebook as Jupyter and Python do, for the Swift tests.

    check_notebook.py validate NOTEBOOK            nbformat's schema, warnings as errors; every code cell parses
    check_notebook.py run NOTEBOOK STATUS...       runs the code cells with a stand-in for the SDK whose execution has
                                                   these statuses one after another; "Last" repeats without end

`run` starts at the last cell that imports the SDK, so that it sees the cells added last. It prints one JSON object:
`constants` (the configuration that the cells set), `options` (what the evaluator was made with), `output` (what the
cells printed), `shown` (whether results were shown), `slept` (seconds), `error` (of a cell that raised).
It never installs, connects or waits.
"""

import ast
import contextlib
import io
import json
import os
import sys
import time
import types
import warnings


def code_cells(path):
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def python(source):
    """The cell without IPython's `%` lines; the line numbers stay."""
    return "\n".join("" if line.startswith("%") else line for line in source.split("\n"))


def validate(path):
    import nbformat

    warnings.simplefilter("error")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    notebook = json.loads(text)
    nbformat.validate(notebook)
    nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    assert notebook == json.loads(text), "validation changed the notebook"
    for source in code_cells(path):
        ast.parse(python(source))


class StandIn:
    """The parts of the SDK that the cells use, and nothing more."""

    def __init__(self, statuses):
        self.statuses = statuses
        self.options = None
        self.shown = False
        self.slept = 0

    def module(self):
        outer = self

        class Execution:
            name = "evaluation"
            arn = "arn:aws:sagemaker:us-west-2:123456789012:pipeline/p/execution/e"
            status = types.SimpleNamespace(
                overall_status="Executing",
                failure_reason="the job's reason",
                step_details=[
                    types.SimpleNamespace(name="First", failure_reason=None),
                    types.SimpleNamespace(name="Second", failure_reason="the step's reason"),
                ],
            )

            def refresh(self):
                if outer.statuses[0] == "Last":
                    return
                self.status.overall_status = outer.statuses.pop(0)

            def show_results(self):
                if self.status.overall_status != "Succeeded":
                    raise ValueError("not succeeded")
                outer.shown = True

        class LLMAsJudgeEvaluator:
            def __init__(self, **options):
                assert isinstance(options.get("builtin_metrics", []), list)
                assert isinstance(options.get("custom_metrics", ""), str)
                json.loads(options.get("custom_metrics", "[]"))
                outer.options = options

            def evaluate(self):
                return Execution()

        evaluate = types.ModuleType("sagemaker.train.evaluate")
        evaluate.LLMAsJudgeEvaluator = LLMAsJudgeEvaluator
        return evaluate


def run(path, statuses):
    cells = code_cells(path)
    start = max(index for index, source in enumerate(cells) if "import LLMAsJudgeEvaluator" in source)
    stand_in = StandIn(statuses)
    for name in ("sagemaker", "sagemaker.train"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["sagemaker.train.evaluate"] = stand_in.module()

    clock = [0.0]

    def sleep(seconds):
        clock[0] += seconds

    time.sleep = sleep
    time.monotonic = lambda: clock[0]
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        os.environ.pop(name, None)
    os.chdir(os.path.dirname(os.path.abspath(path)))

    printed = io.StringIO()
    names = {"__name__": "__main__"}
    error = None
    with contextlib.redirect_stdout(printed):
        for source in cells[start:]:
            try:
                exec(compile(python(source), "cell", "exec"), names)
            except Exception as caught:
                error = f"{type(caught).__name__}: {caught}"
                break
    constants = {name: value for name, value in names.items() if name.isupper() and not name.startswith("_")}
    result = {
        "constants": constants,
        "environment": {name: os.environ.get(name) for name in ("AWS_REGION", "AWS_DEFAULT_REGION")},
        "options": stand_in.options,
        "output": printed.getvalue(),
        "shown": stand_in.shown,
        "slept": clock[0],
        "error": error,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    if sys.argv[1] == "validate":
        validate(sys.argv[2])
    elif sys.argv[1] == "run":
        run(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(f"unknown command {sys.argv[1]}")
