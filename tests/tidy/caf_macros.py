"""CAF's macros stand in one file, actors/type_ids.hpp, and user code has none. The one that its workers leave out is in
actors/quiet_worker.hpp."""

import re

import tidy

HOME = "actors/type_ids.hpp"
QUIET = "actors/quiet_worker.hpp"
_QUIET_MACROS = {"CAF_PUSH_AID_FROM_PTR", "CAF_VOID_STMT"}
_MACRO = re.compile(r"\bCAF_[A-Z][A-Z_]*\b")


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp"):
        if name == HOME:
            continue
        code = tidy.code(tidy.text(root, name))
        for match in _MACRO.finditer(code):
            if name == QUIET and match.group(0) in _QUIET_MACROS:
                continue
            problems.append(f"{name}:{tidy.line_of(code, match.start())}: {match.group(0)} belongs into {HOME}")
    return problems


tidy.run(
    check,
    bad={
        "type id": ({"actors/b.hpp": "CAF_ADD_TYPE_ID(x, (y))\n"}, "actors/b.hpp:1: CAF_ADD_TYPE_ID"),
        "block": ({"actors/b.cpp": "CAF_BEGIN_TYPE_ID_BLOCK(x, 200)\n"}, "CAF_BEGIN_TYPE_ID_BLOCK"),
        "another in the worker's": ({QUIET: "CAF_ADD_TYPE_ID(x, (y))\n"}, "actors/quiet_worker.hpp:1"),
        "unsafe": ({"actors/b.hpp": "\nCAF_ALLOW_UNSAFE_MESSAGE_TYPE(y)\n"}, "actors/b.hpp:2"),
    },
    good={HOME: "CAF_ADD_TYPE_ID(x, (y))\n", QUIET: "#undef CAF_PUSH_AID_FROM_PTR\n", "actors/b.cpp": "cfg.add_message_types<id_block::x>();\n"},
)
