"""A minimal Debian in a folder, made by debootstrap from the package sources that this machine itself uses."""

import re
import shutil
import subprocess

INSTALL_SECONDS = 600


def _output(*argv):
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60).stdout


def _sources():
    """[(address, suite)] of this machine's Debian, the suite it was installed from first."""
    lines = _output("apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages",
                    "Origin: Debian", "Component: main").splitlines()
    return sorted({tuple(line.split()) for line in lines}, key=lambda source: (len(source[1]), source))


class FreshDebian:
    def __init__(self, folder):
        self.folder = folder
        (address, suite), *_ = sources = _sources()
        self._log("debootstrap", "--variant=minbase", suite, str(folder), address)
        listed = "".join(f"deb {address} {suite} main\n" for address, suite in sources)
        (folder / "etc/apt/sources.list").write_text(listed)
        settings = [line for line in _output("apt-config", "dump", "Acquire").splitlines()
                    if re.search(r"::(Proxy|Check-\w+)", line)]
        (folder / "etc/apt/apt.conf.d/99-this-machine").write_text("\n".join(settings) + "\n")

    @staticmethod
    def _log(*argv):
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=INSTALL_SECONDS, check=False)
        assert done.returncode == 0, f"{argv}\n{done.stdout[-4000:]}"
        return done.stdout

    def command(self, *argv):
        """How to run something inside, with a /proc that goes away with it."""
        mount = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
        return ["unshare", "--mount", "sh", "-c", mount, str(self.folder), *map(str, argv)]

    def run(self, *argv):
        return self._log(*self.command(*argv))

    def install(self, packages):
        """.deb files of this machine, with what they depend on and nothing they only recommend."""
        inside = self.folder / "packages"
        inside.mkdir()
        for package in packages:
            shutil.copy(package, inside)
        self.run("apt-get", "update", "-q")
        self.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y", "--no-install-recommends",
                 *[f"/packages/{package.name}" for package in packages])

    def close(self):
        shutil.rmtree(self.folder)
