"""Checks that the real SageMaker SDK has what the notebooks use, as Sources/Actions/Notebook/EvaluationCells.swift says.

The tests of the notebooks themselves run with a stand-in for the SDK; this keeps the stand-in honest. Nothing connects:
the endpoint is a closed port. Run by scripts/test-sdk.
"""

import importlib.metadata
import inspect
import os
import sys
import typing

os.environ.update(
    AWS_REGION="us-west-2",
    AWS_DEFAULT_REGION="us-west-2",
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_ENDPOINT_URL="http://127.0.0.1:9",
)

GIVEN_ALWAYS = {"model", "evaluator_model", "dataset", "s3_output_path", "evaluate_base_model", "region"}
GIVEN_SOMETIMES = {"builtin_metrics", "custom_metrics"}

failures = []


def check(fact, holds):
    print(f"{'ok  ' if holds else 'FAIL'}  {fact}")
    if not holds:
        failures.append(fact)


def parts(annotation):
    """The types that an optional or a union is made of."""
    return typing.get_args(annotation) or (annotation,)


def main():
    from sagemaker.train.evaluate import LLMAsJudgeEvaluator
    from sagemaker.train.evaluate.execution import LLMAJEvaluationExecution

    for package in ("sagemaker", "sagemaker-train", "sagemaker-core"):
        print(f"{package} {importlib.metadata.version(package)}")

    fields = LLMAsJudgeEvaluator.model_fields
    for name in sorted(GIVEN_ALWAYS | GIVEN_SOMETIMES):
        check(f"the evaluator takes {name}", name in fields)
    required = {name for name, field in fields.items() if field.is_required()}
    check(f"it requires nothing else ({', '.join(sorted(required))})", required <= GIVEN_ALWAYS)
    check("builtin_metrics is a list of str", list[str] in parts_as_list(fields["builtin_metrics"].annotation))
    check("custom_metrics is str", str in parts(fields["custom_metrics"].annotation))
    check("model may be str", str in parts(fields["model"].annotation))
    check("dataset may be str", str in parts(fields["dataset"].annotation))
    check("evaluate_base_model is bool", bool in parts(fields["evaluate_base_model"].annotation))
    parameters = list(inspect.signature(LLMAsJudgeEvaluator.evaluate).parameters.values())[1:]
    check("evaluate() needs no arguments", all(one.default is not inspect.Parameter.empty for one in parameters))

    execution = LLMAJEvaluationExecution
    for name in ("name", "arn", "status"):
        check(f"an execution has {name}", name in execution.model_fields)
    for name in ("refresh", "show_results"):
        method = inspect.signature(getattr(execution, name, lambda self, missing: None))
        arguments = list(method.parameters.values())[1:]
        check(f"{name}() needs no arguments", all(one.default is not inspect.Parameter.empty for one in arguments))
    status = execution.model_fields["status"].annotation
    for name in ("overall_status", "failure_reason", "step_details"):
        check(f"its status has {name}", name in status.model_fields)
    step = parts(status.model_fields["step_details"].annotation)[0]
    for name in ("name", "failure_reason"):
        check(f"a step has {name}", name in step.model_fields)

    print(f"{len(failures)} failed")
    return 1 if failures else 0


def parts_as_list(annotation):
    """The same types with typing.List[X] as list[X]."""
    return [list[typing.get_args(one)] if typing.get_origin(one) is list else one for one in parts(annotation)]


if __name__ == "__main__":
    sys.exit(main())
