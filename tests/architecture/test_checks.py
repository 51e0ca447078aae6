#!/usr/bin/env python3
"""The checks can fail: each is given a good tree and bad ones made in a temporary folder."""

import contextlib
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest

import check_hosts
import check_house
import check_includes
import check_mirror
import check_threats


class CheckCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text="\n"):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def assert_one(self, findings, *words):
        self.assertEqual(len(findings), 1, findings)
        for word in words:
            self.assertIn(word, findings[0])


class IncludesTest(CheckCase):
    def check_one(self, path, text, *words):
        self.write(path, text)
        self.assert_one(check_includes.check(self.root), path, *words)

    def test_good_tree(self):
        self.write("core/wire/frame.cpp", '#include "wire/frame.h"\n\n#include <string>\n')
        self.write("core/relay/server.cpp", '#include "edge/route.h"\n#include <boost/asio.hpp>\n')
        self.write("core/relay/CMakeLists.txt", "target_link_libraries(relay PUBLIC tunnel::edge tunnel::defaults)\n")
        self.write("core/client/engine.cpp", '#include "http1/serialize.h"\n#include <QTextStream>\n#include "engine.moc"\n')
        self.write("app/ttf/main.cpp", '#include "relay/server.h"\n#include "client/engine.h"\n#include <QCoreApplication>\n')
        self.assertEqual(check_includes.check(self.root), [])

    def test_wire_includes_edge(self):
        self.check_one("core/wire/frame.cpp", '#include "edge/route.h"\n', "may use only: nothing")

    def test_client_includes_relay(self):
        self.check_one("core/client/engine.cpp", '  #  include "relay/server.h"\n', "may use only")

    def test_core_includes_app(self):
        self.check_one("core/settings/file.cpp", '#include "ttf/options.h"\n', "may use only")

    def test_relay_includes_qt(self):
        for header in ("QString", "QtCore/QString", "qglobal.h"):
            with self.subTest(header):
                self.check_one("core/relay/server.cpp", f"#include <{header}>\n", "without Qt")

    def test_core_includes_widgets(self):
        for header in ("QWidget", "QtWidgets/QWidget", "QApplication", "QTableView", "QStyledItemDelegate"):
            with self.subTest(header):
                self.check_one("core/client/engine.cpp", f"#include <{header}>\n", "widgets")

    def test_angle_brackets(self):
        self.check_one("core/edge/route.cpp", "#include <wire/ids.h>\n", "write project headers")

    def test_climbing(self):
        self.check_one("core/edge/route.cpp", '#include "../wire/ids.h"\n', "climbing")

    def test_unknown_folder(self):
        self.check_one("core/utils/strings.cpp", "\n", "no arrows")

    def test_test_helper_in_product(self):
        self.check_one("core/edge/route.cpp", '#include "support/fake_clock.h"\n', "in no folder")

    def test_cloud_folders(self):
        self.write("backend-aws/main.cpp", '#include "functions/http_function.h"\n#include "runtime/runtime_client.h"\n')
        self.write("backend-aws/functions/http_function.cpp", '#include "events/event.h"\n#include "edge/route.h"\n')
        self.assertEqual(check_includes.check(self.root), [])
        self.check_one("backend-aws/functions/http_function.cpp", '#include "aws/dynamo.h"\n', "may use only")

    def test_cloud_includes_relay_or_qt(self):
        self.check_one("backend-aws/gateway/ports.h", '#include "relay/server.h"\n', "may use only")
        self.check_one("backend-aws/gateway/ports.h", "#include <QString>\n", "without Qt")

    def test_cloud_folder_nobody_knows(self):
        self.check_one("backend-aws/utils/strings.cpp", "\n", "no arrows")

    def test_link_against_the_arrow(self):
        self.check_one("core/edge/CMakeLists.txt", "target_link_libraries(edge PUBLIC tunnel::relay)\n", "tunnel::relay")


class MirrorTest(CheckCase):
    def setUp(self):
        super().setUp()
        self.write("core/wire/frame.cpp")
        self.write("tests/core/wire/frame_test.cpp")

    def test_good_tree(self):
        self.write("app/relay/main.cpp")
        self.write("core/relay/task_group.h")
        self.write("tests/core/relay/task_group_test.cpp")
        self.write("tests/support/fake_clock.cpp")
        self.assertEqual(check_mirror.check(self.root, {}), [])

    def test_source_without_test(self):
        self.write("core/edge/route.cpp")
        self.assert_one(check_mirror.check(self.root, {}), "core/edge/route.cpp", "tests/core/edge/route_test.cpp")

    def test_test_without_source(self):
        self.write("tests/core/edge/route_test.cpp")
        self.assert_one(check_mirror.check(self.root, {}), "tests no source")

    def test_exception(self):
        self.write("core/edge/route.cpp")
        self.assertEqual(check_mirror.check(self.root, {"core/edge/route.cpp": "reason"}), [])

    def test_stale_exception(self):
        self.assert_one(check_mirror.check(self.root, {"core/wire/frame.cpp": "reason"}), "no longer an exception")


