"""The packages that `./dev package` leaves. The .deb files are installed in a Debian of their own, with what they depend
on and nothing else, and used there. Run by `./dev package --check`, as root: it needs debootstrap and chroot."""

import os
import pathlib
import platform
import subprocess

import pytest

from support.compare import assert_equal
from support.elf import landings, missing_hardening
from support.fresh_debian import FreshDebian
from support.rawhttp import fetch

PACKAGES = pathlib.Path(os.environ["TUNNEL_PACKAGES"])
PROGRAMS = {"http-tunnel": "http-tunnel", "ttf": "http-tunnel-ttf", "tunnel-relay": "tunnel-relay"}  # in which package
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
TOOL_SECONDS = 300
FUNCTIONS = 1000  # each program has some thousand; the C library's start-up code alone has a dozen landings


def output(*argv):
    done = subprocess.run([str(part) for part in argv], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=TOOL_SECONDS, check=False)
    assert done.returncode == 0, f"{argv}: {done.stdout}"
    return done.stdout


def package(program, suffix):
    name = PROGRAMS[program]
    found = [path for path in PACKAGES.glob(f"{name}[_-][0-9]*{suffix}")]
    assert len(found) == 1, f"{name}*{suffix}: {found} in {PACKAGES}"
    return found[0]


@pytest.fixture(scope="module")
def debian(tmp_path_factory):
    debian = FreshDebian(tmp_path_factory.mktemp("debian"))
    try:
        debian.install([package(program, ".deb") for program in PROGRAMS])
        yield debian
    finally:
        debian.close()


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("suffix, listing", [(".deb", ("dpkg-deb", "-c")), (".rpm", ("rpm", "-qlp")),
                                             (".tar.gz", ("tar", "-tzf"))])
def test_each_program_is_in_a_package_of_its_own(program, suffix, listing):
    files = output(*listing, package(program, suffix)).splitlines()
    programs = [path.rsplit("/", 1)[-1] for path in files if "/bin/" in path and not path.endswith("/")]
    assert programs == [program]


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_start(debian, program):
    assert "not found" not in debian.run("ldd", f"/usr/bin/{program}")
    assert debian.run("env", "QT_QPA_PLATFORM=offscreen", f"/usr/bin/{program}", "--version").strip()


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_share_the_variables_of_qt(debian, program):
    """A copy (a relocation of that name) would be another variable than the one Qt uses."""
    path = debian.folder / f"usr/bin/{program}"
    assert "DYN (Position-Independent Executable file)" in output("readelf", "-h", path)
    assert [line for line in output("readelf", "-rW", path).splitlines() if "_COPY" in line and "@Qt_" in line] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_are_hardened(debian, program):
    path = debian.folder / f"usr/bin/{program}"
    assert missing_hardening(path) == []
    assert platform.machine() != "x86_64" or landings(path) > FUNCTIONS


def test_the_hardening_is_read_from_the_program(tmp_path):
    """One that is not hardened is told from one that is."""
    source = tmp_path / "plain.c"
    source.write_text("int main(void) { return 0; }")
    output("gcc", "-no-pie", "-z", "execstack", "-Wl,-z,norelro,-z,lazy", "-fno-stack-protector", "-o", tmp_path / "plain", source)
    missing = missing_hardening(tmp_path / "plain")
    assert len(missing) == 6 and "stack not executable" in missing and "position independent" in missing


def test_desktop_files_are_complete(debian):
    share = debian.folder / "usr/share"
    entry, = share.glob("applications/*.desktop")
    metainfo, = share.glob("metainfo/*.metainfo.xml")
    output("desktop-file-validate", entry)
    output("appstreamcli", "validate", "--no-net", metainfo)
    icon = next(line.removeprefix("Icon=") for line in entry.read_text().splitlines() if line.startswith("Icon="))
    icons = share / "icons/hicolor"
    assert (icons / f"scalable/apps/{icon}.svg").exists()
    for size in ICON_SIZES:
        assert f"{size} x {size}" in output("file", icons / f"{size}x{size}/apps/{icon}.png")


def test_http_tunnel_exposes_a_port(debian, lab):
    nginx = lab.nginx()
    (nginx.www / "index.html").write_text("<h1>mine</h1>")
    desktop = lab.desktop(keyring=False)
    app = lab.http_tunnel(desktop, "--expose", nginx.port, debian=debian)
    assert_equal(fetch(app.wait_serving(), "GET", "/"), fetch(nginx.route(), "GET", "/"))
    app.window()
    assert desktop.tray_icon()
    assert desktop.picture("package-in-fresh-debian", folder=PACKAGES).exists()
    assert app.process.stop() == 0


def test_ttf_exposes_a_port_through_tunnel_relay(debian, lab):
    nginx = lab.nginx()
    (nginx.www / "index.html").write_text("<h1>mine</h1>")
    relay = lab.relay(program=debian.command("/usr/bin/tunnel-relay"))
    client = lab.ttf("http", nginx.port, "--name", "shop", "--relay", relay.url,
                     program=debian.command("/usr/bin/ttf"))
    client.wait_online()
    assert_equal(fetch(relay.subdomain("shop"), "GET", "/"), fetch(nginx.route(), "GET", "/"))


def test_the_windows_installer_compiles(tmp_path):
    """Its script, that is: what would be inside are the programs of this system, so nothing of it is kept."""
    output("cpack", "-G", "NSIS", "--config", PACKAGES.parent / "CPackConfig.cmake", "-B", tmp_path)
    installer, = tmp_path.glob("*.exe")
    assert "Nullsoft Installer" in output("file", installer)
    installer.unlink()
