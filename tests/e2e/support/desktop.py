"""A desktop nobody sees: an X display with a window manager and, as asked, a tray and a D-Bus session with an unlocked
keyring (or, with keyring="later", none until the test starts it). Home, settings and runtime folder are its own; every process is ended by its id."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from .process import Process
from .waiting import SLOWDOWN, wait_until

START_SECONDS = 20
ATTEMPT_SECONDS = 5  # from a typed token to a client at the relay
TOOL_SECONDS = 20 * SLOWDOWN  # one call of xdotool, import or secret-tool
SCREENSHOTS = os.environ.get("TUNNEL_SCREENSHOTS")
TRAY_HEIGHT = 28
# What the keyring's own window and screen readers need; not the keyring, which a bus would start when it is asked for.
STARTED_BY_THE_BUS = ("org.a11y.Bus", "org.gnome.keyring.SystemPrompter", "org.gnome.keyring.PrivatePrompter")
BUS_WITHOUT_KEYRING = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
NO_BUS = "unix:path=/nonexistent/bus"  # set, so that nothing starts a bus by itself


class Desktop:
    def __init__(self, folder, tray=True, keyring=True, size=(1440, 900), accessible=False):
        self.folder = folder
        self._processes = []
        # Paths of sockets have at most 107 bytes; a test's own folder is deep, and TMPDIR may be.
        self._runtime = pathlib.Path(tempfile.mkdtemp(prefix="tunnel-desktop-", dir="/tmp"))
        self.env = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(self._runtime), "XDG_SESSION_TYPE": "x11",
                    "XDG_CONFIG_HOME": str(folder / "config"), "XDG_STATE_HOME": str(folder / "state"),
                    "XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache"),
                    "HTTP_TUNNEL_CONFIG_DIR": None, "HTTP_TUNNEL_STATE_DIR": None, "TUNNEL_TOKEN": None,
                    "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None, "QT_SCALE_FACTOR": None,
                    "XDG_CURRENT_DESKTOP": None, "DESKTOP_SESSION": None, "LANG": "C.UTF-8",
                    "DBUS_SESSION_BUS_ADDRESS": NO_BUS}
        try:
            self._start_display(size)
            if keyring:
                self._start_bus(BUS_WITHOUT_KEYRING if keyring == "later" else None)
            if keyring is True:
                self.start_keyring()
            if accessible:
                self._start_accessibility()
            if tray:
                self.start_tray()
        except BaseException:
            self.close()
            raise

    def run(self, name, *argv, env=None):
        """A process on this desktop, which ends with it."""
        process = Process(name, argv, self.folder, {**self.env, **(env or {})})
        self._processes.append(process)
        return process

    def _first_line(self, process):
        wait_until(lambda: process.stdout_path.read_text().count("\n") or not process.running(), START_SECONDS,
                   lambda: f"{process.name} says nothing: {process.tail()}")
        assert process.running(), f"{process.name} ended: {process.tail()}"
        return process.stdout_path.read_text().splitlines()[0]

    def _start_display(self, size):
        screen = f"{size[0]}x{size[1]}x24"
        # It draws a free number by itself and tells it.
        xvfb = self.run("xvfb", "Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset")
        self.env["DISPLAY"] = ":" + self._first_line(xvfb)
        managed = self._runtime / "managed"
        self.run("openbox", "openbox", "--sm-disable", "--startup", f"touch {managed}")
        self.wait(managed.exists, "openbox is not ready")
        # A background for the pictures; it exits with 1 when it has done that.
        self._tool("display", "-window", "root", "-size", f"{size[0]}x{size[1]}", "xc:#4a5568", check=False)

    def _start_bus(self, config=None):
        which = ["--session"]
        if config:
            services = self._runtime / "services"
            services.mkdir()
            for name in STARTED_BY_THE_BUS:
                shutil.copy(pathlib.Path("/usr/share/dbus-1/services") / f"{name}.service", services)
            path = self._runtime / "bus.conf"
            path.write_text(config.format(services=services))
            which = [f"--config-file={path}"]
        bus = self.run("dbus", "dbus-daemon", *which, "--nofork", "--nopidfile", "--print-address=1")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._first_line(bus)

    def start_keyring(self, password="\\n"):
        """gnome-keyring with its login keyring unlocked; one with this password is made when there is none yet."""
        self.run("keyring", "sh", "-c",
                 f"printf '{password}' | exec gnome-keyring-daemon --foreground --unlock --components=secrets")
        self.wait(lambda: self._has_owner("org.freedesktop.secrets"), "no keyring on the bus")

    def lock_keyring(self):
        """As a desktop does it: the next reader is asked for the password in a window."""
        self._tool("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
                   "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                   "array:objpath:/org/freedesktop/secrets/aliases/default")

    def _start_accessibility(self):
        """The bus on which programs tell screen readers what they show; needs the session bus."""
        reply = self._tool("dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus",
                           "org.a11y.Bus.GetAddress")
        assert "unix:" in reply, reply
        self.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"

    def _has_owner(self, name):
        reply = self._tool("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                           "org.freedesktop.DBus.NameHasOwner", f"string:{name}", check=False)
        return "boolean true" in reply

    def start_tray(self):
        self.tray = self.run("trayer", "trayer", "--edge", "top", "--align", "right", "--widthtype", "request",
                             "--height", str(TRAY_HEIGHT), "--expand", "false", "--tint", "0xE8E8E8", "--alpha", "0",
                             "--transparent", "true")
        self.wait(lambda: self._tool("xdotool", "search", "--name", "^panel$", check=False), "trayer is not ready")

    def _tool(self, *argv, check=True):
        env = {key: value for key, value in {**os.environ, **self.env}.items() if value is not None}
        done = subprocess.run([str(part) for part in argv], env=env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=TOOL_SECONDS, check=False)
        assert done.returncode == 0 or not check, f"{argv}: {done.stderr}"
        return done.stdout

    @staticmethod
    def wait(condition, what, seconds=START_SECONDS):
        return wait_until(condition, seconds, what)

    # --- What a user sees and does ------------------------------------------------------------------------------------
    def windows(self, title):
        """Ids of the visible windows whose title matches."""
        return self._tool("xdotool", "search", "--onlyvisible", "--name", title, check=False).split()

    def window(self, title, seconds=START_SECONDS):
        return self.wait(lambda: self.windows(title), lambda: f"no window {title!r}; {self.titles()}", seconds)[0]

    def titles(self):
        ids = self.windows(".")
        return sorted({self._tool("xdotool", "getwindowname", window, check=False).strip() for window in ids})

    def menus(self):
        """Ids of open menus: windows of http-tunnel that the window manager does not frame, and not the tray's icon."""
        ids = self._tool("xdotool", "search", "--onlyvisible", "--class", "http-tunnel", check=False).split()
        return [window for window in ids if self.geometry(window)[3] > TRAY_HEIGHT
                and window not in self.windows("HTTP Tunnel")]

    def active(self):
        return self._tool("xdotool", "getactivewindow", check=False).strip()

    def activate(self, window):
        self._tool("xdotool", "windowactivate", window, check=False)
        self.wait(lambda: self.active() == window, lambda: f"{window} is not the active window, {self.active()} is")

    def front(self, title):
        """The window of this title, active: brought to the front again when another one takes its place."""
        self._tool("xdotool", "windowactivate", self.window(title), check=False)

        def in_front():
            windows, active = self.windows(title), self.active()
            if active in windows:
                return active
            if windows:
                self._tool("xdotool", "windowactivate", windows[0], check=False)
            return None
        return self.wait(in_front, lambda: f"no {title!r} in front; there are {self.titles()}")

    def minimize(self, window):
        self._tool("xdotool", "windowminimize", window)
        self.wait(lambda: self.active() != window, f"{window} is still the active window")

    def geometry(self, window):
        """(x, y, width, height) on the screen."""
        text = self._tool("xdotool", "getwindowgeometry", "--shell", window, check=False)
        values = dict(re.findall(r"^(\w+)=(-?\d+)$", text, re.MULTILINE))
        return tuple(int(values.get(key, 0)) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def key(self, *keys):
        self._tool("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text):
        self._tool("xdotool", "type", "--clearmodifiers", text)

    def save_token(self, app, token, relay):
        """Settings open where a token is missing, with the keyboard in its field, once the window has heard that it is:
        as long as the relay sees no client for it, another time."""
        def attempts():
            return relay.process.stderr().count("connection_id=")
        before = attempts()

        def tried():
            app.window()
            self.key("ctrl+comma")
            self.front("^Settings")
            self.type(token)
            self.key("Return")
            try:
                return self.wait(lambda: attempts() > before, "no client came", ATTEMPT_SECONDS)
            except AssertionError:
                self.key("Escape")
                return False
        self.wait(tried, lambda: f"the token was never tried: {relay.process.stderr()}")

    def click(self, x, y, button=1):
        self._tool("xdotool", "mousemove", x, y, "click", button)

    def click_on(self, box, button=1):
        """In the middle of (x, y, width, height)."""
        self.click(box[0] + box[2] // 2, box[1] + box[3] // 2, button)

    def own_windows(self):
        """Ids of what http-tunnel shows: windows, menus, the icon in the tray."""
        return self._tool("xdotool", "search", "--onlyvisible", "--class", "http-tunnel", check=False).split()

    def tray_icon(self, seconds=START_SECONDS):
        """Where the icon of http-tunnel is: (x, y, width, height)."""
        def embedded():
            strip = self.geometry(self.windows("^panel$")[0]) if self.windows("^panel$") else (0, 0, 0, 0)
            boxes = [self.geometry(window) for window in self.own_windows()]
            return [box for box in boxes if box[1] >= strip[1] and box[3] and box[1] + box[3] <= strip[1] + strip[3]]
        return self.wait(embedded, lambda: f"no icon in the tray; {self.titles()}", seconds)[0]

    def secret(self, **attributes):
        """A secret of the keyring, or an empty text."""
        return self._tool("secret-tool", "lookup", *[part for pair in attributes.items() for part in pair], check=False)

    def picture(self, name, folder=None):
        """Keeps what the whole screen shows."""
        folder = pathlib.Path(folder or SCREENSHOTS or self.folder)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        self._tool("/usr/bin/import", "-window", "root", path)
        return path

    def close(self):
        try:
            for process in reversed(self._processes):
                process.stop()
        finally:
            shutil.rmtree(self._runtime, ignore_errors=True)
