#!/usr/bin/env python3
"""make_zip.py PROGRAM ZIP: the zip that Lambda takes, with nothing in it that depends on when and where it was made."""

import os
import sys
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip knows
EXECUTABLE = 0o100755 << 16
UNIX = 3


def main(program, target):
    entry = zipfile.ZipInfo("bootstrap", EPOCH)
    entry.create_system, entry.external_attr, entry.compress_type = UNIX, EXECUTABLE, zipfile.ZIP_DEFLATED
    with open(program, "rb") as source, zipfile.ZipFile(target + ".part", "w") as archive:
        archive.writestr(entry, source.read(), compresslevel=9)
    os.replace(target + ".part", target)


if __name__ == "__main__":
    main(*sys.argv[1:])
