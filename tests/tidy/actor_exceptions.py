"""Every actor says what becomes of an exception: CAF's own handler prints a line of its own beside the log."""

import re

import tidy

_MADE = re.compile(r"^auto make_\w+\([^;{]*behavior_type \{\n(.*?)^\}", re.DOTALL | re.MULTILINE)


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp"):
        if not name.startswith("actors/") or name.endswith(".test.cpp"):
            continue
        code = tidy.code(tidy.text(root, name))
        for match in _MADE.finditer(code):
            if "set_exception_handler(error_of_exception)" not in match.group(1):
                line = tidy.line_of(code, match.start())
                problems.append(f"{name}:{line}: the actor has no set_exception_handler(error_of_exception)")
    return problems


_BARE = "auto make_a(pointer self,\n            int n) -> a::behavior_type {\n  return {};\n}\n"

tidy.run(
    check,
    bad={"none": ({"actors/a_actor.cpp": "\n" + _BARE}, "actors/a_actor.cpp:2: the actor has no")},
    good={
        "actors/a_actor.cpp": _BARE.replace("  return", "  self->set_exception_handler(error_of_exception);\n  return"),
        "apps/a_actor.cpp": _BARE,
    },
)
