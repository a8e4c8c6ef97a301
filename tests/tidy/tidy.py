"""What the tidy tests share: the project's files, C++ without comments and strings, and the run of one check.

A check is a function from a root folder to a list of problems. Before it judges the project it must catch each bad
fixture of its own: a check that cannot fail proves nothing.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def files(root, *suffixes):
    """The project's files that end in one of `suffixes`, tracked or about to be, relative to `root` and sorted."""
    names = _git_files(root) if (root / ".git").exists() else None
    if names is None:
        names = _walk(root)
    return sorted(name for name in names if name.endswith(suffixes) and (root / name).is_file())


def _git_files(root):
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return set(done.stdout.split("\0")) - {""} if done.returncode == 0 else None


def _walk(root):
    names = []
    for folder, folders, leaves in os.walk(root):
        folders[:] = [f for f in folders if f not in ("build", ".git", "__pycache__")]
        names += [str((Path(folder) / leaf).relative_to(root)) for leaf in leaves]
    return names


def text(root, name):
    return (root / name).read_text(encoding="utf-8")


# Raw strings, comments, strings, characters. A quote after a digit or letter is a separator, as in 1'000.
_NOT_CODE = re.compile(
    r'R"(?P<d>[^()\\ ]{0,16})\(.*?\)(?P=d)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'
    r"(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)


def code(source):
    """`source` with comments and literals emptied, every line where it was. Includes are kept."""

    def emptied(match):
        found = match.group(0)
        kept = '""' if found.endswith('"') else " "
        return kept + "\n" * found.count("\n")

    lines = []
    for line in source.split("\n"):
        lines.append("\x00" + line if _INCLUDE.match(line) else line)
    joined = "\n".join(lines)
    # Includes hold quotes that are not strings, so they are put aside while the literals go.
    kept = re.findall(r"^\x00(.*)$", joined, re.MULTILINE)
    bare = _NOT_CODE.sub(emptied, re.sub(r"^\x00.*$", "\x00", joined, flags=re.MULTILINE))
    aside = iter(kept)
    return re.sub(r"\x00", lambda _: next(aside, ""), bare)


def includes(source):
    """Pairs of (opening character, path) in order, those in comments left out."""
    return [(m.group(1), m.group(2)) for m in _INCLUDE.finditer(code(source))]


def line_of(source, offset):
    return source.count("\n", 0, offset) + 1


_MODULE = re.compile(r"tusker_module\(\s*(\w+)[^)]*?\bDIR\s+(\S+?)\s+VIEW\s+([^\s)]+)")


def views(root):
    """The include prefix of each module and its folder, as CMakeLists.txt declares them, longest prefix first."""
    found = [(view, folder) for _, folder, view in _MODULE.findall(text(root, "CMakeLists.txt"))]
    return sorted(found, key=lambda pair: -len(pair[0]))


def resolve(root, including, path):
    """The project file that an include means, relative to `root`, or None for a library's header."""
    for view, folder in views(root):
        if path.startswith(view + "/") and (root / folder / path[len(view) + 1 :]).is_file():
            return folder + path[len(view) :]
    beside = (Path(including).parent / path).as_posix()
    return beside if (root / beside).is_file() else None


def _fixture(check, content):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, body in content.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
        return check(root)


def run(check, bad, good=None):
    """Proves `check` on its fixtures, then applies it to the project. Ends the process with 0 or 1.

    `bad`: name → (files, words that a problem must contain). `good`: files the check must not complain about.
    """
    failed = False
    for name, (content, words) in bad.items():
        problems = _fixture(check, content)
        if not any(words in problem for problem in problems):
            print(f"positive control '{name}' was not caught; found only {problems}")
            failed = True
    if good is not None:
        problems = _fixture(check, good)
        if problems:
            print(f"the good fixture was refused: {problems}")
            failed = True
    problems = check(Path(sys.argv[1]).resolve())
    for problem in problems:
        print(problem)
    print(f"{len(bad)} positive controls, {len(problems)} problems")
    sys.exit(1 if failed or problems else 0)
