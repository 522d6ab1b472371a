"""As much of Lambda's Python runtime as the handler needs."""

import http.client
import importlib
import json
import logging
import os
import sys

logging.getLogger().addHandler(logging.StreamHandler(sys.stdout))

module, function = os.environ["_HANDLER"].split(".")
handle = getattr(importlib.import_module(module), function)
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def call(method, path, body=None):
    api.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    response = api.getresponse()
    return response.headers, response.read()


while True:
    headers, event = call("GET", "next")
    request = headers["Lambda-Runtime-Aws-Request-Id"]
    try:
        answer = handle(json.loads(event), None)
    except Exception as e:
        error = {"errorType": type(e).__name__, "errorMessage": str(e)}
        call("POST", request + "/error", json.dumps(error))
    else:
        call("POST", request + "/response", json.dumps(answer))
