#!/usr/bin/env python3
"""Rules of the house that a machine can see: file length, no unfinished work, no sleeping tests, no singletons."""

import re

import tree

MAX_LINES = 400
SOURCE_SUFFIXES = (".cpp", ".h", ".py", ".js", ".mjs", ".ts")
# Split, so that this file does not match itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
SLEEP = re.compile(r"std::this_thread::sleep_|QTest::q(Wait|Sleep)\(|QThread::m?sleep\(|\bu?sleep\(\d")
SKIP = re.compile(r"\b(QSKIP|GTEST_SKIP)\b")
SINGLETON = re.compile(r"\bstatic\b[^;(]*\binstance\(\)")
MUTEX = re.compile(r"\b(QMutex|QReadWriteLock|QSemaphore|std::(recursive_|shared_)?mutex)\b")
# g++ 12 lays out the frame of such a coroutine wrongly, and resuming it crashes (core/relay/io.h).
CONDITION_AWAIT = re.compile(r"\b(if|while|switch|for) ?\(.*\bco_await\b|\bco_await\b.*(&&|\|\|)|(&&|\|\||\?) ?!?co_await\b")
QT_FOLDERS = ("core/client/", "core/settings/", "core/traffic/", "core/discovery/", "core/workspace/", "ui/")


def check_text(path, text):
    name = str(path)
    if path.suffix in SOURCE_SUFFIXES and text.count("\n") > MAX_LINES:
        yield f"{path}: {text.count(chr(10))} lines; is there a second responsibility with a name of its own inside?"
    if path.suffix not in SOURCE_SUFFIXES:
        return
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{path}:{number}"
        if UNFINISHED.search(line):
            yield f"{where}: marks unfinished work"
        if name.startswith("tests/") and path.suffix in (".cpp", ".h"):
            if SLEEP.search(line):
                yield f"{where}: a test sleeps; wait on a condition"
            if SKIP.search(line):
                yield f"{where}: a test can be skipped; a skip hides a missing part"
        if path.suffix in (".cpp", ".h") and CONDITION_AWAIT.search(line.split("//")[0]):
            yield f"{where}: co_await in a condition; await into a variable first"
        if SINGLETON.search(line):
            yield f"{where}: a singleton; main builds the objects and hands them out"
        if name.startswith(QT_FOLDERS) and MUTEX.search(line):
            yield f"{where}: a lock; threads talk by queued signals here"


def check(root):
    return [finding for path in tree.project_files(root) for finding in check_text(path, tree.read(root, path))]


if __name__ == "__main__":
    tree.run(check)
