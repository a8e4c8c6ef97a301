"""The positive control of the header checks: a header that needs another one first does not compile alone.

Usage: lonely_headers.py COMPILER. The headers of the project are compiled alone by the build itself.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURES = {
    "needs_string.hpp": ("#pragma once\nauto name() -> std::string;\n", False),
    "has_string.hpp": ("#pragma once\n#include <string>\nauto name() -> std::string;\n", True),
}


def compiles(compiler, folder, header):
    check = folder / (header + ".cpp")
    check.write_text(f"#include <{header}>\n", encoding="utf-8")
    command = [compiler, "-std=c++20", "-fsyntax-only", f"-I{folder}", str(check)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def main():
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for header, (content, expected) in FIXTURES.items():
            (folder / header).write_text(content, encoding="utf-8")
            if compiles(sys.argv[1], folder, header) != expected:
                print(f"{header} {'does not compile' if expected else 'compiles'} alone")
                failed = True
    sys.exit(1 if failed else 0)


main()
