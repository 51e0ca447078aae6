"""./dev deploy aws without AWS: what it hands to `cdk` and to `aws`, and what it never does. Both are small stand-ins."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest

from support.tunnel import BIN

INFRA = pathlib.Path(__file__).parents[2] / "backend-aws/infra"
AWS = """#!/usr/bin/env python3
import json, os, pathlib, sys
store = pathlib.Path(os.environ["STORE"])
with open(os.environ["CALLS"], "a") as calls:
    calls.write("aws " + " ".join(sys.argv[1:]) + "\\n")
if os.environ.get("AWS_FAILS"):
    sys.exit("An error occurred (ExpiredTokenException) when calling GetParameter: expired")
known = json.loads(store.read_text()) if store.exists() else {}
if sys.argv[1:3] == ["ssm", "put-parameter"]:
    wanted = json.load(sys.stdin)
    known[wanted["Name"]] = wanted
    store.write_text(json.dumps(known))
elif sys.argv[1:3] == ["ssm", "get-parameter"]:
    name = sys.argv[sys.argv.index("--name") + 1]
    if name not in known:
        sys.exit("An error occurred (ParameterNotFound) when calling the GetParameter operation: ")
    print(known[name]["Value"] if "--with-decryption" in sys.argv else name)
"""
CDK = '#!/bin/sh\necho "cdk $*" >>"$CALLS"\n[ -z "$CDK_FAILS" ]\n'


class Machine:
    def __init__(self, folder):
        self._folder = folder
        for name, text in (("aws", AWS), ("cdk", CDK)):
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)

    def deploy(self, *arguments, **variables):
        environment = {**os.environ, "PATH": f"{self._folder}:{os.environ['PATH']}", "TUNNEL_CDK": str(self._folder / "cdk"),
                       "STORE": str(self._folder / "store"), "CALLS": str(self._folder / "calls"), **variables}
        return subprocess.run([INFRA / "deploy.sh", *arguments], env=environment, text=True, timeout=120, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def calls(self):
        return (self._folder / "calls").read_text()

    def secrets(self):
        return json.loads((self._folder / "store").read_text())


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_the_stack_first_then_the_secrets_that_it_needs(machine):
    done = machine.deploy(TUNNEL_ENVIRONMENT="staging")
    assert done.returncode == 0, done.stderr
    assert machine.calls().splitlines()[0] == "cdk deploy HttpTunnel-staging --require-approval broadening"
    secrets = machine.secrets()
    assert sorted(secrets) == ["/http-tunnel/staging/jwt-secret", "/http-tunnel/staging/reply-key"]
    for secret in secrets.values():
        assert (secret["Type"], secret["KeyId"]) == ("SecureString", "alias/http-tunnel-staging")
        assert len(secret["Value"]) == 64


def test_no_secret_is_shown(machine):
    done = machine.deploy()
    for secret in machine.secrets().values():
        assert secret["Value"] not in machine.calls() + done.stdout + done.stderr


def test_secrets_that_are_there_stay(machine):
    machine.deploy()
    before = machine.secrets()
    assert machine.deploy().returncode == 0
    assert machine.secrets() == before


def test_with_an_issuer_there_is_no_secret_of_ours(machine):
    machine.deploy(TUNNEL_JWKS_URL="https://id.example.com/keys")
    assert list(machine.secrets()) == ["/http-tunnel/dev/reply-key"]


def test_a_failed_deployment_makes_no_secret(machine):
    assert machine.deploy(CDK_FAILS="1").returncode != 0
    assert "aws" not in machine.calls()


def test_without_the_aws_command_line_nothing_is_deployed(machine, tmp_path):
    """The secrets need it: that is told before the minutes that a deployment takes."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "dirname", "env", "find", "node", "readlink", "sh", "touch"):
        (tools / name).symlink_to(shutil.which(name))
    done = machine.deploy(PATH=str(tools))
    assert done.returncode == 1
    assert "awscli" in done.stderr
    assert not (tmp_path / "calls").exists()


def test_an_answer_that_is_not_understood_makes_no_secret(machine):
    done = machine.deploy(AWS_FAILS="1")
    assert done.returncode == 1
    assert "ExpiredTokenException" in done.stderr
    assert "put-parameter" not in machine.calls()


def test_a_token_is_signed_with_the_secret(machine):
    machine.deploy()
    done = machine.deploy("--token", "alice", "--expires", "30d", PATH=f"{BIN}:{machine._folder}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().count(".") == 2
    assert machine.secrets()["/http-tunnel/dev/jwt-secret"]["Value"] not in machine.calls()


def test_the_template_can_be_had_without_an_account(tmp_path):
    done = subprocess.run([INFRA / "deploy.sh", "--template"], text=True, timeout=120, check=True, stdout=subprocess.PIPE,
                          env={**os.environ, "TUNNEL_ALERT_MAIL": "owner@example.com", "AWS_EC2_METADATA_DISABLED": "true"})
    template = json.loads(pathlib.Path(done.stdout.strip()).read_text())
    kinds = {resource["Type"] for resource in template["Resources"].values()}
    assert {"AWS::Lambda::Function", "AWS::ApiGatewayV2::Api", "AWS::DynamoDB::Table", "AWS::Budgets::Budget"} <= kinds
    assert sorted(template["Parameters"]) == ["CodeBucket", "CodeKey"]


def test_the_template_that_is_published_knows_nobodys_address(tmp_path):
    variables = {name: value for name, value in os.environ.items() if name != "TUNNEL_ALERT_MAIL"}
    done = subprocess.run([INFRA / "deploy.sh", "--template"], text=True, timeout=120, check=True, stdout=subprocess.PIPE,
                          env={**variables, "TUNNEL_ENVIRONMENT": "prod", "AWS_EC2_METADATA_DISABLED": "true"})
    file = pathlib.Path(done.stdout.strip())
    assert file.name == "HttpTunnel-prod.template.json"
    assert "AlertMail" in json.loads(file.read_text())["Parameters"]


def test_wrong_settings_are_told_before_anything_is_done(tmp_path):
    done = subprocess.run([INFRA / "deploy.sh", "--template"], text=True, timeout=120, check=False, stderr=subprocess.PIPE,
                          env={**os.environ, "TUNNEL_RATE": "many", "AWS_EC2_METADATA_DISABLED": "true"})
    assert done.returncode != 0
    assert "TUNNEL_RATE" in done.stderr
