"""Fills the stand-ins for AWS with what the tests and the demo use, by the real aws command (run in this process).

Run: python fixtures.py URL GUARDED_URL FOLDER

URL is a stand-in that checks nothing. It gets, in us-west-2:

  s3://usher-datasets/evaluation/...            the datasets of DATASETS below
  model package group support-bot               version 1 and 2 Completed, 3 Failed, on an open base model
  model package group nova-bot                  version 1 Completed, on a Nova base
  model package group empty-bot                 no version
  model package group failed-bot                version 1 Failed
  model package group no-base-bot               version 1 Completed, without a base model
  roles EvaluationTrusted, EvaluationUntrusted, EvaluationConditional and service-role/EvaluationExecution

GUARDED_URL is one that checks signatures and policies: it gets a user who may ask who they are and nothing else.

FOLDER gets `config` and `credentials` for the aws command, with a profile for each identity: default and trusted,
untrusted, conditional (sessions of the roles above), path (of the role with a path), sso (of a role that looks like one
of single sign-on), user (an IAM user); and for the guarded stand-in: limited (the user), wrong-secret, unknown-key.
"""

import functools
import gzip
import io
import json
import os
import sys
import tempfile
import urllib.request
from contextlib import redirect_stdout

REGION = "us-west-2"
ACCOUNT = "123456789012"
BUCKET = "usher-datasets"


def record(index):
    return {"query": f"Where is order {index}?", "response": f"Order {index} is on its way.", "category": "orders"}


def lines(records, end="\n"):
    return "".join(json.dumps(record, ensure_ascii=False) + end for record in records).encode()


def prompt(index):
    return {"prompt": f"Summarise ticket {index}.", "completion": f"Ticket {index} is about a late parcel."}


def messages(index):
    return {
        "messages": [
            {"role": "system", "content": "You answer customers of a shop."},
            {"role": "user", "content": f"Where is order {index}?"},
            {"role": "assistant", "content": f"Order {index} is on its way."},
        ]
    }


DATASETS = {
    "good.jsonl": lines(map(record, range(20))),
    "unicode.jsonl": lines({"query": f"Kde je žluťoučký kůň {i}? 日本 👍", "response": "Tady."} for i in range(20)),
    "crlf-bom.jsonl": b"\xef\xbb\xbf" + lines(map(record, range(20)), end="\r\n"),
    "empty.jsonl": b"",
    "no-newline.jsonl": lines([record(0)], end=""),
    "good.jsonl.gz": gzip.compress(lines(map(record, range(20))), mtime=0),
    "invalid.jsonl": lines([record(0)]) + b'{"query": "cut off", "respo\n' + lines([{"other": "shape"}]),
    "messages.jsonl": lines(map(messages, range(20))),
    "prompt-completion.jsonl": lines(map(prompt, range(20))),
    "prompt-only.jsonl": lines({"query": f"Where is order {i}?"} for i in range(20)),
    "array.json": json.dumps([record(0), record(1)], indent=2).encode(),
    "large.jsonl": lines(map(record, range(1200))),
    # A key that would be read as a file, were it ever an argument of the command.
    "file:///etc/passwd": lines([record(0)]),
}


@functools.cache
def driver():
    """The aws command; one for all calls, because loading its models takes most of the time of a call."""
    # Imported late, because importing it sets a variable of the environment that main() cleans.
    from awscli.clidriver import create_clidriver

    return create_clidriver()


def aws(url, *arguments, parameters=None):
    """Runs the aws command with parameters as JSON; returns its JSON result."""
    command = [*arguments, "--endpoint-url", url, "--region", REGION, "--output", "json"]
    if parameters is not None:
        command += ["--cli-input-json", json.dumps(parameters)]
    output = io.StringIO()
    with redirect_stdout(output):
        code = driver().main(command)
    if code:
        sys.exit(f"aws {' '.join(arguments)} ended with code {code}")
    return json.loads(output.getvalue() or "{}")


def make_datasets(url):
    aws(
        url, "s3api", "create-bucket",
        parameters={"Bucket": BUCKET, "CreateBucketConfiguration": {"LocationConstraint": REGION}},
    )
    with tempfile.TemporaryDirectory() as folder:
        body = os.path.join(folder, "body")
        for name, content in DATASETS.items():
            with open(body, "wb") as file:
                file.write(content)
            aws(url, "s3api", "put-object", "--body", body, parameters={"Bucket": BUCKET, "Key": f"evaluation/{name}"})


def container(base, version, group):
    container = {
        "Image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/serving:latest",
        "ModelDataSource": {
            "S3DataSource": {
                "S3Uri": f"s3://usher-training/{group}/job-{version}/output/model/",
                "S3DataType": "S3Prefix",
                "CompressionType": "None",
            }
        },
    }
    if base:
        container["BaseModel"] = {"HubContentName": base, "HubContentVersion": "1.0.0", "RecipeName": "sft"}
    return container


