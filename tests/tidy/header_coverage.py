"""Every header is compiled alone by the build: none is missing from the list of header checks CMake wrote.

Usage: header_coverage.py ROOT LIST. The list holds absolute paths, one a line.
"""

import sys
from pathlib import Path

import tidy


def _project_list():
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    return {str(Path(line).resolve()) for line in lines}


def check(root):
    """The fixtures have a list of their own; the project is judged by the one that CMake wrote."""
    is_project = root == Path(sys.argv[1]).resolve()
    listed = _project_list() if is_project else {str(root / "model/a.hpp")}
    return [
        f"{name}: no header check compiles it alone; is its folder a tusker_module?"
        for name in tidy.files(root, ".hpp")
        if str(root / name) not in listed
    ]


tidy.run(
    check,
    bad={"not listed": ({"model/a.hpp": "", "model/sub/b.hpp": ""}, "model/sub/b.hpp: no header check")},
    good={"model/a.hpp": "", "model/a.cpp": ""},
)
