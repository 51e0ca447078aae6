#!/usr/bin/env python3
"""What the programs are made of, as CycloneDX 1.5 JSON: the shared libraries each links (ELF: NEEDED) and the Debian packages
whose headers were compiled in, with version and licence. Run by `./dev sbom`: sbom.py BUILD_FOLDER PROGRAM..."""

import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

DPKG = pathlib.Path("/var/lib/dpkg/info")
COPYRIGHTS = pathlib.Path("/usr/share/doc")
# Headers of the compiler and the C library: what they become is the shared library, which is listed.
TOOLCHAIN = re.compile(r"^(libstdc\+\+-\d+-dev|libc6-dev|linux-libc-dev|libgcc-\d+-dev|gcc-\d+|libcrypt-dev|clang-.*|libclang-.*)$")
NOT_SHIPPED = re.compile(r"^(libgtest-dev|libgmock-dev|googletest|libbenchmark-dev)$")
SPDX = {"expat": "MIT", "mit": "MIT", "apache-2": "Apache-2.0", "apache-2.0": "Apache-2.0", "bsd-3-clause": "BSD-3-Clause",
        "bsl-1.0": "BSL-1.0", "zlib": "Zlib", "bsd-2-clause": "BSD-2-Clause"}
# GCC's and the C library's copyright files have no such form, and point to the licences of whole suites.
KNOWN = {"libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1", "libstdc++6": "GPL-3.0-or-later WITH GCC-exception-3.1",
         "libc6": "LGPL-2.1-or-later"}


def output(*argv):
    return subprocess.run([str(part) for part in argv], check=True, capture_output=True, text=True).stdout


def needed(program):
    """Names of the shared libraries that the loader is told to find."""
    return sorted(re.findall(r"\(NEEDED\).*\[(.+?)\]", output("readelf", "-dW", program)))


def where_loaded(program):
    """{name: path} of the libraries as the loader finds them here."""
    return dict(re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", program), re.MULTILINE))


def resolved(path):
    """Debian 12 has /lib as a link to /usr/lib; package lists name either."""
    path = os.path.normpath(path)
    return path[4:] if path.startswith("/usr/lib/") or path.startswith("/usr/lib64/") else path


class Packages:
    """Which package a file is of, and what Debian says of it."""

    def __init__(self):
        self._owner = {}
        for file_list in DPKG.glob("*.list"):
            package = file_list.name[:-len(".list")]
            for line in file_list.read_text(errors="replace").splitlines():
                self._owner[resolved(line)] = package

    def owner(self, path):
        real = os.path.realpath(path)
        package = self._owner.get(resolved(path)) or self._owner.get(resolved(real))
        return package.split(":")[0] if package else None

    @staticmethod
    def about(package):
        form = "${binary:Package}\t${Version}\t${Architecture}\t${source:Package}\t${Homepage}\n"
        name, version, architecture, source, homepage = output("dpkg-query", "-W", f"-f={form}", package).splitlines()[0].split("\t")
        return name.split(":")[0], version, architecture, source, homepage


def licence_of(package):
    """Of the package's own files, from its copyright file (DEP-5); where that has no such form, the licences it points to."""
    if package in KNOWN:
        return KNOWN[package]
    text = (COPYRIGHTS / package / "copyright").read_text(errors="replace")
    stanza = re.search(r"^Files:\s*\*\s*$.*?^License:\s*(.+?)$", text, re.MULTILINE | re.DOTALL)
    if stanza:
        return stanza.group(1).strip()
    named = sorted(set(re.findall(r"/usr/share/common-licenses/([\w.-]*\w)", text)))
    any_licence = re.search(r"^License:\s*(.+?)$", text, re.MULTILINE)
    return " and ".join(named) if named else any_licence.group(1).strip() if any_licence else "see its copyright file"


def component(package, kind):
    name, version, architecture, source, homepage = Packages.about(package)
    licence = licence_of(package)
    known = SPDX.get(licence.lower())
    entry = {"type": "library", "bom-ref": f"pkg:deb/debian/{name}@{version}?arch={architecture}", "name": name, "version": version,
             "purl": f"pkg:deb/debian/{name}@{version}?arch={architecture}",
             "licenses": [{"license": {"id": known} if known else {"name": licence}}],
             "properties": [{"name": "debian:source", "value": source}, {"name": "linkage", "value": kind}]}
    if homepage:
        entry["externalReferences"] = [{"type": "website", "url": homepage}]
    return entry


def compiled_in(build, packages):
    """Packages whose headers the objects of the programs and their libraries include, but for tests and benchmarks."""
    found, target = set(), ""
    for line in output("ninja", "-C", build, "-t", "deps").splitlines():
        if not line.startswith(" "):
            target = line
        elif line.startswith("    /usr/") and not target.startswith(("tests/", "bench/")):
            found.add(line.strip())
    owners = {packages.owner(path) for path in found} - {None}
    return {owner for owner in owners if not TOOLCHAIN.match(owner) and not NOT_SHIPPED.match(owner)}


def version_of(build):
    cache = (pathlib.Path(build) / "CMakeCache.txt").read_text()
    return re.search(r"^CMAKE_PROJECT_VERSION:STATIC=(.+)$", cache, re.MULTILINE).group(1)


def bill(build, programs):
    packages = Packages()
    headers = compiled_in(build, packages)
    components, dependencies = {}, []
    for package in headers:
        components[package] = component(package, "headers")
    applications = []
    for program in programs:
        paths = where_loaded(program)
        linked = {name: packages.owner(paths[name]) for name in needed(program) if name in paths}
        for name, package in linked.items():
            entry = components.setdefault(package, component(package, "shared"))
            entry["properties"] += [{"name": "soname", "value": name}] if {"name": "soname", "value": name} not in entry["properties"] else []
        ref = f"http-tunnel/{program.name}"
        applications.append({"type": "application", "bom-ref": ref, "name": program.name, "version": version_of(build)})
        dependencies.append({"ref": ref, "dependsOn": sorted({components[owner]["bom-ref"] for owner in linked.values()}
                                                             | {components[owner]["bom-ref"] for owner in headers})})
    listed = applications + sorted(components.values(), key=lambda entry: entry["name"])
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(listed, sort_keys=True))  # the same build, the same number
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{serial}", "version": 1,
            "metadata": {"component": {"type": "application", "bom-ref": "http-tunnel", "name": "http-tunnel",
                                       "version": version_of(build)}},
            "components": listed,
            "dependencies": [{"ref": "http-tunnel", "dependsOn": [entry["bom-ref"] for entry in applications]}, *dependencies]}


if __name__ == "__main__":
    print(json.dumps(bill(sys.argv[1], [pathlib.Path(path) for path in sys.argv[2:]]), indent=2))
