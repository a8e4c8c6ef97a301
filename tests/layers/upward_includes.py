"""An include that points to a layer above, or to one that the module does not depend on, must not compile.

Usage: upward_includes.py COMPILER ROOT LAYERS. LAYERS is the folder of descriptions that CMake wrote, one a module,
with the include folders the build really gives it. For every pair of modules one file with one include is compiled:
it must fail for what the module may not see, and, as the positive control, succeed for what it depends on.
What a module may see stands in ALLOWED below and not in the build, which is what is judged here.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

# The layers of the design: each module with those directly below it.
ALLOWED = {
    "model": [],
    "config": ["model"],
    "persistence": ["config"],
    "actors": ["persistence"],
    "http": ["config"],
    "cli": ["actors", "http"],
    "admin": ["cli"],
    "load": ["actors"],
    "order_domain": ["model"],
    "order_projections": ["order_domain"],
    "order_payments": ["actors", "order_domain"],
    "order_fulfilment": ["model", "order_domain"],
    "order_requests": ["http", "order_domain"],
    "order_app": [
        "actors",
        "order_projections",
        "order_payments",
        "order_fulfilment",
        "order_requests",
        "cli",
        "admin",
        "load",
    ],
    "bench": ["actors", "cli", "load"],
}


def load(folder):
    modules = {}
    for path in sorted(folder.glob("*.json")):
        module = json.loads(path.read_text(encoding="utf-8"))
        modules[module["name"]] = module
    return modules


def below(name):
    """Every module that `name` may see, itself left out."""
    seen, todo = set(), list(ALLOWED[name])
    while todo:
        lower = todo.pop()
        if lower not in seen:
            seen.add(lower)
            todo += ALLOWED[lower]
    return seen


def any_header(root, module):
    """How the smallest header of a module is included, or None while it has none."""
    headers = sorted((root / module["dir"]).glob("*.hpp"), key=lambda path: (path.stat().st_size, path.name))
    return f"{module['view']}/{headers[0].name}" if headers else None


def compile_include(compiler, module, header, scratch):
    source = scratch / "one_include.cpp"
    source.write_text(f"#include <{header}>\n", encoding="utf-8")
    folders = [f"-I{folder}" for folder in module["includes"] if Path(folder).is_dir()]
    command = [compiler, "-std=c++20", "-fsyntax-only", *folders, str(source)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def judge(compiler, module, header, may_see, scratch):
    """A problem, or None."""
    done = compile_include(compiler, module, header, scratch)
    if may_see:
        found = done.returncode == 0
        return None if found else f"{module['name']} must see <{header}>:\n{done.stderr[-2000:]}"
    if done.returncode == 0:
        return f"{module['name']} sees <{header}>, which it may not"
    if header not in done.stderr:
        return f"{module['name']} fails on <{header}> for another reason:\n{done.stderr[-2000:]}"
    return None


def main():
    compiler, root, modules = sys.argv[1], Path(sys.argv[2]), load(Path(sys.argv[3]))
    problems = [f"{name} is not in ALLOWED: which layers may it see?" for name in modules if name not in ALLOWED]
    modules = {name: module for name, module in modules.items() if name in ALLOWED}
    refused, allowed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, module in modules.items():
            for other_name, other in modules.items():
                header = any_header(root, other)
                may_see = other_name in below(name)
                # What is seen through another module is proven by the direct steps; compiling it again shows nothing.
                if other_name == name or header is None or (may_see and other_name not in ALLOWED[name]):
                    continue
                problem = judge(compiler, module, header, may_see, Path(folder))
                problems += [problem] if problem else []
                refused += not may_see
                allowed += may_see
    if refused == 0:
        problems.append("no upward include was tried")
    for problem in problems:
        print(problem)
    print(f"{refused} upward includes tried, {allowed} downward includes tried, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
