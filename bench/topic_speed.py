# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic of 200 mails in the TUI: from the key to the screen, in a real pty.

    python -m bench.topic_speed [--rounds N] [--lines N]

Makes a series of 40 patches with four replies each, half of which comment on lines, and a patch of
100,000 lines. It opens the series and goes back, goes from patch to patch, and scrolls in the long
diff; a key counts as answered once the words that it brings were painted. Limits of the project:
open p95 100 ms, next patch p95 50 ms.

Where others use the machine, see the note on Linux' autogroup in ``bench.screen``.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

from bench.home import MKIT, Home, for_terminal
from bench.screen import Screen
from bench.spread import told

_START = 1_767_600_000
_PATCHES = 40
_REPLIES = 4
_HUNKS = 6
_QUIET = 0.25
"""Seconds without output after which the screen is taken to be at rest."""


def _mail(number: int, subject: str, body: str, parents: str = "", who: str = "ada") -> str:
    above = f"In-Reply-To: <{parents}>\nReferences: <{parents}>\n" if parents else ""
    date = formatdate(_START + 60 * number)
    return (
        f"From {who}@example.org Thu Jan  1 00:00:00 2026\n"
        f"From: {who.title()} Writer <{who}@example.org>\nTo: list@example.org\n"
        f"Subject: {subject}\nDate: {date}\nMessage-ID: <m{number}@example.org>\n{above}\n{body}\n"
    )


def _hunk(number: int, at: int) -> str:
    line = 100 * at + 1
    around = "".join(f" \tif (node->count[{one}] > limit)\n" for one in range(3))
    changed = "".join(
        f"-\treturn walk_{number}(node, {one});\n+\treturn visit_{number}(node, {one}, 0);\n"
        for one in range(5)
    )
    return f"@@ -{line},11 +{line},11 @@ int walk(void)\n{around}{changed}{around}"


def _patch(number: int) -> str:
    path = f"fs/walk/{number}.c"
    hunks = "".join(_hunk(number, at) for at in range(_HUNKS))
    diff = f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n{hunks}"
    return f"Reason-{number}-of-it.\n\nSigned-off-by: Ada Writer <ada@example.org>\n---\n\n{diff}"


def _series() -> Iterator[str]:
    yield _mail(0, f"[PATCH 00/{_PATCHES}] walk: anew", "The-cover-letter.\n")
    for at in range(1, _PATCHES + 1):
        yield _mail(at, f"[PATCH {at:02}/{_PATCHES}] walk: step {at}", _patch(at), "m0@example.org")
        for reply in range(_REPLIES):
            quote = "".join(f"> {line}\n" for line in _hunk(at, reply).split("\n"))
            said = f"{quote}\nWhy is that so?\n" if reply % 2 else "Acked-by: Bo <bo@example.org>\n"
            number = 1000 + at * 10 + reply
            yield _mail(number, f"Re: [PATCH {at:02}/{_PATCHES}]", said, f"m{at}@example.org", "bo")


def _long(lines: int) -> str:
    rows = "".join(f"+\tvalue_{at} = {at};\n" for at in range(lines))
    names = "diff --git a/t.c b/t.c\nnew file mode 100644\n--- /dev/null\n+++ b/t.c\n"
    diff = f"{names}@@ -0,0 +1,{lines} @@\n"
    return _mail(9000, "[PATCH] table: grow", f"Many-lines-come.\n---\n\n{diff}{rows}-- \n2.39\n")


def _tell(label: str, times: list[float], limit: float) -> None:
    print(told(label, times, "keys", limit), flush=True)


def _rest(screen: Screen) -> None:
    screen.drain(_QUIET, 20.0)


def _answered(screen: Screen, key: bytes) -> float:
    taken = screen.first_answer(key, 5.0)
    screen.drain(0.03, 1.0)
    return taken


def _measure(screen: Screen, rounds: int) -> None:
    screen.seconds(b"", b"table: grow")
    _rest(screen)
    opened, long_opened = [], []
    for _ in range(rounds):
        long_opened.append(screen.seconds(b"\r", b"Many-lines-come"))
        _rest(screen)
        screen.write(b"q")
        _rest(screen)
    screen.seconds(b"\r", b"Many-lines-come")
    _rest(screen)
    scrolled = [_answered(screen, key) for key in (b" ", b"j", b"G", b"k", b"g") * rounds]
    screen.write(b"q")
    _rest(screen)
    screen.write(b"j")
    for _ in range(rounds):
        _rest(screen)
        opened.append(screen.seconds(b"\r", b"The-cover-letter"))
        _rest(screen)
        screen.write(b"q")
    _rest(screen)
    screen.seconds(b"\r", b"The-cover-letter")
    patches = []
    for at in range(1, _PATCHES + 1):
        _rest(screen)
        patches.append(screen.seconds(b"]", b"Reason-%d-of" % at))
    back = range(_PATCHES - 1, 0, -1)
    quick = [screen.seconds(b"[", b"Reason-%d-of" % at) for at in back]
    _tell("open a topic of 201 mails", opened, 100)
    _tell("next patch", patches, 50)
    _tell("previous patch, at once", quick, 50)
    _tell("open the long diff", long_opened, 1000)
    _tell("scroll in it", scrolled, 50)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--lines", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        home = Home(Path(name, "home"), Path(name))
        home.configure("[mkit]\n\tme = me@example.org\n")
        box = Path(name, "mails.mbox")
        box.write_text("".join((*_series(), _long(options.lines))), encoding="utf-8")
        env = for_terminal({**home.env, "MKIT_NOW": "2026-01-20T12:00:00Z"})
        subprocess.run([*MKIT, "import", str(box)], env=env, check=True)
        screen = Screen(MKIT, {**env, "COLORTERM": "truecolor"})
        try:
            _measure(screen, options.rounds)
        finally:
            screen.close()


if __name__ == "__main__":
    main()
