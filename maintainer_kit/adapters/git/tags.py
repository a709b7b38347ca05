# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags of a repository with their dates: one run of git, whatever the number of tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.calendar.version import Tag

_MOST = 20_000
"""Tags that are read of one repository: the newest."""
_MOST_NAMED = 1000
_PLACE = "refs/tags/"


def read_tags(path: Path) -> list[Tag]:
    """The newest tags of a repository; raises RepositoryError where there is none.

    The date is the tagger's, of a lightweight tag that of its commit; 0 where a tag has none.
    """
    argv = ("--sort=-creatordate", f"--count={_MOST}", "--format=%(creatordate:unix) %(refname)")
    listed = Git(path).output("for-each-ref", *argv, _PLACE)
    return [tag for line in listed.split(b"\n") if (tag := _read(line))]


def existing_tags(paths: Iterable[Path], names: Collection[str]) -> frozenset[str]:
    """Those of the tags that any of the repositories has; one that cannot be read has none."""
    wanted = [name for name in dict.fromkeys(names) if _is_name(name)][:_MOST_NAMED]
    found: set[str] = set()
    for path in paths if wanted else ():
        try:
            argv = ("--format=%(refname)", *(_PLACE + name for name in wanted))
            listed = Git(path).output("for-each-ref", *argv)
        except RepositoryError:
            continue
        found.update(_name(line) for line in listed.split(b"\n") if line)
    return frozenset(found.intersection(wanted))


def _is_name(name: str) -> bool:
    """Whether it can be a tag's name, and is no pattern (git-check-ref-format(1))."""
    return bool(name) and len(name) < 200 and not set(name) & set("*?[\\^:~") and name.isprintable()


def _read(line: bytes) -> Tag | None:
    date, space, name = line.partition(b" ")
    if not space:
        return None
    return Tag(_name(name), int(date) if date.isdigit() and len(date) < 19 else 0)


def _name(refname: bytes) -> str:
    return refname.decode("utf-8", "replace").removeprefix(_PLACE)
