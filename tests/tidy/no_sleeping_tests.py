"""No test sleeps: it advances the clock it was given, or waits for what it wants to see."""

import re

import tidy

_SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(")


def _is_test(name):
    return name.startswith("tests/") or name.endswith((".test.cpp", ".test.hpp"))


def check(root):
    problems = []
    for name in tidy.files(root, ".cpp", ".hpp"):
        if not _is_test(name):
            continue
        code = tidy.code(tidy.text(root, name))
        for match in _SLEEP.finditer(code):
            problems.append(f"{name}:{tidy.line_of(code, match.start())}: {match.group(1)} in a test")
    return problems


tidy.run(
    check,
    bad={
        "thread": (
            {"actors/a.test.cpp": "void f() {\n  std::this_thread::sleep_for(1ms);\n}\n"},
            "actors/a.test.cpp:2: sleep_for",
        ),
        "usleep": ({"tests/contract/a.cpp": "usleep(10);\n"}, "tests/contract/a.cpp:1: usleep"),
        "sleep": ({"tests/actors/a.hpp": "::sleep(1);\n"}, "tests/actors/a.hpp:1: sleep"),
    },
    good={
        "actors/a.cpp": "std::this_thread::sleep_for(1ms);\n",
        "actors/b.test.cpp": 'TEST_CASE("no sleep(1) here") { clock.advance(1ms); }  // not sleep_for(1)\n',
    },
)
