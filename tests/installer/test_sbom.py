"""The bill of materials of the programs just built: test_sbom.py SOURCE BUILD PROGRAM..."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
PROGRAMS = [pathlib.Path(path) for path in sys.argv[3:]]
# What CMake is asked for, and the Debian package that it comes from, as a part of its name. A new library comes here, too.
FOUND_BY_CMAKE = {"Boost": "libboost", "CLI11": "libcli11-dev", "OpenSSL": "libssl", "Qt6": "libqt6core", "Qt6Keychain": "qt6keychain",
                  "ZLIB": "zlib1g", "fmt": "libfmt", "nlohmann_json": "nlohmann-json3-dev", "spdlog": "libspdlog",
                  "tomlplusplus": "libtomlplusplus"}
FOUND_BY_PKGCONFIG = {"brotli": "libbrotli", "zstd": "libzstd", "gumbo": "libgumbo", "qrencode": "libqrencode"}
ONLY_FOR_BUILDING = {"GTest", "PkgConfig", "Python3", "benchmark", "Threads"}
WITHOUT_QT = {"Boost", "CLI11", "OpenSSL", "fmt", "nlohmann_json", "spdlog", "tomlplusplus"}


def bill():
    done = subprocess.run([sys.executable, "-B", SOURCE / "installer/sbom.py", BUILD, *PROGRAMS], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


class Sbom(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bill = bill()
        cls.libraries = [entry for entry in cls.bill["components"] if entry["type"] == "library"]
        cls.names = {entry["name"] for entry in cls.libraries}

    def test_it_has_the_shape_of_cyclonedx(self):
        self.assertEqual((self.bill["bomFormat"], self.bill["specVersion"], self.bill["version"]), ("CycloneDX", "1.5", 1))
        self.assertRegex(self.bill["serialNumber"], r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        refs = [self.bill["metadata"]["component"]["bom-ref"], *(entry["bom-ref"] for entry in self.bill["components"])]
        self.assertEqual(len(refs), len(set(refs)))
        for entry in self.bill["dependencies"]:
            self.assertLessEqual({entry["ref"], *entry["dependsOn"]}, set(refs))

    def test_each_library_has_name_version_and_licence(self):
        self.assertGreater(len(self.libraries), 10)
        for entry in self.libraries:
            self.assertTrue(entry["version"] and entry["purl"].startswith("pkg:deb/debian/" + entry["name"]), entry)
            licence = entry["licenses"][0]["license"]
            self.assertTrue((licence.get("id") or licence["name"]).strip(), entry)
            self.assertNotIn("see its copyright", licence.get("name", ""), entry)

    def test_every_library_that_a_program_needs_is_in_it(self):
        sonames = {one["value"] for entry in self.libraries for one in entry["properties"] if one["name"] == "soname"}
        for program in PROGRAMS:
            dynamic = subprocess.run(["objdump", "-p", program], check=True, capture_output=True, text=True).stdout
            needed = set(re.findall(r"^\s+NEEDED\s+(\S+)$", dynamic, re.MULTILINE)) - {"ld-linux-x86-64.so.2"}
            self.assertTrue(needed)
            self.assertLessEqual(needed, sonames, program.name)

    def test_every_library_that_the_build_asks_for_is_in_it(self):
        asked, modules = set(), ""
        for file in SOURCE.rglob("CMakeLists.txt"):
            if not {"build", "node_modules", "bench"} & set(file.relative_to(SOURCE).parts):
                text = file.read_text()
                asked |= set(re.findall(r"find_package\((\w+)", text))
                modules += " ".join(re.findall(r"pkg_check_modules\(([^)]*)\)", text))
        self.assertEqual(asked - ONLY_FOR_BUILDING - FOUND_BY_CMAKE.keys(), set(), "say above which Debian package it is")
        wanted = {FOUND_BY_CMAKE[name] for name in (FOUND_BY_CMAKE if len(PROGRAMS) > 1 else WITHOUT_QT)}
        if len(PROGRAMS) > 1:
            wanted |= {package for word, package in FOUND_BY_PKGCONFIG.items() if word in modules}
        missing = [part for part in wanted if not any(part in name for name in self.names)]
        self.assertEqual(missing, [])

    def test_the_same_build_gives_the_same_bill(self):
        self.assertEqual(bill(), self.bill)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
