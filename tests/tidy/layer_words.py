"""CAF is known only to actors/, LMDB only to persistence/ (and to the benchmarks, which compare with it)."""

import re

import tidy

RULES = (
    (re.compile(r"#\s*include\s*<caf/"), ("actors/", "tests/actors/"), "includes CAF"),
    (re.compile(r"\bcaf::"), ("actors/", "tests/actors/"), "names CAF"),
    (re.compile(r'#\s*include\s*[<"]lmdb\.h'), ("persistence/", "bench/"), "includes LMDB"),
)


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp"):
        code = tidy.code(tidy.text(root, name))
        for pattern, folders, words in RULES:
            if name.startswith(folders):
                continue
            for match in pattern.finditer(code):
                where = f"{name}:{tidy.line_of(code, match.start())}"
                problems.append(f"{where}: {words}, which only {' and '.join(folders)} may")
    return problems


tidy.run(
    check,
    bad={
        "include": ({"persistence/a.cpp": "#include <caf/actor.hpp>\n"}, "persistence/a.cpp:1: includes CAF"),
        "name": ({"apps/order/a.cpp": "\nusing a = caf::actor;\n"}, "apps/order/a.cpp:2: names CAF"),
        "lmdb": ({"actors/a.cpp": "#include <lmdb.h>\n"}, "actors/a.cpp:1: includes LMDB"),
    },
    good={
        "actors/a.hpp": "#include <caf/actor.hpp>\nusing a = caf::actor;\n",
        "persistence/a.cpp": '#include <lmdb.h>\n// caf:: is not known here\nauto s = "caf::";\n',
    },
)
