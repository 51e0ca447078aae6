#!/usr/bin/env python3
"""Every test that docs/security.md names is there, and every threat names one."""

import re

import tree

PAGE = "docs/security.md"
NAMED = re.compile(r"`(tests/[\w./-]+?)(?:::(\w+))?`")


def threats(text):
    """(line number, cells) of the rows of tables that say what a threat is shown by."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[-1] == "shown by":
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not set(line) <= set("|- "):
            yield number, cells


def check(root):
    if not (root / PAGE).is_file():
        return [f"{PAGE}: is missing"]
    text = (root / PAGE).read_text(encoding="utf-8")
    rows = list(threats(text))
    findings = [] if rows else [f"{PAGE}: names no threat"]
    findings += [f"{PAGE}:{number}: names no test" for number, cells in rows if not NAMED.search(cells[-1])]
    for number, line in enumerate(text.splitlines(), 1):
        for path, name in NAMED.findall(line):
            if not (root / path).is_file():
                findings.append(f"{PAGE}:{number}: there is no {path}")
            elif name and not re.search(rf"\b{name}\b", (root / path).read_text(encoding="utf-8")):
                findings.append(f"{PAGE}:{number}: {path} has no {name}")
    return findings


if __name__ == "__main__":
    tree.run(check)
