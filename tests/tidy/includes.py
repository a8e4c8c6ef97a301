"""Project headers are included as <tusker/…>, never by "..", in blocks: own, the project's, libraries', standard's."""

import re
from pathlib import Path

import tidy

_PROJECT = re.compile(r"^(tusker|order|tusker_test)/")
_LIBRARY = re.compile(r"^(caf/|lmdb|nlohmann|CLI|catch2|xxhash|isa-l|tl/|toml\+\+/|spdlog/)")
_CONDITION = re.compile(r"^[ \t]*#[ \t]*(if|endif)", re.MULTILINE)


def _group(path):
    if _PROJECT.match(path):
        return 1
    return 2 if _LIBRARY.match(path) else 3


def _own_header(root, name):
    """How the header beside a source is included, or None when the source has no header of its own."""
    stem = re.sub(r"(\.test)?\.cpp$", "", name)
    header = stem + ".hpp"
    if not name.endswith(".cpp") or not (root / header).is_file():
        return None
    for view, folder in tidy.views(root):
        if Path(header).parent.as_posix() == folder:
            return f"{view}/{Path(header).name}"
    return None


def _order_problems(root, name, source):
    if _CONDITION.search(tidy.code(source)):
        return []  # conditional includes keep an order of their own
    paths = [path for opening, path in tidy.includes(source) if opening == "<"]
    own = _own_header(root, name)
    if own:
        if not paths or paths[0] != own:
            return [f"{name}: its own header <{own}> must be its first include"]
        paths = paths[1:]
    groups = [_group(path) for path in paths]
    for before, after, path in zip(groups, groups[1:], paths[1:]):
        if after < before:
            return [f"{name}: <{path}> stands too late; the order is own, project, libraries, standard"]
    return []


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp"):
        source = tidy.text(root, name)
        for opening, path in tidy.includes(source):
            if ".." in path.split("/"):
                problems.append(f'{name}: "{path}" goes up by ".."')
            elif opening == '"' and not name.startswith("tests/"):
                problems.append(f'{name}: "{path}" must be included by its view, as <tusker/…>')
            elif opening == '"' and (Path(path).parts[0] in ("tusker", "order")):
                problems.append(f'{name}: "{path}" must stand in angle brackets')
        problems += _order_problems(root, name, source)
    return problems


_CMAKE = "tusker_module(model DIR model VIEW tusker/model)\n"
_HEADER = "#pragma once\n"

tidy.run(
    check,
    bad={
        "up": ({"CMakeLists.txt": _CMAKE, "actors/a.cpp": '#include "../model/a.hpp"\n'}, 'goes up by ".."'),
        "up in angles": ({"CMakeLists.txt": _CMAKE, "actors/a.cpp": "#include <tusker/../a.hpp>\n"}, "goes up"),
        "quoted": (
            {"CMakeLists.txt": _CMAKE, "model/b.cpp": '#include "a.hpp"\n', "model/a.hpp": _HEADER},
            "must be included by its view",
        ),
        "quoted view": (
            {"CMakeLists.txt": _CMAKE, "tests/actors/a.cpp": '#include "tusker/model/a.hpp"\n'},
            "must stand in angle brackets",
        ),
        "own header late": (
            {"CMakeLists.txt": _CMAKE, "model/a.hpp": _HEADER, "model/a.cpp": "#include <string>\n"},
            "must be its first include",
        ),
        "wrong order": (
            {"CMakeLists.txt": _CMAKE, "model/a.cpp": "#include <string>\n#include <tusker/model/b.hpp>\n"},
            "<tusker/model/b.hpp> stands too late",
        ),
    },
    good={
        "CMakeLists.txt": _CMAKE,
        "model/a.hpp": _HEADER,
        "model/a.test.cpp": "#include <tusker/model/a.hpp>\n\n#include <tusker_test/catch.hpp>\n\n#include <map>\n",
        "tests/contract/b.cpp": '#include "contract.hpp"\n\n#include <tl/expected.hpp>\n\n#include <map>\n',
    },
)
