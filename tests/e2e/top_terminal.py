"""Runs a program in a terminal until it has drawn twice, then ends it by a key or a signal: top_terminal.py q|INT PROGRAM…

The terminal must be as it was before: its screen, its cursor and its keys. Exits with the program's status.
"""

import os
import pty
import signal
import subprocess
import sys
import termios


def main():
    how, command = sys.argv[1], sys.argv[2:]
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE)
    drawn = b""
    while drawn.count(b"\x1b[H") < 2:
        part = os.read(ours, 65536)
        if not part:
            sys.exit("it ended before it had drawn twice")
        drawn += part
    if how == "q":
        os.write(ours, b"q")
    else:
        child.send_signal(signal.Signals["SIG" + how])
    status = child.wait()
    os.set_blocking(ours, False)
    try:
        while part := os.read(ours, 65536):
            drawn += part
    except BlockingIOError:
        pass
    problems = [what for what, there in {
        "it draws on the screen that was there": drawn.startswith(b"\x1b[?1049h"),
        "the screen does not come back": drawn.endswith(b"\x1b[?25h\x1b[?1049l"),
        "the whole screen is cleared between frames, which flickers": b"\x1b[2J" not in drawn,
        "the keys do not come back": termios.tcgetattr(theirs) == before,
        "there are no projections on it": b"order_summary" in drawn,
    }.items() if not there]
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else status)


main()