def make_packages(url):
    qwen, nova = "huggingface-reasoning-qwen3-32b", "nova-textgeneration-lite"
    groups = {
        "support-bot": [(qwen, "Completed"), (qwen, "Completed"), (qwen, "Failed")],
        "nova-bot": [(nova, "Completed")],
        "empty-bot": [],
        "failed-bot": [(qwen, "Failed")],
        "no-base-bot": [(None, "Completed")],
    }
    for group, versions in groups.items():
        aws(url, "sagemaker", "create-model-package-group", parameters={"ModelPackageGroupName": group})
        for number, (base, status) in enumerate(versions, start=1):
            specification = {
                "Containers": [container(base, number, group)],
                "SupportedContentTypes": ["application/json"],
                "SupportedResponseMIMETypes": ["application/json"],
            }
            aws(
                url, "sagemaker", "create-model-package",
                parameters={
                    "ModelPackageGroupName": group,
                    "InferenceSpecification": specification,
                    "ModelApprovalStatus": "PendingManualApproval",
                    "CustomerMetadataProperties": {"StandInStatus": status},
                },
            )


def trust(*services, condition=None):
    statement = {"Effect": "Allow", "Principal": {"Service": list(services)}, "Action": "sts:AssumeRole"}
    if condition:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def make_identities(url):
    """Makes roles and a user; returns the credentials of each by the name of its profile."""
    bedrock, sagemaker = "bedrock.amazonaws.com", "sagemaker.amazonaws.com"
    own_account = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    roles = {
        "trusted": ("/", "EvaluationTrusted", trust(bedrock, sagemaker)),
        "untrusted": ("/", "EvaluationUntrusted", trust("ec2.amazonaws.com")),
        "conditional": ("/", "EvaluationConditional", trust(bedrock, sagemaker, condition=own_account)),
        "path": ("/service-role/", "EvaluationExecution", trust(sagemaker)),
        "sso": ("/", "AWSReservedSSO_Evaluator_0123456789abcdef", trust(bedrock, sagemaker)),
    }
    profiles = {}
    for profile, (path, name, policy) in roles.items():
        role = aws(
            url, "iam", "create-role",
            parameters={"Path": path, "RoleName": name, "AssumeRolePolicyDocument": policy},
        )
        session = aws(
            url, "sts", "assume-role",
            parameters={"RoleArn": role["Role"]["Arn"], "RoleSessionName": "usher@example.com"},
        )
        profiles[profile] = session["Credentials"]
    profiles["user"] = make_user(url, "evaluator")
    profiles["default"] = profiles["trusted"]
    return profiles


def make_user(url, name, policy=None):
    aws(url, "iam", "create-user", parameters={"UserName": name})
    if policy:
        aws(
            url, "iam", "put-user-policy",
            parameters={"UserName": name, "PolicyName": "own", "PolicyDocument": json.dumps(policy)},
        )
    return aws(url, "iam", "create-access-key", parameters={"UserName": name})["AccessKey"]


def guard(url):
    """Makes a user who may do almost nothing, and turns the checks of the stand-in on."""
    statement = {"Effect": "Allow", "Action": ["sts:GetCallerIdentity"], "Resource": "*"}
    key = make_user(url, "limited", {"Version": "2012-10-17", "Statement": [statement]})
    request = urllib.request.Request(
        f"{url}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"}, method="POST"
    )
    with urllib.request.urlopen(request) as response:
        response.read()
    return {
        "limited": key,
        "wrong-secret": {"AccessKeyId": key["AccessKeyId"], "SecretAccessKey": "not-the-secret"},
        "unknown-key": {"AccessKeyId": "AKIAAAAAAAAAAAAAAAAA", "SecretAccessKey": "unknown"},
    }


def write_profiles(folder, url, guarded_url, profiles, guarded):
    def private(name):
        return open(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")

    with private("credentials") as file:
        for name, key in (profiles | guarded).items():
            file.write(f"[{name}]\naws_access_key_id = {key['AccessKeyId']}\n")
            file.write(f"aws_secret_access_key = {key['SecretAccessKey']}\n")
            if "SessionToken" in key:
                file.write(f"aws_session_token = {key['SessionToken']}\n")
    with private("config") as file:
        for name in profiles | guarded:
            file.write(f"[{'default' if name == 'default' else 'profile ' + name}]\n")
            file.write(f"region = {REGION}\n")
            file.write(f"endpoint_url = {guarded_url if name in guarded else url}\n")


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: fixtures.py URL GUARDED_URL FOLDER")
    url, guarded_url, folder = sys.argv[1:]
    # Nothing of the user's own configuration may be read or reached.
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        AWS_ACCESS_KEY_ID="testing",
        AWS_SECRET_ACCESS_KEY="testing",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
        NO_PROXY="127.0.0.1",
    )
    make_datasets(url)
    make_packages(url)
    write_profiles(folder, url, guarded_url, make_identities(url), guard(guarded_url))


if __name__ == "__main__":
    main()
