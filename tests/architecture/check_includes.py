#!/usr/bin/env python3
"""The include arrows of docs/architecture.md: a folder includes and links only what stands to its right.

    app > ui > workspace, traffic > client, settings, discovery > seal > guard, rewrite > wire
    app > relay > edge > http1 > wire      client > http1
    backend-aws > functions > gateway, events;   backend-aws > stores > gateway, aws > transport;   backend-aws > runtime > transport
    gateway, transport > edge;   events > wire

wire, guard, seal, rewrite, http1, edge and relay are plain C++; nothing in core knows a widget.
"""

import re

import tree

# Folder -> the folders it may use besides itself.
ARROWS = {
    "core/wire": set(),
    "core/http1": {"wire"},
    "core/rewrite": {"wire"},
    "core/edge": {"http1", "wire"},
    "core/relay": {"edge", "http1", "wire"},
    "core/guard": {"wire"},
    "core/seal": {"guard", "wire"},
    "core/client": {"guard", "http1", "rewrite", "wire"},
    "core/settings": {"seal", "guard", "rewrite", "wire"},
    "core/discovery": {"wire"},
    "core/traffic": {"client", "settings", "rewrite", "wire"},
    "core/workspace": {"guard", "client", "settings", "wire"},
    "ui": {"workspace", "traffic", "guard", "client", "settings", "discovery", "rewrite", "wire"},
    "app/crash": set(),
    "app/descriptors": set(),
    "app/heap": set(),
    "app/embedded": {"workspace", "relay", "edge", "http1", "client", "settings", "wire"},
    "app/relay": {"crash", "descriptors", "heap", "relay", "edge", "http1", "wire"},
    "app/ttf": {"crash", "descriptors", "heap", "guard", "embedded", "workspace", "relay", "edge", "http1", "client", "settings", "rewrite", "wire"},
    "app/desktop": {"crash", "descriptors", "heap", "embedded", "ui", "workspace", "traffic", "discovery", "relay", "edge", "http1", "client", "settings",
                    "rewrite", "wire"},
    "backend-aws/transport": {"edge", "http1", "wire"},
    "backend-aws/runtime": {"transport", "edge", "wire"},
    "backend-aws/events": {"wire"},
    "backend-aws/aws": {"transport", "edge", "wire"},
    "backend-aws/gateway": {"edge", "wire"},
    "backend-aws/stores": {"gateway", "aws", "transport", "edge", "wire"},
    "backend-aws/functions": {"gateway", "events", "edge", "wire"},
    "backend-aws": {"functions", "stores", "gateway", "events", "aws", "runtime", "transport", "edge", "http1", "wire"},
}
NO_QT = {"core/wire", "core/guard", "core/seal", "core/http1", "core/rewrite", "core/edge", "core/relay", "app/crash", "app/descriptors", "app/heap", "app/relay"} | {
    folder for folder in ARROWS if folder.startswith("backend-aws")}
NO_WIDGETS = {folder for folder in ARROWS if folder.startswith("core/")} | {"app/ttf", "app/embedded"}

PROJECT_NAMES = {folder.rsplit("/", 1)[-1] for folder in ARROWS}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
LINK = re.compile(r"\btunnel::(\w+)")
SHARED_TARGETS = {"defaults", "qt_defaults"}
QT_HEADER = re.compile(r"^(Qt\w*/|Q[A-Z]\w*$|q[a-z]\w*\.h$)")
WIDGET_HEADER = re.compile(
    r"^(QtWidgets|QtGui)(/|$)"
    r"|^QApplication$|^QMainWindow$|^QSystemTrayIcon$|^QMenu\w*$|^QStyle\w*$|^QCompleter$|^QShortcut$|^QPainter$"
    r"|^Q(?!MetaType|Json|Text(Stream|Boundary))\w*"
    r"(Widget|Dialog|View|Delegate|Button|Edit|Box|Layout|Bar|Label|Slider|Splitter|Icon|Pixmap)$")


def folder_of(path):
    for folder in ARROWS:
        if str(path).startswith(folder + "/") and (folder != "backend-aws" or len(path.parts) == 2):
            return folder
    return None


def check_include(folder, quote, name):
    """Why this include is wrong, or None."""
    first, slash, _ = name.partition("/")
    if quote == "<":
        if slash and first in PROJECT_NAMES:
            return f'includes <{name}>: write project headers as "{name}"'
        if folder in NO_QT and QT_HEADER.match(name):
            return f"includes <{name}>, but {folder} is plain C++ without Qt"
        if folder in NO_WIDGETS and WIDGET_HEADER.match(name):
            return f"includes <{name}>, but {folder} must not know widgets"
        return None
    if ".." in name.split("/"):
        return f'includes "{name}": name the folder instead of climbing'
    if not slash:
        return None  # beside the file, or written by moc
    own = folder.rsplit("/", 1)[-1]
    if first == own or first in ARROWS[folder]:
        return None
    if first in PROJECT_NAMES:
        return f'includes "{name}", but {folder} may use only: {", ".join(sorted(ARROWS[folder])) or "nothing"}'
    return f'includes "{name}", which is in no folder of the architecture'


def check(root):
    findings = []
    for path in tree.project_files(root):
        folder = folder_of(path)
        if path.parts[0] in ("app", "core", "ui", "backend-aws") and path.suffix in (".cpp", ".h") and folder is None:
            findings.append(f"{path}: in a folder that check_includes.py has no arrows for")
        if folder is None:
            continue
        if path.suffix in (".cpp", ".h"):
            for match in INCLUDE.finditer(tree.read(root, path)):
                reason = check_include(folder, *match.groups())
                if reason:
                    findings.append(f"{path}: {reason}")
        elif path.name == "CMakeLists.txt":
            own = folder.rsplit("/", 1)[-1]
            for target in LINK.findall(tree.read(root, path)):
                if target not in SHARED_TARGETS | ARROWS[folder] | {own, f"{own}_parts"}:
                    findings.append(f"{path}: links tunnel::{target}, which {folder} may not use")
    return findings


if __name__ == "__main__":
    tree.run(check)
