"""The window as a screen reader knows it (AT-SPI): finds widgets by role and accessible name on the desktop's own
accessibility bus, and says where to click. One Desktop a process: the bus is looked up once."""

import os
import re

from .waiting import wait_until

FIND_SECONDS = 20
ANY_ROLE = "*"
# A table has a child for every cell: asked for by row and column instead of walked.
UNWALKED = ("table", "tree table")


class Accessible:
    """The tree of one program. `desktop` needs a session bus (keyring=True)."""

    def __init__(self, desktop, name="http-tunnel"):
        for variable in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            os.environ[variable] = desktop.env[variable]
        import pyatspi  # pylint: disable=import-outside-toplevel # connects to the bus named above
        from gi.repository import GLib  # pylint: disable=import-outside-toplevel
        self._atspi = pyatspi
        self._gone = (LookupError, GLib.Error)  # a widget that went away while it was asked
        self._desktop = desktop
        self._name = name

    def _program(self):
        for application in self._atspi.Registry.getDesktop(0):
            if application and application.name.casefold() == self._name.casefold():
                return application
        return None

    def all(self, role, name=".*", within=None):
        """Showing widgets of this role whose accessible name matches, in the order of the tree."""
        try:
            root = within or self._program()
        except self._gone:
            return []
        return [] if root is None else list(self._walk(root, role, re.compile(name)))

    def _walk(self, node, role, name):
        try:
            scrolled = node.getRoleName() in ("application", "list item")  # may be out of view
            if not scrolled and not node.getState().contains(self._atspi.STATE_SHOWING):
                return
            if role in (ANY_ROLE, node.getRoleName()) and name.search(node.name or ""):
                yield node
            if node.getRoleName() in UNWALKED:
                return
            for child in node:
                if child is not None:
                    yield from self._walk(child, role, name)
        except self._gone:
            return

    def find(self, role, name=".*", within=None, seconds=FIND_SECONDS):
        return wait_until(lambda: self.all(role, name, within), seconds,
                          lambda: f"no {role} {name!r}; there are {self.names(role)}")[0]

    def names(self, role):
        return [node.name for node in self.all(role)]

    def focused(self, role, seconds=FIND_SECONDS):
        """The widget of this role that the keyboard goes to."""
        def with_keyboard():
            return [node for node in self.all(role) if self._has_keyboard(node)]
        return wait_until(with_keyboard, seconds, lambda: f"no {role} has the keyboard")[0]

    def _has_keyboard(self, node):
        try:
            return node.getState().contains(self._atspi.STATE_FOCUSED)
        except self._gone:
            return False

    def type(self, role, text):
        """Into the field of this role that has the keyboard; back when all of it is there. Replaces what is selected."""
        field = self.focused(role)
        self._desktop.type(text)
        wait_until(lambda: field.queryText().characterCount == len(text), FIND_SECONDS,
                   lambda: f"{field.queryText().characterCount} of {len(text)} characters arrived")

    def center(self, node):
        box = node.queryComponent().getExtents(self._atspi.DESKTOP_COORDS)
        return box.x + box.width // 2, box.y + box.height // 2

    def click(self, node, button=1):
        self._desktop.click(*self.center(node), button)

    def press(self, role, name, within=None):
        """Clicks on a widget as soon as it is there."""
        node = self.find(role, name, within)
        self.click(node)
        return node

    def scroll_to(self, node, within):
        """Turns the wheel over `within` until the node is inside."""
        def inside():
            box, frame = (each.queryComponent().getExtents(self._atspi.DESKTOP_COORDS) for each in (node, within))
            if frame.y <= box.y and box.y + box.height <= frame.y + frame.height:
                return True
            self.click(within, 4 if box.y < frame.y else 5)
            return False
        wait_until(inside, FIND_SECONDS, lambda: f"{node.name!r} does not come into view")

    @staticmethod
    def text(node):
        text = node.queryText()
        return text.getText(0, text.characterCount)

    @staticmethod
    def rows(table):
        return table.queryTable().nRows

    @staticmethod
    def cell(table, row, column):
        return table.queryTable().getAccessibleAt(row, column)

    def row(self, table, row):
        """What a screen reader says of a row, cell by cell."""
        return [self.cell(table, row, column).name for column in range(table.queryTable().nColumns)]
