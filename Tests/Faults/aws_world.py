"""What the `aws` command of these tests answers: the recorded answers of the golden transcripts, and a bucket that keeps
what is put into it. Every write is counted."""

import asyncio
import collections
import json
import random
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
CASSETTE = ROOT / "Tests/Transcripts/model-evaluation/aws/standard.yaml"
BUCKET = "support-eval"
RECORDS = [("How do I cancel my order?", "Open the order and press Cancel."), ("Where is my invoice?", "In your account.")]


def dataset(key):
    """What a user's dataset holds, or `None` where the key is no user's: SageMaker's records or Bedrock's."""
    found = re.fullmatch(r"(u\d+)(-bedrock)?\.jsonl", key)
    if not found:
        return None
    names = ("prompt", "referenceResponse") if found[2] else ("query", "response")
    return "".join(
        json.dumps({names[0]: f"{found[1]}: {query}", names[1]: response}) + "\n" for query, response in RECORDS
    ).encode()


class Failure(Exception):
    """An error of AWS: its code and what it says."""


class World:
    """Answers at a Unix socket until it is closed."""

    def __init__(self, path, seed, slowness=0.15):
        self.path = str(path)
        self.exchanges = yaml.load(CASSETTE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["exchanges"]
        self.objects = {}
        self.calls = collections.Counter()
        # Writes that counted, and writes that were refused because something was there.
        self.written, self.refused = collections.Counter(), collections.Counter()
        self.random = random.Random(f"aws {seed}")
        self.slowness = slowness

    async def open(self):
        self.server = await asyncio.start_unix_server(self.serve, self.path)

    def close(self):
        self.server.close()

    async def serve(self, reader, writer):
        try:
            arguments = (await reader.read()).decode().rstrip("\n").split("\0")
            await asyncio.sleep(self.random.uniform(0, self.slowness))
            try:
                code, text = 0, json.dumps(self.answer(arguments))
            except Failure as failure:
                kind, detail = failure.args
                code, text = 255, f"\nAn error occurred ({kind}) when calling the X operation: {detail}\n"
            writer.write(f"{code}\n{text}".encode())
            await writer.drain()
        except (ConnectionError, FileNotFoundError):
            # The server that asked was killed, and its files may be gone.
            pass
        finally:
            writer.close()

    def answer(self, arguments):
        service, operation, *rest = arguments
        self.calls[operation] += 1
        parameters, body = {}, None
        for option, value in zip(rest, rest[1:]):
            if option == "--cli-input-json":
                parameters = json.loads(Path(value.removeprefix("file://")).read_bytes())
            elif option == "--body":
                body = Path(value).read_bytes()
            elif option in ("--bucket", "--key", "--range"):
                parameters[option[2:].capitalize()] = Path(value.removeprefix("file://")).read_text(encoding="utf-8")
        if service == "s3api" and parameters.get("Bucket") == BUCKET:
            return self.object(operation, parameters, body, next((a for a in rest if a.endswith("answer-body")), None))
        return self.recorded(service, operation, parameters)

    def object(self, operation, parameters, body, path):
        key = parameters["Key"]
        if operation == "put-object":
            if key in self.objects and parameters.get("IfNoneMatch") == "*":
                self.refused[key] += 1
                raise Failure("PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
            self.objects[key] = body
            self.written[key] += 1
            return {"ETag": '"1"'}
        content = self.objects.get(key, dataset(key))
        if content is None:
            raise Failure("404" if operation == "head-object" else "NoSuchKey", "Not Found")
        if operation == "head-object":
            return {"ContentLength": len(content)}
        first, last = 0, len(content) - 1
        if "Range" in parameters:
            first, last = (int(part) for part in re.fullmatch(r"bytes=(\d+)-(\d+)", parameters["Range"]).groups())
        if first >= len(content):
            raise Failure("InvalidRange", "The requested range is not satisfiable")
        part = content[first:last + 1]
        Path(path).write_bytes(part)
        return {"ContentLength": len(part), "ContentRange": f"bytes {first}-{first + len(part) - 1}/{len(content)}"}

    def recorded(self, service, operation, parameters):
        for exchange in self.exchanges:
            wanted = exchange.get("parameters", {})
            if (exchange["service"], exchange["operation"]) == (service, operation) and wanted.items() <= parameters.items():
                if "failure" in exchange:
                    raise Failure(exchange["failure"]["code"], exchange["failure"]["detail"])
                return exchange["result"]
        raise Failure("NotRecorded", f"{service} {operation} is not recorded")
