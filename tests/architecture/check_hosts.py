#!/usr/bin/env python3
"""No file of the repository names a package registry or mirror: which one is used is the machine's own setting."""

import json
import re

import tree

# Written so that this file does not match itself.
HOSTS = re.compile(
    r"\b(npmjs|yarnpkg|pypi|pythonhosted|rubygems|crates)\.(org|com|io)\b"
    r"|\b(deb|security|archive|snapshot|ftp\.[a-z]+)\.(debian|ubuntu)\.[a-z]+"
    r"|https?://([\w.-]+\.)?(registry|mirrors?|packages|artifactory|nexus)[\w-]*\.[a-z]"
    r"|\b(proxy|sum)\.golang\.org",
    re.IGNORECASE)
SETTINGS = re.compile(r"^\s*(@[\w-]+:)?(registry|index-url|extra-index-url)\s*=", re.MULTILINE)
LOCK_FILES = ("package-lock.json", "npm-shrinkwrap.json")


def resolved_urls(value):
    """Every `resolved` entry of an npm lock file that names a host."""
    if isinstance(value, dict):
        if isinstance(value.get("resolved"), str) and "://" in value["resolved"]:
            yield value["resolved"]
        for child in value.values():
            yield from resolved_urls(child)
    elif isinstance(value, list):
        for child in value:
            yield from resolved_urls(child)


def check(root):
    findings = []
    for path in tree.project_files(root):
        text = tree.read(root, path)
        for number, line in enumerate(text.splitlines(), 1):
            if HOSTS.search(line):
                findings.append(f"{path}:{number}: names a package registry")
        if path.name in (".npmrc", "pip.conf") and SETTINGS.search(text):
            findings.append(f"{path}: sets a package registry")
        if path.name in LOCK_FILES and any(resolved_urls(json.loads(text))):
            findings.append(f"{path}: has `resolved` addresses; write it with npm's omit-lockfile-registry-resolved")
    return findings


if __name__ == "__main__":
    tree.run(check)
