import os
import pathlib
import resource
import subprocess

import pytest

from support.aws import cannot
from support.lab import Lab
from support.tunnel import BIN
from support.waiting import ON_AWS

# A shell gives 1,024 descriptors; some tests are more visitors than that.
DESCRIPTORS = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))

_labs = []


def _lab(folder):
    lab = Lab(folder)
    _labs.append(lab)
    yield lab
    _labs.remove(lab)
    lab.close()


@pytest.fixture
def lab(tmp_path):
    """Processes of one test."""
    yield from _lab(tmp_path)


@pytest.fixture(scope="module")
def shared_lab(tmp_path_factory):
    """Processes shared by the tests of one file."""
    yield from _lab(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session")
def aws_template(tmp_path_factory):
    """The CloudFormation template: the one ctest has just checked, or one made here."""
    if made := os.environ.get("TUNNEL_AWS_TEMPLATE"):
        return pathlib.Path(made)
    folder = tmp_path_factory.mktemp("synth")
    subprocess.run([pathlib.Path(__file__).parents[2] / "backend-aws/infra/build.sh", folder], check=True, timeout=300)
    return folder / "cdk.out/HttpTunnel-dev.template.json"


def pytest_collection_modifyitems(config, items):
    if ON_AWS:
        whole_files = not any("::" in argument for argument in config.args) and not config.option.keyword
        items[:], left_out = cannot.take_out(items, whole_files)
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        report.sections += [("process logs", lab.logs()) for lab in _labs]


def pytest_report_header():
    return f"programs under test: {BIN}"