class HostsTest(CheckCase):
    def test_good_tree(self):
        self.write("README.md", "Install with npm ci; see https://example.com/registry\n")
        self.write("bench/peers/package-lock.json", '{"packages": {"node_modules/x": {"version": "1.0.0"}}}')
        self.assertEqual(check_hosts.check(self.root), [])

    def test_host_in_text(self):
        for host in ("pyp" "i.org", "deb.de" "bian.org", "https://mir" "ror.example.net/debian", "crat" "es.io"):
            with self.subTest(host):
                self.write("docs/setup.md", f"from {host}\n")
                self.assert_one(check_hosts.check(self.root), "docs/setup.md:1")

    def test_resolved_in_lock_file(self):
        self.write("bench/peers/package-lock.json", '{"packages": {"a": {"resolved": "http://localhost:1/a.tgz"}}}')
        self.assert_one(check_hosts.check(self.root), "resolved")

    def test_npm_setting(self):
        self.write("bench/peers/.npmrc", "registry=http://localhost:1/\n")
        self.assert_one(check_hosts.check(self.root), ".npmrc")


class HouseTest(CheckCase):
    def check_one(self, path, text, *words):
        self.write(path, text)
        self.assert_one(check_house.check(self.root), path, *words)

    def test_good_tree(self):
        self.write("core/wire/frame.cpp", "int value;\n" * check_house.MAX_LINES)
        self.write("core/client/engine.cpp", "QCoreApplication::instance()->quit();\n")
        self.assertEqual(check_house.check(self.root), [])

    def test_long_file(self):
        self.check_one("core/wire/frame.cpp", "int value;\n" * (check_house.MAX_LINES + 1), "401 lines")

    def test_unfinished(self):
        self.check_one("core/wire/frame.cpp", "// TO" "DO: later\n", "unfinished")

    def test_sleep(self):
        self.check_one("tests/core/wire/frame_test.cpp", "QTest::qWait" "(100);\n", "sleeps")

    def test_skip(self):
        self.check_one("tests/core/wire/frame_test.cpp", 'GTEST_' 'SKIP() << "no network";\n', "skipped")

    def test_singleton(self):
        self.check_one("core/edge/route.h", "static Route &inst" "ance();\n", "singleton")

    def test_await_in_condition(self):
        self.check_one("core/relay/server.cpp", "if (!co_" "await read()) return;\n", "condition")

    def test_await_in_conjunction(self):
        self.check_one("core/relay/server.cpp", "next = ok && co_" "await read();\n", "condition")

    def test_lock(self):
        self.check_one("core/client/engine.h", "QMutex m_lock;\n", "lock")


class ExitCodeTest(CheckCase):
    def test_finding_fails_the_process(self):
        script = pathlib.Path(__file__).with_name("check_mirror.py")
        with contextlib.redirect_stdout(io.StringIO()):
            self.write("core/edge/route.cpp")
            bad = subprocess.run([sys.executable, script, self.root], capture_output=True, check=False)
            self.write("tests/core/edge/route_test.cpp")
            good = subprocess.run([sys.executable, script, self.root], capture_output=True, check=False)
        self.assertEqual((bad.returncode, good.returncode), (1, 0), bad.stdout + good.stdout)
        self.assertIn(b"core/edge/route.cpp", bad.stdout)


class ThreatsTest(CheckCase):
    HEAD = "| threat | defence | shown by |\n|---|---|---|\n"

    def check_row(self, row, *words):
        self.write("docs/security.md", self.HEAD + row + "\n")
        self.write("tests/e2e/test_one.py", "def test_it_holds():\n")
        self.assert_one(check_threats.check(self.root), *words)

    def test_good_page(self):
        self.write("docs/security.md", self.HEAD + "| a | b | `tests/e2e/test_one.py::test_it_holds`, `tests/e2e/test_one.py` |\n")
        self.write("tests/e2e/test_one.py", "def test_it_holds():\n")
        self.assertEqual(check_threats.check(self.root), [])

    def test_no_page(self):
        self.assert_one(check_threats.check(self.root), "is missing")

    def test_no_threat(self):
        self.write("docs/security.md", "| who | what |\n|---|---|\n| a | b |\n")
        self.assert_one(check_threats.check(self.root), "names no threat")

    def test_no_test(self):
        self.check_row("| a | b | by reading |", "docs/security.md:3", "names no test")

    def test_a_file_that_is_gone(self):
        self.check_row("| a | b | `tests/e2e/test_two.py` |", "there is no tests/e2e/test_two.py")

    def test_a_test_that_is_gone(self):
        self.check_row("| a | b | `tests/e2e/test_one.py::test_it_hold` |", "has no test_it_hold")


if __name__ == "__main__":
    unittest.main()
