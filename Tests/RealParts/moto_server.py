"""A stand-in for AWS: moto's server, with what moto lacks for these tests.

Run: python moto_server.py PORT_FILE

It binds a free port of the loopback interface, writes the port to PORT_FILE when it can answer, and runs until it
gets a signal. Added to moto:

- Bedrock's ListFoundationModels, GetFoundationModel and GetFoundationModelAvailability, for a fixed set of models with
  a fixed lifecycle and availability (MODELS below);
- the status of a model package: moto makes every package Completed; one that is created with the customer metadata
  property "StandInStatus" gets that status instead.
"""

import json
import os
import signal
import sys
from urllib.parse import unquote

from moto.bedrock.responses import BedrockResponse
from moto.core.exceptions import JsonRESTError
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.sagemaker.models import SageMakerModelBackend
from werkzeug.serving import make_server

# model id: (name, provider, lifecycle, regions, changes to the availability)
MODELS = {
    "amazon.nova-pro-v1:0": ("Nova Pro", "Amazon", "ACTIVE", ["us-east-1"], {}),
    "anthropic.claude-3-5-sonnet-20240620-v1:0": (
        "Claude 3.5 Sonnet", "Anthropic", "LEGACY", ["us-west-2", "us-east-1", "ap-northeast-1"], {},
    ),
    "anthropic.claude-3-5-sonnet-20241022-v2:0": ("Claude 3.5 Sonnet v2", "Anthropic", "ACTIVE", ["us-west-2"], {}),
    "anthropic.claude-3-haiku-20240307-v1:0": (
        "Claude 3 Haiku", "Anthropic", "ACTIVE", ["us-west-2", "us-east-1", "ap-northeast-1", "eu-west-1"], {},
    ),
    # Of the judges, Claude 3.5 Haiku is unknown to this Bedrock.
    "meta.llama3-1-70b-instruct-v1:0": (
        "Llama 3.1 70B Instruct", "Meta", "ACTIVE", ["us-west-2"], {"authorizationStatus": "NOT_AUTHORIZED"},
    ),
    "mistral.mistral-large-2402-v1:0": (
        "Mistral Large", "Mistral AI", "ACTIVE", ["us-west-2", "us-east-1", "eu-west-1"], {},
    ),
}


class NotFound(JsonRESTError):
    code = 404

    def __init__(self):
        super().__init__("ResourceNotFoundException", "Could not resolve the foundation model from the model identifier.")


def summary(model_id, region):
    name, provider, lifecycle, _, _ = MODELS[model_id]
    return {
        "modelArn": f"arn:aws:bedrock:{region}::foundation-model/{model_id}",
        "modelId": model_id,
        "modelName": name,
        "providerName": provider,
        "inputModalities": ["TEXT"],
        "outputModalities": ["TEXT"],
        "inferenceTypesSupported": ["ON_DEMAND"],
        "modelLifecycle": {"status": lifecycle},
    }


def named_model(response):
    """The model at the end of the path, if it is offered in the region that was asked."""
    model_id = unquote(response.path.split("/", 2)[-1]).split("foundation-model/")[-1]
    if model_id not in MODELS or response.region not in MODELS[model_id][3]:
        raise NotFound()
    return model_id


def list_foundation_models(self):
    models = [summary(model_id, self.region) for model_id in MODELS if self.region in MODELS[model_id][3]]
    return json.dumps({"modelSummaries": models})


def get_foundation_model(self):
    return json.dumps({"modelDetails": summary(named_model(self), self.region)})


def get_foundation_model_availability(self):
    model_id = named_model(self)
    availability = {
        "modelId": model_id,
        "agreementAvailability": {"status": "AVAILABLE"},
        "authorizationStatus": "AUTHORIZED",
        "entitlementAvailability": "AVAILABLE",
        "regionAvailability": "AVAILABLE",
    }
    return json.dumps(availability | MODELS[model_id][4])


def extend_moto():
    BedrockResponse.list_foundation_models = list_foundation_models
    BedrockResponse.get_foundation_model = get_foundation_model
    BedrockResponse.get_foundation_model_availability = get_foundation_model_availability

    create = SageMakerModelBackend.create_model_package

    def create_model_package(self, **parameters):
        arn = create(self, **parameters)
        status = (parameters.get("customer_metadata_properties") or {}).get("StandInStatus")
        if status:
            self.model_packages[arn].model_package_status = status
        return arn

    SageMakerModelBackend.create_model_package = create_model_package


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: moto_server.py PORT_FILE")
    port_file = sys.argv[1]
    extend_moto()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    with open(port_file + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
