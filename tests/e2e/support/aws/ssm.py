"""Parameter Store: GetParameters, with and without decryption."""

import time

from .json_api import ServiceError
from .template import ACCOUNT, REGION

MAX_NAMES = 10


def parameter_arn(name):
    return f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{name.lstrip('/')}"


class Ssm:
    def __init__(self, parameters):
        """`parameters`: {name: (type, value)}; a SecureString is encrypted unless decryption is asked for."""
        self.parameters = dict(parameters)

    def resources(self, action, request):
        if action != "GetParameters":
            raise ServiceError("UnknownOperationException", f"the local SSM has no {action}")
        return [parameter_arn(name) for name in request["Names"]]

    def secure(self, request):
        return [name for name in request["Names"] if self.parameters.get(name, ("", ""))[0] == "SecureString"]

    async def call(self, request):
        names = request["Names"]
        if not 1 <= len(names) <= MAX_NAMES or len(set(names)) != len(names):
            raise ServiceError("ValidationException", "1 to 10 different names")
        decrypt = request.get("WithDecryption", False)
        found = [self._describe(name, decrypt) for name in names if name in self.parameters]
        return {"Parameters": found, "InvalidParameters": [name for name in names if name not in self.parameters]}

    def _describe(self, name, decrypt):
        kind, value = self.parameters[name]
        shown = value if kind != "SecureString" or decrypt else "AQICAHencrypted"
        return {"Name": name, "Type": kind, "Value": shown, "Version": 1, "ARN": parameter_arn(name), "DataType": "text",
                "LastModifiedDate": time.time()}
