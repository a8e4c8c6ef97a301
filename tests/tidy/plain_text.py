"""Every header has #pragma once; no file has tabs, trailing blanks, lines over 120 characters or a ragged end."""

import tidy

COLUMNS_MAX = 120


def _line_problems(name, lines):
    problems = []
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            problems.append(f"{name}:{number}: a tab")
        if line != line.rstrip():
            problems.append(f"{name}:{number}: trailing blanks")
        if len(line) > COLUMNS_MAX and name.endswith((".cpp", ".hpp")):
            problems.append(f"{name}:{number}: {len(line)} columns, at most {COLUMNS_MAX} are allowed")
    return problems


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp", ".cmake", ".sh", ".py", "CMakeLists.txt", "run"):
        source = tidy.text(root, name)
        if name.endswith(".hpp") and "#pragma once" not in tidy.code(source).splitlines():
            problems.append(f"{name}: no #pragma once")
        if not source.endswith("\n") or source.endswith("\n\n"):
            problems.append(f"{name}: must end in one newline")
        problems += _line_problems(name, source.splitlines())
    return problems


tidy.run(
    check,
    bad={
        "no guard": ({"a.hpp": "int f();\n"}, "a.hpp: no #pragma once"),
        "guard in a comment": ({"a.hpp": "/*\n#pragma once\n*/\n"}, "a.hpp: no #pragma once"),
        "tab": ({"a.cpp": "int f() {\n\treturn 1;\n}\n"}, "a.cpp:2: a tab"),
        "blank": ({"a.cpp": "int f(); \n"}, "a.cpp:1: trailing blanks"),
        "no end": ({"a.cpp": "int f();"}, "must end in one newline"),
        "ends": ({"a.cpp": "int f();\n\n"}, "must end in one newline"),
        "long line": ({"a.cpp": "// " + "x" * 118 + "\n"}, "a.cpp:1: 121 columns"),
    },
    good={"a.hpp": "#pragma once\n\nint f();\n", "a.cpp": "// " + "x" * 117 + "\n"},
)
