"""lint_keys.py BUILD_DIR: for each source of the project that BUILD_DIR compiles, a line "KEY FILE".

The key is a hash of all that clang-tidy's verdict on the source hangs on: the source, the headers that it includes
directly or not, and the settings. Headers are found by their last name alone, and all that have it count, so a key may
change too often but not too seldom.
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

INCLUDE = re.compile(rb'^\s*#\s*include\s*[<"]([^">]+)[">]', re.MULTILINE)


def headers_by_name() -> dict[str, list[Path]]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "*.hpp"],
        check=True, capture_output=True, text=True,
    )
    found: dict[str, list[Path]] = {}
    for line in sorted(set(listed.stdout.splitlines())):
        if Path(line).is_file():
            found.setdefault(Path(line).name, []).append(Path(line))
    return found


class Contents:
    """Files, each read once."""

    def __init__(self, headers: dict[str, list[Path]]) -> None:
        self.headers = headers
        self.known: dict[Path, tuple[bytes, list[Path]]] = {}

    def of(self, path: Path) -> tuple[bytes, list[Path]]:
        if path not in self.known:
            text = path.read_bytes()
            names = [Path(name.decode(errors="replace")).name for name in INCLUDE.findall(text)]
            included = [header for name in names for header in self.headers.get(name, [])]
            self.known[path] = (hashlib.sha256(text).digest(), included)
        return self.known[path]

    def key_of(self, source: Path, settings: bytes) -> str:
        reached, waiting = {source}, [source]
        while waiting:
            for header in self.of(waiting.pop())[1]:
                if header not in reached:
                    reached.add(header)
                    waiting.append(header)
        key = hashlib.sha256(settings)
        for path in sorted(reached):
            key.update(str(path).encode() + b"\0" + self.of(path)[0])
        return key.hexdigest()[:40]


def main() -> None:
    build, here = Path(sys.argv[1]).resolve(), Path.cwd()
    commands = json.loads((build / "compile_commands.json").read_text())
    contents = Contents(headers_by_name())
    settings = Path(".clang-tidy").read_bytes()
    for file in sorted({entry["file"] for entry in commands}):
        path = Path(file)
        if path.is_relative_to(here) and not path.is_relative_to(build) and path.is_file():
            print(contents.key_of(path.relative_to(here), settings), path.relative_to(here))


if __name__ == "__main__":
    main()
