#!/usr/bin/env python3
"""Each source of core and app has its test at the mirrored path, and each test mirrors a source.

core/wire/frame.cpp <-> tests/core/wire/frame_test.cpp
"""

import pathlib

import tree

MIRRORED = ("core", "app", "ui", "backend-aws")

# Sources without a test of their own, each with its reason.
EXCEPTIONS = {}


def needs_test(path):
    return path.parts[0] in MIRRORED and path.suffix == ".cpp" and path.name != "main.cpp"


def test_of(path):
    return pathlib.PurePosixPath("tests") / path.parent / f"{path.stem}_test.cpp"


def source_stem(test):
    return pathlib.PurePosixPath(*test.parts[1:-1]) / test.name.removesuffix("_test.cpp")


def check(root, exceptions=None):
    exceptions = EXCEPTIONS if exceptions is None else exceptions
    files = set(tree.project_files(root))
    findings = []
    for path in sorted(files):
        if needs_test(path) and test_of(path) not in files and str(path) not in exceptions:
            findings.append(f"{path}: has no test; expected {test_of(path)}")
        if path.parts[0] == "tests" and len(path.parts) > 2 and path.parts[1] in MIRRORED \
                and path.name.endswith("_test.cpp"):
            stem = str(source_stem(path))
            if not {pathlib.PurePosixPath(stem + suffix) for suffix in (".cpp", ".h")} & files:
                findings.append(f"{path}: tests no source; expected {stem}.cpp or {stem}.h")
    for name in sorted(exceptions):
        path = pathlib.PurePosixPath(name)
        if path not in files or test_of(path) in files:
            findings.append(f"{name}: no longer an exception; take it off the list in check_mirror.py")
    return findings


if __name__ == "__main__":
    tree.run(check)
