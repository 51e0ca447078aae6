"""The local AWS as one thing: built from the synthesized template, run by a thread of its own, looked at by tests."""

import asyncio
import pathlib
import secrets
import subprocess
import threading

from ..waiting import wait_until
from .dynamodb import DynamoDb
from .front import Front
from .functions import LambdaFunction
from .http_gateway import HttpGateway
from .ledger import Ledger
from .policy import Policy
from .sqs import Sqs
from .ssm import Ssm
from .template import Template
from .websocket_gateway import WebSocketGateway

DYNALITE = pathlib.Path(__file__).parents[2] / "aws/dynalite.mjs"
ROLES = ("http", "ws")
# What Lambda itself does with a role, or the functions by stdout: no call of theirs.
NOT_CALLED = ("logs", "kms")


class Dynalite:
    """DynamoDB's process; ends with its standard input."""

    def __init__(self):
        self._process = subprocess.Popen(["node", DYNALITE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=20)


class LocalAws:
    """`program`: the argv of bootstrap. `secret` signs tokens, `variables` are added to both functions' environment,
    `config` takes the place of the template's configuration. Names are subdomains of localhost."""

    def __init__(self, template_path, program, folder, secret, variables=None, concurrency=None, config=None):
        self.template = Template(template_path)
        self._program, self._folder = program, folder
        self._variables, self._concurrency = variables or {}, concurrency or {}
        self.secret = secret
        self.ledger = Ledger()
        self.sqs = Sqs()
        self.ssm = Ssm(self._parameters(config))
        self._dynalite = Dynalite()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="local-aws", daemon=True)
        self._thread.start()
        self.policies, self.functions = {}, {}
        self.call(self._build())

    def call(self, work, seconds=60):
        """Runs a coroutine in the local AWS's own thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def _parameters(self, config):
        found = {name: ("String", value) for name, value in self.template.parameters().items()}
        variables = self.template.functions()["ws"].variables
        if config is not None:
            found[variables["TUNNEL_CONFIG_PARAMETER"]] = ("String", config)
        found[variables["TUNNEL_REPLY_KEY_PARAMETER"]] = ("SecureString", secrets.token_hex(32))
        found[variables["TUNNEL_JWT_SECRET_PARAMETER"]] = ("SecureString", self.secret)
        return found

    async def _build(self):
        described = self.template.functions()
        self.dynamodb = DynamoDb(self._dynalite.port)
        tables, _ = self.template.tables()
        await self.dynamodb.create(tables)
        self.table_names = [wanted["TableName"] for wanted in tables]
        web = self.template.api("WEBSOCKET")
        self.links = WebSocketGateway(web, self.template.identity_source(), self.ledger)
        self.front = await Front(self.ledger, {"dynamodb": self.dynamodb, "sqs": self.sqs, "ssm": self.ssm}, self.links,
                                 self.template.encrypted_tables(), self.template.key_arn()).start()
        self.web = HttpGateway(self.template.api("HTTP"), self.ledger)
        await self.web.start()
        await self.links.start()
        for role in ROLES:
            self.functions[role] = self._function(role, described[role], web)
        self.web.function, self.links.function = self.functions["http"], self.functions["ws"]

    def _function(self, role, described, web):
        policy = self.policies[role] = Policy(described.statements)
        endpoint = f"http://127.0.0.1:{self.front.port}"
        variables = {**described.variables, "TUNNEL_PUBLIC_URL": f"http://localhost:{self.web.port}", "TUNNEL_SUBDOMAINS": "true",
                     "TUNNEL_WEBSOCKET_ENDPOINT": f"{endpoint}/{web.stage}", "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
                     "AWS_ENDPOINT_URL_SQS": endpoint, "AWS_ENDPOINT_URL_SSM": endpoint, **self._variables}
        folder = self._folder / role
        folder.mkdir(parents=True, exist_ok=True)
        return LambdaFunction(described, self._program, folder, variables, lambda: self._admit(role, policy),
                              self._concurrency.get(role))

    def _admit(self, role, policy):
        """Credentials of their own for each execution environment, as Lambda hands them out."""
        credentials = ("ASIA" + secrets.token_hex(8).upper(), secrets.token_hex(20), secrets.token_urlsafe(200))
        self.front.admit(role, policy, *credentials)
        return credentials

    # --- what tests do
    def run_schedule(self):
        """The clean-up, as EventBridge starts it."""
        event = b'{"version":"0","id":"local","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012",' \
                b'"time":"2026-01-01T00:00:00Z","region":"eu-central-1","resources":[],"detail":{}}'
        return self.call(self.functions["ws"].invoke(event))

    def items(self):
        """{table: items}, with all that the tables hold."""
        return {name: self.call(self.dynamodb.scan(name)) for name in self.table_names}

    def put_item(self, table, item):
        self.call(self.dynamodb.call("PutItem", {"TableName": table, "Item": item}))

    def fault(self, fault):
        self.front.faults.append(fault)
        return fault

    def wait_links(self, count, seconds=20):
        """So many open links, and the ends of all others told to the function."""
        wait_until(lambda: len(self.links.links) == count and not self.links.ending, seconds,
                   lambda: f"{len(self.links.links)} links, not {count}; {self.links.ending} are ending")

    def logs(self):
        return "\n".join(f"--- {role}\n{function.log_text()[-6000:]}" for role, function in self.functions.items())

    def check(self):
        """Every call was signed and allowed, and no function crashed."""
        assert not self.front.denied, f"calls that no statement of the template allows: {sorted(set(self.front.denied))}"
        assert not self.front.bad_signatures, f"badly signed: {self.front.bad_signatures[:3]}"

    def unused_statements(self):
        return {role: policy.unused(NOT_CALLED) for role, policy in self.policies.items()}

    def close(self):
        self.call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=20)
        self._loop.close()
        self._dynalite.close()

    async def _close(self):
        await self.links.close()
        await self.web.close()
        for function in self.functions.values():
            await function.close()
        self.dynamodb.close()
        await self.front.close()
