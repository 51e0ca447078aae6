"""The files of the project, and how a check reports: shared by the checks of this folder."""

import pathlib
import subprocess
import sys


def project_files(root):
    """Paths of all files that are or would be in the repository, relative to root, sorted."""
    listing = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.decode().split("\0") if name]
    else:  # not a clone: a source archive, or a tree made by a test
        names = [str(path.relative_to(root)) for path in root.rglob("*")]
    return sorted(pathlib.PurePosixPath(name) for name in names if (root / name).is_file())


def read(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace")


def run(check):
    """Runs check(root) -> list of findings on the folder named in argv, and exits non-zero when there are any."""
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    findings = check(root)
    for finding in findings:
        print(finding)
    if findings:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {len(findings)} finding(s)")
