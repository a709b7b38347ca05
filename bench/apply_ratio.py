# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit apply`` of a series beside ``git am`` of the same mails.

    python -m bench.apply_ratio [--patches N] [--rounds N] [--b4 PROGRAM] [--repo DIR]

A repository is made, or cloned from DIR, and in it a series that changes a few places of several
files; its mails go into a home of mkit's own. In turn, whole processes: ``b4 am`` makes the mails
ready, offline, and ``git am`` applies them in a work tree; ``mkit apply`` does all of it, with
base, trailers and the branch. Limit of the project: 1.5 times both of the others together.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.home import MKIT, environment

_FILES, _LINES = 40, 400
_WHO = ("-c", "user.name=Ada Author", "-c", "user.email=ada@quarry.example")


def _run(argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> str:
    done = subprocess.run(argv, env=env, cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _seconds(argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> float:
    start = time.perf_counter()
    _run(argv, env, cwd)
    return time.perf_counter() - start


class _Place:
    """A repository, a series of an author's, and a home that has its mails."""

    def __init__(self, base: Path, patches: int, repo: Path | None) -> None:
        self.base = base
        self.env = environment(base / "home", base)
        self.work = base / "work"
        if repo:
            _run(["git", "clone", "--quiet", "--shared", str(repo), str(self.work)], self.env, base)
        else:
            self.work.mkdir()
            self.git("init", "--quiet")
            for at in range(_FILES):
                lines = (f"\tcall_{at}_{n}(x);\n" for n in range(_LINES))
                (self.work / f"f{at}.c").write_text("".join(lines))
            self._commit("Begin")
        self.start = self.git("rev-parse", "HEAD")
        self._series(patches)

    def git(self, *argv: str) -> str:
        return _run(["git", *_WHO, *argv], self.env, self.work)

    def _commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", f"{message}\n\nSigned-off-by: Ada <ada@quarry.example>")

    def _series(self, patches: int) -> None:
        dice = random.Random(1)
        names = [one for one in self.git("ls-files").splitlines() if one.endswith(".c")]
        for number in range(patches):
            for name in dice.sample(names, 3):
                lines = (self.work / name).read_text(errors="surrogateescape").splitlines()
                lines.insert(dice.randrange(len(lines)), f"\tnew_{number}(y);")
                text = "".join(f"{line}\n" for line in lines)
                (self.work / name).write_text(text, errors="surrogateescape")
            self._commit(f"fs: step {number}")
        out = self.base / "out"
        options = ("--quiet", "--cover-letter", "--thread", "--to=l@lists.example", "-o", str(out))
        self.git("format-patch", *options, f"--base={self.start}", f"{self.start}..HEAD")
        self.git("reset", "--quiet", "--hard", self.start)
        mails = [one.read_bytes() for one in sorted(out.iterdir())]
        self.box = self.base / "all.mbox"
        self.box.write_bytes(b"".join(b"From a@b Thu Jan  1 00:00:00 1970\n" + m for m in mails))
        ids = [line for line in mails[0].split(b"\n") if line.lower().startswith(b"message-id:")]
        self.cover = ids[0].partition(b"<")[2].rstrip(b">").decode()
        self.bring(out)

    def bring(self, mails: Path) -> None:
        (self.base / "home").mkdir()
        config = "[mkit]\n\tme = r@x.example\n[user]\n\tname = R\n\temail = r@x.example\n"
        (self.base / "home" / "config").write_text(config)
        _run([*MKIT, "import", str(mails)], self.env, self.base)
        _run([*MKIT, "list", "--json"], self.env, self.base)

    def b4(self, program: str) -> float:
        argv = [program, "--offline-mode", "am", "-m", str(self.box), "-o", str(self.base / "b4")]
        return _seconds([*argv, self.cover], self.env, self.work)

    def am(self) -> float:
        self.git("checkout", "--quiet", "-B", "theirs", self.start)
        (ready,) = [*(self.base / "b4").glob("*.mbx")] or [self.box]
        argv = ["git", *_WHO, "am", "--quiet", "--empty=drop", str(ready)]
        return _seconds(argv, self.env, self.work)

    def mkit(self, number: int) -> float:
        words = ("apply", self.cover, "--to", f"ours-{number}")
        return _seconds([*MKIT, *words], self.env, self.work)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patches", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--b4", default="b4")
    parser.add_argument("--repo", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as folder:
        place = _Place(Path(folder), options.patches, options.repo)
        rounds = [
            (place.b4(options.b4), place.am(), place.mkit(number))
            for number in range(options.rounds + 1)
        ]
        del rounds[0]
        ours = place.git("rev-parse", "ours-0^{tree}")
        assert ours == place.git("rev-parse", "theirs^{tree}"), "not the same tree"
        times = [f"{1000 * median(one):.0f} ms" for one in zip(*rounds, strict=True)]
        ratio = median(mkit / (b4 + am) for b4, am, mkit in rounds)
        alone = median(mkit / am for _, am, mkit in rounds)
        print(
            f"{options.patches} patches: b4 am {times[0]}, git am {times[1]}, mkit apply"
            f" {times[2]}: {ratio:.2f} of both (limit 1.5), {alone:.2f} of git am"
        )


if __name__ == "__main__":
    main()
