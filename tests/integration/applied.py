# SPDX-License-Identifier: GPL-2.0-or-later
"""A maintainer's repository, an author's clone of it, and series that go from one to the other by
mail."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.build import LIST
from tests.integration.driver import Done, Json, Mkit
from tests.integration.repositories import Work

LINES = [f"\tstep_{number}();" for number in range(1, 31)]


def text(**changed: str) -> str:
    """A file of thirty lines; ``n7="..."`` puts another in the place of line 7."""
    lines = list(LINES)
    for name, line in changed.items():
        lines[int(name[1:]) - 1] = line
    return "".join(f"{line}\n" for line in lines)


@dataclass
class Field:
    """Both, and the mkit of the maintainer."""

    mkit: Mkit
    base: Path
    options: Sequence[str] = ()
    """Of git init."""
    work: Work = field(init=False)
    author: Work = field(init=False)
    begin: str = field(init=False)

    def __post_init__(self) -> None:
        self.work = Work(self.base / "maintainer", *self.options)
        self.begin = self.work.commit("Begin", a__c=text(), b__c=text(), old__c="old\n")
        shutil.copytree(self.work.path, self.base / "author")
        self.author = Work(self.base / "author", *self.options)

    def commits(self, *messages: str, **files: str | bytes) -> list[str]:
        """One commit of the author for each message; all files go into the first."""
        return [
            self.author.commit(message, **(files if at == 0 else {}))
            for at, message in enumerate(messages)
        ]

    def post(self, span: str, *options: str, headers: Mapping[str, str] | None = None) -> str:
        """Mail commits of the author, and give the topic's id."""
        folder = self.base / f"out-{len(list(self.base.glob('out-*')))}"
        more = [f"--add-header={name}: {value}" for name, value in (headers or {}).items()]
        self.author.git(
            "format-patch", "--quiet", "--thread", f"--to={LIST}", "-o", str(folder), *more,
            *options, span,
        )  # fmt: skip
        return self.bring([one.read_bytes() for one in sorted(folder.iterdir())])

    def bring(self, raws: Sequence[bytes]) -> str:
        """Mails, and the topic that they make."""
        before = {one["id"] for one in self.mkit.json("list", "--all")["topics"]}
        self.mkit.bring(*raws)
        found = [one["id"] for one in self.mkit.json("list", "--all")["topics"]]
        (topic,) = (one for one in found if one not in before)
        return str(topic)

    def apply(self, *words: str, code: int = 0) -> Done:
        return self.mkit.run("apply", *words, "--repo", str(self.work.path), code=code)

    def applied(self, *words: str, code: int = 0) -> Json:
        return self.mkit.json("apply", *words, "--repo", str(self.work.path), code=code)

    def step(self, word: str, code: int = 0) -> Done:
        return self.mkit.run("apply", word, code=code)

    def show(self, name: str) -> str:
        return self.work.git("show", name)

    def trees(self, span: str) -> list[str]:
        """Of the author's commits, the oldest first."""
        return self.author.git("log", "--reverse", "--format=%T", span).split()

    def our_trees(self, span: str) -> list[str]:
        return self.work.git("log", "--reverse", "--format=%T", span).split()

    def leftovers(self) -> list[str]:
        """What is kept of applications."""
        found = (self.mkit.home / "applying").glob("*")
        return [one.name for one in found if one.suffix not in (".lock", ".changes")]
