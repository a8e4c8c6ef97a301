"""The headers that users include reach no CAF header, however many of the project's own lie between.

tests/tidy/caf_free_headers.txt names them, one path a line.
"""

import tidy

LIST = "tests/tidy/caf_free_headers.txt"


def _path_to_caf(root, name, seen):
    """The chain of files from `name` to an include of CAF, or None."""
    if name in seen:
        return None
    seen.add(name)
    for _, path in tidy.includes(tidy.text(root, name)):
        if path.startswith("caf/"):
            return [name, f"<{path}>"]
        inner = tidy.resolve(root, name, path)
        chain = _path_to_caf(root, inner, seen) if inner else None
        if chain:
            return [name] + chain
    return None


def check(root):
    if not (root / LIST).is_file():
        return []
    problems = []
    for line in tidy.text(root, LIST).splitlines():
        name = line.split("#")[0].strip()
        if not name:
            continue
        if not (root / name).is_file():
            problems.append(f"{LIST}: {name} does not exist")
            continue
        chain = _path_to_caf(root, name, set())
        if chain:
            problems.append(f"{name} must be free of CAF: {' -> '.join(chain)}")
    return problems


_CMAKE = "tusker_module(\n  actors INSTALL\n  DIR actors\n  VIEW tusker/actors\n  DEPENDS model)\n"

tidy.run(
    check,
    bad={
        "direct": (
            {"CMakeLists.txt": _CMAKE, LIST: "actors/a.hpp\n", "actors/a.hpp": "#include <caf/actor.hpp>\n"},
            "actors/a.hpp must be free of CAF",
        ),
        "through another header": (
            {
                "CMakeLists.txt": _CMAKE,
                LIST: "actors/a.hpp\n",
                "actors/a.hpp": "#include <tusker/actors/b.hpp>\n",
                "actors/b.hpp": "#include <caf/actor.hpp>\n",
            },
            "actors/a.hpp -> actors/b.hpp -> <caf/actor.hpp>",
        ),
        "a stale list": ({"CMakeLists.txt": _CMAKE, LIST: "actors/gone.hpp\n"}, "does not exist"),
    },
    good={
        "CMakeLists.txt": _CMAKE,
        LIST: "# what users include\nactors/a.hpp\n",
        "actors/a.hpp": "#include <tusker/actors/b.hpp>\n",
        "actors/b.hpp": "#include <string>\n// #include <caf/actor.hpp>\n",
        "actors/c.hpp": "#include <caf/actor.hpp>\n",
    },
)
