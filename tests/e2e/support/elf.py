"""How a program was hardened, as readelf reads it from the program itself."""

import re
import subprocess


def readelf(option, program):
    return subprocess.run(["readelf", option, "-W", str(program)], check=True, capture_output=True, text=True, timeout=120).stdout


def imported(program):
    """Names of the functions it takes from shared libraries."""
    return set(re.findall(r" UND (\w+)(?:@|$)", readelf("--dyn-syms", program), re.MULTILINE))


def missing_hardening(program):
    """What a program that is shipped should have and this one has not."""
    dynamic, segments = readelf("-d", program), readelf("-l", program)
    functions = imported(program)
    have = {
        "position independent": "DYN (Position-Independent Executable file)" in readelf("-h", program),
        "relocations read-only (RELRO)": "GNU_RELRO" in segments,
        "all of them bound at the start (BIND_NOW)": "BIND_NOW" in dynamic or re.search(r"FLAGS_1.*NOW", dynamic) is not None,
        "stack not executable": re.search(r"GNU_STACK.* RW ", segments) is not None,
        "nothing writable and executable": re.search(r"LOAD.* RWE ", segments) is None,
        "no library path of its own": "RPATH" not in dynamic and "RUNPATH" not in dynamic,
        "no relocation in code": "TEXTREL" not in dynamic,
        "stack protector": "__stack_chk_fail" in functions,
        "fortified calls (_FORTIFY_SOURCE)": any(name.startswith("__") and name.endswith("_chk") for name in functions),
    }
    return [what for what, there in have.items() if not there]


def landings(program):
    """How many places an indirect call may land on: endbr64 (-fcf-protection), on x86-64."""
    code = subprocess.run(["objdump", "-d", "-j", ".text", "--no-show-raw-insn", str(program)], check=True, capture_output=True,
                          text=True, timeout=600).stdout
    return len(re.findall(r"\tendbr64", code))
