"""No file is longer than 500 lines: a file holds one concept."""

import tidy

LINES_MAX = 500


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp", ".cmake", ".sh", ".py", "CMakeLists.txt", "run"):
        lines = tidy.text(root, name).count("\n")
        if lines > LINES_MAX:
            problems.append(f"{name}: {lines} lines, at most {LINES_MAX} are allowed")
    return problems


tidy.run(
    check,
    bad={
        "a long source": ({"model/a.cpp": "int x;\n" * 501}, "model/a.cpp: 501 lines"),
        "a long script": ({"run": "true\n" * 501}, "run: 501 lines"),
    },
    good={"model/a.cpp": "int x;\n" * 500, "docs/a.md": "long\n" * 900},
)
