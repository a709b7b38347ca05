# SPDX-License-Identifier: GPL-2.0-or-later
"""Two revisions of a series, made at random in a real repository."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.integration.repositories import Work

Files = dict[str, list[str]]
_POOL = ("}", "", "\treturn 0;")


@dataclass(frozen=True)
class TwoSeries:
    """Commits of both, by what they begin with and end with."""

    work: Work
    old: tuple[str, str]
    new: tuple[str, str]

    @property
    def ranges(self) -> tuple[str, str]:
        old, new = (f"{base}..{tip}" for base, tip in (self.old, self.new))
        return old, new


def make_two_series(path: Path, seed: int) -> TwoSeries:
    """Of one base; the second does some things as the first does, and others otherwise."""
    rng = random.Random(seed)
    work = Work(path)
    base = {f"f{at}.c": _text(rng, at) for at in range(3)}
    start = _commit(work, base, "Begin")
    steps = [[(rng.choice(sorted(base)), rng.randrange(1 << 30))] * 2 for _ in range(3)]
    tips = []
    for version in (1, 2):
        work.git("checkout", "--quiet", "-B", f"v{version}", start)
        files = {name: list(lines) for name, lines in base.items()}
        tip = start
        for number, step in enumerate(steps):
            for name, dice in step:
                other = version == 2 and rng.random() < 0.5
                _edit(random.Random(dice + other), files[name], f"p{number}")
            words = version if rng.random() < 0.3 else 0
            tip = _commit(work, files, f"fs: step {number}\n\nFor reason {words}.\n")
        tips.append(tip)
    return TwoSeries(work, (start, tips[0]), (start, tips[1]))


def _text(rng: random.Random, at: int) -> list[str]:
    count = rng.choice((6, 40, 120))
    return [
        rng.choice(_POOL) if rng.random() < 0.2 else f"line {at} {number}"
        for number in range(count)
    ]


def _edit(rng: random.Random, lines: list[str], tag: str) -> None:
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines)) if lines else 0
        made = [f"{tag} {rng.randrange(1000)}" for _ in range(rng.randint(0, 3))]
        lines[at : at + rng.randint(0, 2)] = made


def _commit(work: Work, files: Mapping[str, Sequence[str]], message: str) -> str:
    for name, lines in files.items():
        work.write(name, "".join(f"{line}\n" for line in lines))
    return work.commit(message)
