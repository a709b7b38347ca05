# SPDX-License-Identifier: GPL-2.0-or-later
"""A repository with many branches in every state, made by one ``git fast-import``; always the
same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.integration.test_patch_id import git

WHO = "Ada Author <ada@quarry.example>"
END = 1_774_000_000
"""When the mainline's last commit was made: March 2026."""
_HOUR = 3600
NONE: Mapping[str, Sequence[str]] = {}
_AREAS = ("net", "fs", "mm", "block", "sound", "usb", "doc", "tools")
_WORKS = ("leak", "rework", "speed", "cleanup", "race", "locks", "tests", "v2", "api", "quirk")


@dataclass(frozen=True)
class Made:
    """A branch as it was made."""

    name: str
    state: str
    base: int
    """Which commit of the mainline it begins on."""
    own: int
    """How many commits it has above that."""
    pushed: int
    """How many of these its remote has."""
    foreign: int
    """How many its remote has that it lacks."""


STATES = ("even", "unpushed", "even", "diverged", "gone", "behind", "merged", "local", "base")
"""In turn; "even" more often, as in life."""


def plan(count: int, history: int, seed: int = 7) -> list[Made]:
    """Branches by name; those that are merged have no commits of their own."""
    dice = Random(seed)
    found = []
    for number in range(count):
        state = STATES[number % len(STATES)]
        name = f"{dice.choice(_AREAS)}/{dice.choice(_WORKS)}-{number:03}"
        own = 0 if state == "merged" else dice.randint(1, 6)
        near = dice.random() < 0.8
        base = history - dice.randint(2, max(3, history // (20 if near else 2)))
        pushed = own - dice.randint(1, own) if state in ("unpushed", "diverged") else own
        foreign = dice.randint(1, 3) if state in ("diverged", "behind") else 0
        found.append(Made(name, state, base, own, pushed, foreign))
    return found


def make(
    path: Path, branches: Sequence[Made], history: int, mails: Mapping[str, Sequence[str]] = NONE
) -> None:
    """A repository whose mainline has so many commits, some of them merges of two lines.

    ``mails`` are Message-IDs that the first commits of a branch name as theirs.
    """
    path.mkdir(parents=True)
    git(path, "init", "--quiet", "--initial-branch=master")
    stream = "\n".join(_stream(branches, history, mails)) + "\n"
    git(path, "fast-import", "--quiet", "--force", data=stream.encode())
    config = ['[remote "origin"]\n\turl = https://git.example/tree.git\n']
    config.append("\tfetch = +refs/heads/*:refs/remotes/origin/*\n")
    for one in branches:
        if one.state != "local":
            merge = "master" if one.state == "base" else one.name
            config.append(f'[branch "{one.name}"]\n\tremote = origin\n')
            config.append(f"\tmerge = refs/heads/{merge}\n")
    with (path / ".git" / "config").open("a", encoding="utf-8") as file:
        file.writelines(config)
    git(path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master")


def _stream(
    branches: Sequence[Made], history: int, mails: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for number in range(1, history + 1):
        when = END - (history - number) * _HOUR
        parents = [f":{number - 1}"] if number > 1 else []
        if number % 7 == 0:
            # A short line beside the last three commits.
            yield from _commit("refs/side", number + history, when - 60, [f":{number - 3}"])
            parents.append(f":{number + history}")
        yield from _commit("refs/heads/master", number, when, parents)
    yield from ("reset refs/remotes/origin/master", f"from :{history}", "")
    yield from ("reset refs/side", f"from {'0' * 40}", "")
    mark = 2 * history
    for one in branches:
        marks = [one.base]
        when = END - (history - one.base) * _HOUR
        for at in range(one.own):
            mark += 1
            head = f"refs/heads/{one.name}"
            area, _, work = one.name.partition("/")
            text = f"{area}: {work[:-4]}, part {at + 1} of {one.own}"
            if at < len(mails.get(one.name, ())):
                text += f"\n\nMessage-ID: <{mails[one.name][at]}>"
            yield from _commit(head, mark, when + at, [f":{marks[-1]}"], text)
            marks.append(mark)
        yield from (f"reset refs/heads/{one.name}", f"from :{marks[-1]}", "")
        if one.state in ("gone", "local", "base"):
            continue
        remote, last = f"refs/remotes/origin/{one.name}", marks[one.pushed]
        for at in range(one.foreign):
            mark += 1
            yield from _commit(remote, mark, when + 100 + at, [f":{last}"])
            last = mark
        yield from (f"reset {remote}", f"from :{last}", "")


def _commit(
    ref: str, mark: int, when: int, parents: Sequence[str], message: str = ""
) -> Iterator[str]:
    text = f"{message or f'tree: step {mark}'}\n"
    yield f"commit {ref}"
    yield f"mark :{mark}"
    yield f"committer {WHO} {when} +0000"
    yield f"data {len(text)}"
    yield text
    for verb, parent in zip(("from", *["merge"] * len(parents)), parents, strict=False):
        yield f"{verb} {parent}"
    yield f"M 100644 inline f{mark % 50}"
    yield f"data {len(str(mark))}"
    yield str(mark)
