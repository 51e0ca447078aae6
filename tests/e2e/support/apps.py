"""What Node.js tests need: the packages of apps/package-lock.json, installed once per build folder."""

import os
import pathlib
import shutil
import subprocess

APPS = pathlib.Path(__file__).parents[1] / "apps"
WORK = pathlib.Path(os.environ.get("TUNNEL_E2E_WORK", APPS.parents[2] / "build/e2e"))
NPM_SECONDS = 240


def install_apps():
    """A folder with those packages; they are installed again when the lock file changes."""
    home = WORK / "apps"
    lock = (APPS / "package-lock.json").read_bytes()
    stamp = home / "installed.lock"
    if not stamp.exists() or stamp.read_bytes() != lock:
        home.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(APPS / name, home)
        subprocess.run(["npm", "ci"], cwd=home, check=True, timeout=NPM_SECONDS)
        stamp.write_bytes(lock)
    return home
